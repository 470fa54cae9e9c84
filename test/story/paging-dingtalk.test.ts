import { afterEach, beforeEach, expect, it } from 'vitest'
import { dingPermission } from '../../src/adapters/chat/dingtalk/ring.ts'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk, type Workspace } from '../kit/dingtalk/workspace.ts'
import type { StageConfig } from '../kit/stage-config.ts'
import { type Story, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const names = ['mei', 'tom', 'ana', 'kai', 'lin'] as const
/** How long an acknowledgement may take. */
const levelMs = 2_000

const all = stories()
let workspace: Workspace

beforeEach(() => start())
afterEach(async () => {
  await all.close()
  await workspace.close()
})

async function start(dings?: { readonly app: boolean; readonly sms: boolean; readonly phone: boolean }): Promise<void> {
  const base = setup({
    people: names.map((name) => ({ userId: `${name}01`, name })),
    groups: [{ conversationId: group, title: '支付值班群', members: names.map((name) => `${name}01`) }],
    callbackTimeoutMs: 10_000,
    ...(dings && { dings }),
  })
  workspace = await startDingTalk({ ...base, app: { ...base.app, scopes: [...base.app.scopes, dingPermission] } })
}

/** Tom is on call; then Ana, then Kai. Each is woken as her part says. */
const ways: Readonly<Record<string, string>> = {
  tom: ', pager: { ding: { by: app } }',
  ana: ', pager: { ding: { by: sms } }',
  kai: ', pager: { ding: { by: phone } }',
}

const open = async (
  more: StageConfig & { readonly pagers?: string; readonly levels?: string } = {},
): Promise<Story> => {
  const { pagers = 'ding: { adapter: dingtalk }', levels = '{ page: [on-call] }, { page: [ana] }, { page: [kai] }' } =
    more
  const story = await all.open({
    incident: 'thread',
    dingtalk: { url: workspace.url },
    env: { DINGTALK_SECRET: clientSecret },
    onCall: 'duty',
    people: ways,
    policy: ', sla: { acknowledge: 2s }, escalation: rising',
    sections: `
pagers: { ${pagers} }
escalations: { rising: { levels: [${levels}] } }
schedules:
  duty: { timeZone: UTC, layers: { main: { people: [tom], start: 2026-01-05T09:00 } } }
`,
    ...more,
  })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  return story
}

const openIncident = (): void => void workspace.as('mei01').say(group, '@Astern /incident open checkout-svc 支付 5xx')
const rang = () => workspace.dings().map(({ by, to }) => `${by} ${to.join()}`)
/** On a slow machine the next one may ring already. */
const rings = (wanted: readonly string[]) =>
  until(`${wanted.join(', ')} ring`, () => String(rang().slice(0, wanted.length)) === String(wanted), 15_000)
const later = (levels: number) => new Promise((resolve) => setTimeout(resolve, levels * levelMs))

it('nobody answers: DING in the app, then by text, then by call, each once, over restarts; then she has it and all is taken back', async () => {
  const story = await open()
  // A process that stops before it heard that a DING went out could not know; that is another story.
  const recorded = (count: number) =>
    untilAsync(`${count} are recorded`, async () => (await story.eventsOf('page.sent'))[count - 1])
  openIncident()
  await rings(['app tom01'])
  await recorded(1)
  await story.restart()
  await rings(['app tom01', 'sms ana01'])
  await recorded(2)
  await story.restart()
  await rings(['app tom01', 'sms ana01', 'phone kai01'])
  const [app, sms, phone] = workspace.dings().map(({ content }) => content)
  for (const written of [app, sms])
    expect(written).toMatch(/INC-1 [\s\S]*支付 5xx[\s\S]*http:\/\/127\.0\.0\.1:7400\/incidents\/INC-1/)
  // A call is read aloud.
  expect(phone).toContain('支付 5xx')
  expect(phone).not.toContain('http')
  const card = await until('the card of the incident stands', () =>
    workspace.cards().find(({ data }) => JSON.stringify(data).includes('page.acknowledge')),
  )
  expect((await workspace.as('kai01').press(card.id, 'page.acknowledge')).ok).toBe(true)
  await until('what rang is taken back', () => workspace.dings().every(({ isRecalled }) => isRecalled))
  await until('the card says so', () => /Kai [^\n]*已接手/.test(cardWords(workspace, 'mei01', card.id)))
  expect(await story.eventsOf('page.acknowledged')).toMatchObject([{ data: { person: 'kai', by: 'button' } }])
  await later(3)
  expect(rang()).toEqual(['app tom01', 'sms ana01', 'phone kai01'])
  expect((await story.eventsOf('page.sent')).map(({ data }) => [data.person, data.pager])).toEqual([
    ['tom', 'ding'],
    ['ana', 'ding'],
    ['kai', 'ding'],
  ])
}, 60_000)

it('a DING of which nobody knows whether it rang is not sent again: the next pager is tried, what is refused is passed over', async () => {
  await workspace.close()
  await start({ app: true, sms: false, phone: true })
  const story = await open({
    people: {},
    pagers:
      'app: { adapter: dingtalk, by: app }, text: { adapter: dingtalk, by: sms }, call: { adapter: dingtalk, by: phone }',
    levels: '{ page: [on-call], after: 1h }',
  })
  let lost = 0
  workspace.inject(({ api, body }) =>
    api.endsWith('/ding/send') && body.remindType === 1 && lost++ < 1 ? { reset: 'after' } : undefined,
  )
  openIncident()
  await rings(['app tom01', 'phone tom01'])
  const [sent] = await untilAsync('it is recorded', async () => {
    const found = await story.eventsOf('page.sent')
    return found.length > 0 ? found : undefined
  })
  expect(sent?.data).toMatchObject({ person: 'tom', pager: 'call' })
  await story.restart()
  await later(1)
  expect(rang()).toEqual(['app tom01', 'phone tom01'])
}, 60_000)

it('Done at most once: a process dies while DingTalk rings; the next one does not ring again, says so, and goes on', async () => {
  const story = await open()
  let silent = 0
  workspace.inject(({ api }) => (api.endsWith('/ding/send') && silent++ < 1 ? { silence: true } : undefined))
  openIncident()
  await rings(['app tom01'])
  expect(await story.eventsOf('page.sent')).toEqual([])
  await story.restart()
  await rings(['app tom01', 'sms ana01', 'phone kai01'])
  const failed = (await story.eventsOf('page.failed')).map(({ data: { person, code, final } }) => [person, code, final])
  expect(failed).toEqual([['tom', 'pager.perhaps', true]])
  const sent = await untilAsync('what rang is recorded', async () => {
    const found = await story.eventsOf('page.sent')
    return found.length > 1 ? found : undefined
  })
  expect(sent.map(({ data }) => data.person)).toEqual(['ana', 'kai'])
  const told = () => textOf(story.slack.messages('C0PAYMENT0').map(({ blocks }) => blocks))
  await until('the timeline tells that he may have been reached', () => told().includes('Tom'))
}, 60_000)

it('that somebody has an approval before her is shown at once, where progress waits for the next change of the card', async () => {
  const story = await open({ speed: 10, policy: ', sla: { acknowledge: 10m }, escalation: rising' })
  await story.ship('v1.8.0')
  const id = await story.propose('mei')
  const isLazy = () => JSON.stringify(story.bot.world.store.outbox.get(`dingtalk/card:${id}`)?.spec).includes('lazy')
  await until('everybody who could approve is woken', () => workspace.dings().length === 3, 15_000)
  const card = await until('its card can be taken', () =>
    workspace.cards().find(({ data }) => JSON.stringify(data).includes('page.acknowledge')),
  )
  expect((await workspace.as('ana01').press(card.id, 'page.acknowledge')).ok).toBe(true)
  const taken = await untilAsync('it is recorded', async () =>
    (await story.events()).find(({ event }) => event.type === 'page.acknowledged'),
  )
  await until('it is wished', () => story.bot.world.store.outbox.cursor() >= taken.position)
  expect(isLazy()).toBe(false)
  await until('the card says so', () => /Ana [^\n]*已接手/.test(cardWords(workspace, 'mei01', card.id)))
}, 60_000)
