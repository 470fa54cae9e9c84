import { afterAll, expect, it } from 'vitest'
import { stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }
const quiet = (on: Awaited<ReturnType<typeof open>>) =>
  until('nothing waits to be said', () => on.bot.world.store.outbox.due(10).length === 0, 20_000)

it.concurrent('an incident opened by hand: listed, shown, joined by a rollback, not closed while that runs, closed after', async () => {
  const on = await open(bad)
  await on.type('ana', '/incident open checkout-svc pay button fails')
  await on.told('ana', 'INC-1')
  await on.type('ana', '/incident open checkout-svc again')
  await on.told('ana', 'INC-1')
  expect((await on.handled(2)).at(-1)).toBe('refused:incident-open')
  await on.type('tom', '/incident list')
  await on.told('tom', 'pay button fails')
  await on.type('tom', '/incident show inc-1')
  await on.type('tom', '/incident show INC-9')
  await on.told('tom', 'INC-9')
  const room = await until('its channel stands', () => on.slack.channels().find(({ name }) => name.startsWith('inc-1')))
  const id = await on.propose('mei')
  expect(on.card(id)?.channel).toBe(room.id)
  await on.type('ana', '/incident close INC-1 fixed')
  await on.told('ana', id)
  await on.outcome('refused:incident-busy')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await until('the post-mortem is drafted', () => on.slack.canvases()[0])
  await on.type('ana', '/incident close INC-1 back on v1.7.3')
  await on.told('ana', 'is closed')
  await on.type('ana', '/incident close INC-1 once more')
  await until('the draft knows that it is closed', () =>
    on.slack.canvases()[0]?.sections.some(({ markdown }) => markdown.includes('back on v1.7.3')),
  )
  await untilAsync('a closed incident is not closed again', async () =>
    (await on.outcomes()).find((outcome) => outcome === 'refused:incident-closed'),
  )
  // The next one is a new one.
  const next = await on.propose('mei', { line: '/rollback checkout-svc to v1.7.2' })
  expect((await on.eventsOf('incident.opened')).map(({ data }) => [data.id, data.cause])).toEqual([
    ['INC-1', 'hand'],
    ['INC-2', 'rollback'],
  ])
  expect(on.card(next)?.channel).not.toBe(room.id)
}, 40_000)

it.concurrent('an incident that lives in a thread: card, timeline and draft stand in the team’s channel', async () => {
  const on = await open({ ...bad, incident: 'thread', order: 'together' })
  const id = await on.propose('mei')
  const card = await on.cardSays(id, id)
  expect(card.channel).toBe(team)
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await until('the owner is asked', () => on.keyed('/owner:INC-1')[0])
  await quiet(on)
  const thread = textOf(on.slack.thread(team, card.ts).slice(1))
  for (const word of ['Mei asked', 'Tom approved', 'eu-1: settled', 'us-1: settled', 'restored'])
    expect(thread).toContain(word)
  expect(on.keyed(`/line:${id}`)).toEqual([])
  expect(on.slack.channels().filter(({ name }) => name.startsWith('inc-'))).toEqual([])
  // Mentioned in the thread, where slash commands do not work.
  await on.slack.as(userOf('ana')).say(team, '<@U0ASTERN00> postmortem', card.ts)
  await until('the draft is announced again', () => ownersSaid(on) === 2)
  await on.slack.as(userOf('ana')).say(team, '<@U0ASTERN00> rollback checkout-svc', card.ts)
  await on.told('ana', 'v1.7.2')
})

const ownersSaid = (on: Awaited<ReturnType<typeof open>>): number =>
  on.slack.messages(team).filter(({ metadata }) => JSON.stringify(metadata ?? '').includes('/owner:INC-1')).length

it.concurrent('undo: back to where it was, as a rollback of its own that somebody approves; and undone once more', async () => {
  const on = await open({ ...bad, versions: ['v1', 'v2', 'v3'] })
  const first = await on.propose('mei', { line: '/rollback checkout-svc to v1' })
  await on.approve(first, 'tom')
  expect(await on.ended(first)).toBe('restored')
  expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v1')
  await on.press('mei', await on.cardSays(first, '✅'), 'rollback.undo')
  const second = await on.proposeInDialog('mei', { reason: 'v1 was not it' })
  await on.approve(second, 'ana')
  expect(await on.ended(second)).toBe('restored')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual(['shop.test/checkout-svc:v3', 'shop.test/checkout-svc:v3'])
  await on.press('mei', await on.cardSays(second, '✅'), 'rollback.undo')
  const third = await on.proposeInDialog('mei', { reason: 'it was' })
  await on.approve(third, 'tom')
  expect(await on.ended(third)).toBe('restored')
  expect(on.image('us-1')).toBe('shop.test/checkout-svc:v1')
  expect((await on.eventsOf('rollback.proposed')).map(({ data }) => data.undoes)).toEqual([undefined, first, second])
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([3, 3])
  expect(await on.eventsOf('incident.opened')).toHaveLength(1)
}, 40_000)

it.concurrent('App Home: what waits for me, published again when it changes', async () => {
  const on = await open(bad)
  await on.slack.as(userOf('tom')).openHome()
  const home = () => textOf(on.slack.home(userOf('tom'))?.body)
  await until('the page stands', () => home() !== '')
  expect(home()).not.toContain('R-1')
  const id = await on.propose('mei')
  await until('it waits for tom', () => home().includes(id))
  const view = on.slack.home(userOf('tom'))
  await on.slack.as(userOf('tom')).pressInView(view?.id ?? '', 'rollback.show')
  const shown = await until('tom sees the card', () =>
    on.slack
      .channels()
      .flatMap((channel) => [...channel.messages.values()])
      .concat(on.slack.ephemeral(userOf('tom')))
      .find((message) => message.metadata === undefined && textOf(message.blocks).includes('5xx on pay')),
  )
  await on.press('tom', shown, 'rollback.approve')
  expect(await on.ended(id)).toBe('restored')
  await until('it waits no more', () => !home().includes('5xx on pay'))
  await until('it is open', () => home().includes('INC-1'))
})
