import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signatures } from '../../src/playground/pagerduty/index.ts'
import { choose } from '../kit/choose.ts'
import { type StagePager, stagePager } from '../kit/pages/stage-pager.ts'
import { type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let pager: StagePager
beforeEach(async () => {
  pager = await stagePager()
})
afterEach(async () => {
  await all.close()
  await pager.stop()
})

/** How long an acknowledgement may take where the clock runs as everywhere. */
const levelMs = 2000
/** For stories that wait for the minute after which approvers are paged: six seconds. */
const hurried = { speed: 10 }
const later = (levels: number) => new Promise((resolve) => setTimeout(resolve, levels * levelMs))

async function open(options: Parameters<typeof all.open>[0] = {}): Promise<Story> {
  const story = await all.open({ incident: 'thread', ...pager.config(), ...options })
  pager.connect(story)
  return story
}

const incident = async (story: Story): Promise<void> => {
  await story.type('mei', '/incident open checkout-svc 5xx on pay')
  await until('the card of the incident stands', () => story.keyed('/incident:INC-1')[0])
}

const says = (story: Story, key: string, text: string) =>
  until(`${key} says “${text}”`, () => story.keyed(key).find(({ blocks }) => textOf(blocks).includes(text)), 15_000)

const rings = (names: readonly string[], withinMs = 15_000) =>
  until(
    `${names.join(', ')} ring`,
    () => (JSON.stringify(pager.rang()) === JSON.stringify(names) ? true : undefined),
    withinMs,
  )
const atRest = (story: Story) =>
  until('every pager knows that it is over', () =>
    [...story.bot.world.desk.pagings.values()].every(({ over, left }) => over && left.length === 0),
  )

describe('an incident', () => {
  it('wakes the one on call, then the team, until somebody answers on her phone; then nobody any more', async () => {
    const story = await open()
    await incident(story)
    await rings(['tom'])
    const [page] = pager.server.pages()
    expect(page?.title).toMatch(
      /^checkout-svc \(critical\): INC-1 “5xx on pay”, since \d\d:\d\d\. Acknowledge within 2 sec\.$/,
    )
    expect(page?.severity).toBe('critical')
    await says(story, '/incident:INC-1', 'nobody has answered')
    // Two seconds later the team; Tom is not woken twice.
    await rings(['tom', 'ana', 'kai'])
    pager.answer('kai')
    await says(story, '/incident:INC-1', 'Kai is on it since')
    await until('the other phones are quiet', () =>
      pager.server.pages().every(({ status }) => status === 'acknowledged'),
    )
    const [answered] = await story.eventsOf('page.acknowledged')
    expect(answered?.data).toMatchObject({ person: 'kai', by: 'pager', name: 'kai', pager: 'pd' })
    // Longer than every wait there is.
    await later(3)
    expect(pager.rang()).toEqual(['tom', 'ana', 'kai'])
    const told = () => textOf(story.slack.messages(team).map(({ blocks }) => blocks)).replaceAll(/\s+/g, ' ')
    await until('the timeline tells it', () => told().includes('Kai answered the page'))
    for (const line of ['Tom was paged', 'nobody answered: escalated to Ana, Kai', 'Ana was paged', 'Kai was paged'])
      expect(told()).toContain(line)
    await story.type('tom', '/incident close INC-1 done')
    await atRest(story)
    expect(pager.server.pages().map(({ status }) => status)).toEqual(['resolved', 'resolved', 'resolved'])
    await until('the post-mortem tells how long it took', () =>
      story.slack.canvases()[0]?.sections.some(({ markdown }) => markdown.includes('INC-1: paged → ')),
    )
  }, 60_000)

  it('is answered with *I am on it*, once', async () => {
    const story = await open({ ...pager.config({ escalation: 'once' }) })
    await incident(story)
    await rings(['tom'])
    const card = await until('the card has the button', () =>
      story.keyed('/incident:INC-1').find(({ blocks }) => JSON.stringify(blocks).includes('page.acknowledge')),
    )
    // Somebody whom the configuration does not know has no say.
    await story.press('eve', card, 'page.acknowledge')
    await story.outcome('refused:unknown-person')
    await story.press('ana', card, 'page.acknowledge')
    await story.told('ana', 'You have INC-1')
    await until('the phone is quiet', () => pager.server.pages()[0]?.status === 'acknowledged')
    await story.press('tom', card, 'page.acknowledge')
    await story.told('tom', 'Ana has it already.')
    expect(await story.eventsOf('page.acknowledged')).toMatchObject([{ data: { person: 'ana', by: 'button' } }])
  })

  it('that the one on call opens herself wakes nobody', async () => {
    const story = await open()
    await story.type('tom', '/incident open checkout-svc I see it')
    await untilAsync('it is opened', async () => (await story.eventsOf('page.opened'))[0])
    await later(3)
    expect(pager.rang()).toEqual([])
    expect(await story.eventsOf('page.acknowledged')).toMatchObject([{ data: { person: 'tom', by: 'acted' } }])
  }, 30_000)

  it('for which nobody is on call says so in the channel, and goes to the next level at once', async () => {
    const story = await open(pager.config({ schedule: ', end: 2026-01-06T09:00' }))
    await incident(story)
    await rings(['tom', 'ana', 'kai'], 3_000)
    await story.said(team, 'Nobody is on call for checkout-svc')
    const [first, second] = await story.eventsOf('page.escalated')
    expect([first?.data.empty, second?.data.why]).toEqual(['vacant', 'vacant'])
  })

  it('that nobody answers at all says so, once', async () => {
    const story = await open(pager.config({ escalation: 'usual' }))
    await incident(story)
    await story.said(team, 'Everybody was paged for INC-1')
    expect(pager.rang()).toEqual(['tom', 'ana', 'kai'])
    await says(story, '/incident:INC-1', 'Everybody was paged, and nobody answered')
  }, 30_000)
})

describe('a proposed rollback', () => {
  it('wakes those who could approve after a minute, and nobody any more once somebody did', async () => {
    const story = await open({ ...hurried, ...pager.config({ acknowledge: '2m' }) })
    await story.ship('v1.8.0')
    const id = await story.propose('tom')
    expect(pager.rang()).toEqual([])
    await rings(['ana', 'kai'])
    const opened = await story.eventsOf('page.opened')
    expect(opened).toMatchObject([{ data: { id, about: 'approval', awake: ['tom'] } }])
    expect(pager.server.pages()[0]?.title).toMatch(
      /^R-1: Tom asks to roll back checkout-svc in eu-1, us-1 from v1\.8\.0 to v1\.7\.3: “5xx on pay”\. Nobody has agreed yet; it expires at \d\d:\d\d\.$/,
    )
    await story.cardSays(id, 'Paged: Ana, Kai · nobody has answered')
    await story.approve(id, 'ana')
    expect(await story.ended(id)).toBe('restored')
    await atRest(story)
    expect(pager.rang()).toEqual(['ana', 'kai'])
    expect(pager.server.pages().map(({ status }) => status)).toEqual(['resolved', 'resolved'])
    expect(await story.eventsOf('page.acknowledged')).toMatchObject([{ data: { person: 'ana', by: 'acted' } }])
  }, 30_000)

  it('that is approved within a minute wakes nobody', async () => {
    const story = await open()
    await story.ship('v1.8.0')
    const id = await story.propose('mei')
    await story.approve(id, 'tom')
    expect(await story.ended(id)).toBe('restored')
    await atRest(story)
    expect(pager.rang()).toEqual([])
  })

  it('wakes nobody who answered for this incident before', async () => {
    const story = await open({ ...hurried, ...pager.config({ escalation: 'once' }), approve: '[tom, ana]' })
    await story.ship('v1.8.0')
    await incident(story)
    await rings(['tom'])
    pager.answer('tom')
    await says(story, '/incident:INC-1', 'Tom is on it')
    await story.propose('mei')
    await untilAsync('the approvers had their turn', async () =>
      (await story.eventsOf('page.escalated')).find(({ data }) => data.page.includes('approvers')),
    )
    await rings(['tom', 'ana'])
  }, 30_000)

  it('whose glass is broken wakes everybody concerned, once', async () => {
    const story = await open(pager.config({ tier: ', breakGlass: [tom]' }))
    await story.ship('v1.8.0')
    const id = await story.propose('mei')
    await choose(story, 'tom', id, 'rollback.break-glass')
    await story.submit('tom', { reason: 'Ana does not answer' })
    expect(await story.ended(id)).toBe('restored')
    const [opened] = (await story.eventsOf('page.opened')).filter(({ data }) => data.about === 'glass')
    expect(opened?.data.id).toBe('R-1.glass')
    const phones = () => [...pager.rang()].sort()
    await until('they ring', () => (phones().length >= 3 ? true : undefined))
    await later(2)
    expect(phones()).toEqual(['ana', 'kai', 'mei'])
    const mei = pager.server.pages().find(({ name }) => name === 'mei')
    expect(mei?.title).toMatch(/^【越权回滚】R-1 Tom 于 \d\d:\d\d 未经审批回滚 checkout-svc/)
    await atRest(story)
  }, 30_000)
})

describe('trouble', () => {
  it('a process that dies in the middle loses nothing and wakes nobody twice', async () => {
    const story = await open()
    // It goes out, and the process dies before it hears so.
    pager.server.meet('late')
    await incident(story)
    await rings(['tom'])
    expect(await story.eventsOf('page.sent')).toEqual([])
    await story.restart()
    pager.connect(story)
    const [sent] = await untilAsync('the page is found again', async () => {
      const found = await story.eventsOf('page.sent')
      return found.length > 0 ? found : undefined
    })
    expect(sent?.data.person).toBe('tom')
    expect(pager.server.accepted()).toHaveLength(1)
    // Nobody looked while the next level had its turn.
    await story.restart(() => later(2))
    pager.connect(story)
    await rings(['tom', 'ana', 'kai'])
    pager.answer('ana')
    await says(story, '/incident:INC-1', 'Ana is on it')
    await story.restart()
    pager.connect(story)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(pager.rang()).toEqual(['tom', 'ana', 'kai'])
  }, 60_000)

  it('what is answered while the bot is away is heard when it is back', async () => {
    const story = await open(pager.config({ escalation: 'once' }))
    await incident(story)
    await rings(['tom'])
    await untilAsync('it is recorded', async () => (await story.eventsOf('page.sent'))[0])
    // PagerDuty sends its webhook again and again; behind the same address the next process answers.
    await story.restart(() => {
      pager.connect(null)
      pager.answer('tom')
    })
    pager.connect(story)
    await says(story, '/incident:INC-1', 'Tom is on it')
  }, 30_000)

  it('a pager that is busy, down, or fails after it took it is tried until it took it, once', async () => {
    const story = await open({ ...hurried, ...pager.config({ escalation: 'once' }) })
    pager.server.meet('busy', 'down', 'down', 'down', 'after')
    await incident(story)
    await rings(['tom'])
    const [sent] = await untilAsync('it is recorded', async () => {
      const found = await story.eventsOf('page.sent')
      return found.length > 0 ? found : undefined
    })
    expect(sent?.data).toMatchObject({ person: 'tom', pager: 'pd', round: 0 })
    expect(pager.server.pages()).toMatchObject([{ status: 'triggered' }])
    expect(await story.eventsOf('page.failed')).toMatchObject([{ data: { person: 'tom', final: false } }])
  }, 30_000)

  it('a forged or repeated webhook changes nothing', async () => {
    const story = await open(pager.config({ escalation: 'once' }))
    await incident(story)
    await rings(['tom'])
    const [page] = pager.server.pages()
    const event = {
      id: 'FORGED1',
      event_type: 'incident.acknowledged',
      occurred_at: '2026-03-02T09:00:00Z',
      agent: { id: 'PTOM001', type: 'user_reference', summary: 'Tom' },
      data: { incident_key: page?.key },
    }
    const body = JSON.stringify({ event })
    const post = async (signature: string) =>
      (
        await fetch(`${story.bot.url}/pagers/pd`, {
          method: 'POST',
          body,
          headers: { 'x-pagerduty-signature': signature },
        })
      ).status
    for (const signature of [
      '',
      'v1=',
      signatures(['guessed'], body),
      signatures(['stage-webhook-secret'], `${body} `),
    ])
      expect([signature, await post(signature)]).toEqual([signature, 401])
    expect(await story.eventsOf('page.acknowledged')).toEqual([])
    const right = signatures(['stage-webhook-secret'], body)
    for (const _ of [1, 2, 3]) expect(await post(right)).toBe(202)
    await says(story, '/incident:INC-1', 'Tom is on it')
    expect(await story.eventsOf('page.acknowledged')).toHaveLength(1)
  })

  it('without a pager nothing of this happens', async () => {
    const story = await all.open({ incident: 'thread' })
    await incident(story)
    await story.ship('v1.8.0')
    const id = await story.propose('mei')
    await story.approve(id)
    expect(await story.ended(id)).toBe('restored')
    expect((await story.events()).filter(({ event }) => event.type.startsWith('page.'))).toEqual([])
  })
})
