import { afterEach, describe, expect, it } from 'vitest'
import { joinedId } from '../../src/core/paging/state.ts'
import { alerting, type Firing, fire, withCart } from '../kit/alerting.ts'
import { type StagePager, stagePager } from '../kit/pages/stage-pager.ts'
import { deployment } from '../kit/stage-world.ts'
import { buttonsOf, type Story, seen, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let pager: StagePager | undefined
afterEach(async () => {
  await all.close()
  await pager?.stop()
  pager = undefined
})

const cartTeam = 'C0AUDIT000'
/** What both depend on is there already, but nothing of it was ever seen. */
const open = (options: Parameters<typeof all.open>[0] = {}): Promise<Story> =>
  all.open({
    incident: 'thread',
    ...alerting,
    ...withCart(cartTeam),
    ...options,
  })

const began = { atMs: 0 }
const alert = (story: Story, service: string, more: Partial<Firing> = {}) =>
  fire(story.bot.url, {
    fingerprint: service,
    service,
    region: 'eu-1',
    name: `${service} burns`,
    startsAtMs: began.atMs,
    ...more,
  })
const incidents = async (story: Story) => (await story.eventsOf('incident.opened')).map(({ data }) => data)
const alerted = async (story: Story) =>
  (await story.events()).flatMap(({ event, stream }) =>
    event.type === 'incident.alerted' ? [`${stream.slice('incident/'.length)} ${event.data.service}`] : [],
  )
const cardOf = (story: Story, id: string) => textOf(story.keyed(`/incident:${id}`)[0]?.blocks).replaceAll(/\s+/g, ' ')
const says = (story: Story, id: string, text: string) =>
  until(
    `the card of ${id} says “${text}”`,
    () => (cardOf(story, id).includes(text) ? cardOf(story, id) : undefined),
    15_000,
  )
const said = (story: Story, channel: string) =>
  textOf(story.slack.messages(channel).map(({ blocks }) => blocks)).replaceAll(/\s+/g, ' ')

/** Both burn, each in an incident of its own: nobody has seen yet what was shipped before. */
async function apart(story: Story, services = ['checkout-svc', 'cart-svc']): Promise<void> {
  began.atMs = Date.now() + 60_000
  for (const [at, service] of services.entries()) {
    await alert(story, service)
    await says(story, `INC-${at + 1}`, `${service} burns`)
  }
}

async function ship(story: Story, version = 'v5'): Promise<void> {
  await deployment(story.clusters['eu-1'], version, 'payment-svc')
  await seen(story, version, { service: 'payment-svc', regions: ['eu-1'] })
}

describe('two fires of which the release behind both was seen late', () => {
  it('become one: the younger leads to the older, where all of it is counted from then on', async () => {
    const story = await open()
    await apart(story)
    await ship(story)
    await says(story, 'INC-2', 'One release is behind both. All of it in')
    expect(cardOf(story, 'INC-2')).toContain('one with INC-1')
    expect(buttonsOf(story.keyed('/incident:INC-2')[0]?.blocks).map(({ action_id }) => action_id)).not.toContain(
      'incident.close',
    )
    await untilAsync('the older one hears of its alerts', async () =>
      (await alerted(story)).includes('INC-1 cart-svc') ? true : undefined,
    )
    await says(story, 'INC-1', 'cart-svc: 🔥 eu-1')
    expect(cardOf(story, 'INC-1')).not.toContain('suspects the same release')
    await until('its thread tells it', () =>
      said(story, team).includes('INC-2 of cart-svc is one with this: payment-svc v5'),
    )
    await until('and so does that of the younger', () => said(story, cartTeam).includes('is behind INC-1 as well'))
    // Its card leads there: the channel is told nothing twice.
    expect(said(story, cartTeam)).not.toContain('which INC-1 is about')
    expect(story.bot.world.desk.openIncidents().map(({ id }) => id)).toEqual(['INC-1'])
    // What was told before is kept, and closing it leads to where it went on.
    expect((await story.bot.world.ledger.stream('incident/INC-2')).map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(['incident.opened', 'incident.alerted', 'incident.joined']),
    )
    await story.type('tom', '/incident close INC-2 over')
    await story.told('tom', 'INC-2 is one with INC-1')
  }, 60_000)

  it('once, through restarts; what burns later is counted there, and nothing goes back', async () => {
    const story = await open()
    await apart(story)
    await ship(story)
    await untilAsync('they are one', async () => (await story.eventsOf('incident.joined'))[0])
    await story.restart()
    await untilAsync('it is counted', async () =>
      (await alerted(story)).includes('INC-1 cart-svc') ? true : undefined,
    )
    await story.restart()
    await alert(story, 'cart-svc', { fingerprint: 'more', startsAtMs: began.atMs + 5_000 })
    await untilAsync('it is counted too', async () =>
      (await alerted(story)).filter((one) => one === 'INC-1 cart-svc').length > 1 ? true : undefined,
    )
    expect(await story.eventsOf('incident.joined')).toHaveLength(1)
    expect(await story.eventsOf('incident.took-in')).toHaveLength(1)
    expect(await incidents(story)).toHaveLength(2)
    // Closed, what begins later is another one.
    await story.type('tom', '/incident close INC-1 seen to')
    await until('it is closed', () => story.bot.world.desk.openIncidents().length === 0)
    await alert(story, 'cart-svc', { fingerprint: 'later', startsAtMs: began.atMs + 10_000 })
    await until('a third opens', () => story.bot.world.desk.incident('INC-3') ?? undefined)
  }, 60_000)

  it('wake nobody anew who has answered for the younger', async () => {
    pager = await stagePager()
    const paged = pager.config({ acknowledge: '10m' })
    const env = { ...alerting.env, ...paged.env }
    const story = await open({ ...paged, env, sections: `${paged.sections}${alerting.sections}` })
    pager.connect(story)
    await apart(story, ['checkout-svc', 'payment-svc'])
    await until('both ring', () => (pager?.rang().length === 2 ? true : undefined))
    const second = pager.server.pages().find(({ title }) => title.includes('INC-2'))
    pager.server.acknowledge(second?.id ?? '', second?.user ?? '')
    await untilAsync('it is answered', async () => (await story.eventsOf('page.acknowledged'))[0])
    await ship(story)
    await untilAsync('the older one hears of its alerts', async () =>
      (await alerted(story)).includes('INC-1 payment-svc') ? true : undefined,
    )
    const joined = await until('what was answered is known there', () =>
      story.bot.world.desk.pagings.get(joinedId('INC-1', 'payment-svc')),
    )
    expect(joined.ringing).toBe(false)
    expect(pager.rang()).toEqual(['tom', 'tom'])
  }, 60_000)

  it('stay apart where a rollback was asked for in the younger, and both say so', async () => {
    const story = await open()
    await apart(story, ['cart-svc', 'checkout-svc'])
    const id = await story.propose('mei')
    expect(story.bot.world.desk.rollback(id)?.incident).toBe('INC-2')
    await ship(story)
    await says(
      story,
      'INC-1',
      'INC-2 suspects the same release; they stay apart, for a rollback was asked for in INC-2',
    )
    await untilAsync('the younger suspects it too', async () =>
      (await story.events()).find(
        ({ event, stream }) => event.type === 'incident.suspected' && stream === 'incident/INC-2',
      ),
    )
    await story.restart()
    await alert(story, 'checkout-svc', { fingerprint: 'more', startsAtMs: began.atMs + 5_000 })
    await untilAsync('it is counted', async () =>
      (await alerted(story)).filter((one) => one === 'INC-2 checkout-svc').length > 1 ? true : undefined,
    )
    expect(await story.eventsOf('incident.joined')).toEqual([])
  }, 60_000)
})
