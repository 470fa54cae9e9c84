import { afterAll, expect, it } from 'vitest'
import { buttonsOf, stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }
const quiet = (on: { bot: { world: { store: { outbox: { due(limit: number): readonly unknown[] } } } } }) =>
  until('nothing waits to be said', () => on.bot.world.store.outbox.due(10).length === 0, 20_000)

it.concurrent('Chat is a view: Slack is down in the middle, the rollback goes on, card and timeline catch up', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  await on.slack.down()
  expect(await on.ended(id)).toBe('restored')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([
    'shop.test/checkout-svc:slow-1',
    'shop.test/checkout-svc:slow-1',
  ])
  await on.slack.up()
  await on.cardSays(id, '✅', 40_000)
  await until('the draft stands', () => on.keyed('/post-mortem:INC-1')[0], 40_000)
  await quiet(on)
  const root = on.card(id)
  const thread = textOf(on.slack.thread(root?.channel ?? '', root?.ts ?? '').map(({ blocks }) => blocks))
  for (const word of ['Tom approved', 'eu-1: settled', 'us-1: settled', `${id} restored`])
    expect([word, thread.split(word).length]).toEqual([word, 2])
}, 60_000)

it.concurrent('a message whose answer was lost is found and not repeated', async () => {
  const on = await open(bad)
  const lost = new Set<string>()
  on.slack.inject(({ method, args }) => {
    const key = JSON.stringify(args.metadata ?? '')
    if (method !== 'chat.postMessage' || !key.includes('key') || lost.has(key)) return undefined
    lost.add(key)
    return { reset: 'after' }
  })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await until('the owner is asked', () => on.keyed('/owner:INC-1').length > 0, 30_000)
  await quiet(on)
  expect(lost.size).toBeGreaterThanOrEqual(5)
  const counts = [...lost].map((key) => {
    const name = /"key\\?":\\?"([^"\\]+)/.exec(key)?.[1] ?? ''
    return [name, on.keyed(name).length]
  })
  expect(counts).toEqual(counts.map(([name]) => [name, 1]))
  expect(on.slack.channels().filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1)
}, 60_000)

it.concurrent('rate limited: waits as long as Slack says, and loses nothing', async () => {
  const on = await open(bad)
  let limited = 0
  on.slack.inject(({ method }) => {
    const isOne = ['chat.postMessage', 'chat.update', 'conversations.create'].includes(method) && limited++ % 3 === 0
    return isOne ? { rateLimitedForS: 1 } : undefined
  })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await on.cardSays(id, '✅', 20_000)
  await until('the owner is asked', () => on.keyed('/owner:INC-1').length === 1, 30_000)
  await quiet(on)
  expect(limited).toBeGreaterThan(3)
  expect(on.keyed(`/card:${id}`)).toHaveLength(1)
}, 60_000)

it.concurrent('the same delivery five times and out of order is one', async () => {
  const on = await open(bad)
  on.slack.disturb({ reverseNext: 2, duplicateNext: 2 })
  const mei = on.slack.as('U0MEI00000')
  await Promise.all([
    mei.say('C0PAYMENT0', '<@U0ASTERN00> versions checkout-svc'),
    mei.say('C0PAYMENT0', '<@U0ASTERN00> rollback checkout-svc'),
  ])
  const candidates = await until('both are answered', () => {
    const all = on.slack.ephemeral('U0MEI00000').filter(({ blocks }) => textOf(blocks).includes('v1.7.3'))
    return all.length === 2 ? all.find(({ blocks }) => buttonsOf(blocks).length > 0) : undefined
  })
  for (const { eventId } of on.slack.eventLog())
    for (let count = 0; count < 5; count++) await on.slack.redeliver(eventId)
  expect(candidates).toBeDefined()
  expect(await on.handled(2)).toEqual(['shown', 'shown'])
  expect(await on.eventsOf('delivery.received')).toHaveLength(2)
})

it.concurrent('an answer of which nobody knows whether it was shown is shown once more, and says so', async () => {
  const on = await open(bad)
  let lost = 0
  on.slack.inject(({ method }) => (method === 'response_url' && lost++ < 1 ? { reset: 'before' } : undefined))
  await on.type('mei', '/rollback checkout-svc')
  const told = await on.told('mei', 'v1.7.3')
  expect(textOf(told.blocks)).toContain('可能是重复的')
  expect(on.slack.ephemeral('U0MEI00000')).toHaveLength(1)
})

it.concurrent('a dialog that Slack does not open is told in words, and opens at the next press', async () => {
  const on = await open(bad)
  const candidates = await on.candidates('mei')
  let lost = 0
  on.slack.inject(({ method }) => (method === 'views.open' && lost++ < 1 ? { status: 503 } : undefined))
  await on.press('mei', candidates, 'rollback.choose')
  await on.told('mei', '如果对话框没有打开，请重新点击')
  await on.press('mei', candidates, 'rollback.choose')
  await on.dialog('mei')
})

it.concurrent.each(['before', 'after'] as const)(
  'an answer for everybody is cut off %s Slack takes it: it stands once',
  async (when) => {
    const on = await open(bad)
    const id = await on.propose('mei')
    const { channel } = await on.cardSays(id, id)
    await until('the incident has its channel', () => on.bot.world.desk.incidentIn('slack', channel))
    let lost = 0
    on.slack.inject(({ method, args }) =>
      method === 'chat.postMessage' && JSON.stringify(args).includes('answer:') && lost++ < 1
        ? { reset: when }
        : undefined,
    )
    await on.type('mei', '/versions checkout-svc', channel)
    await on.handled((await on.eventsOf('delivery.received')).length)
    expect(lost).toBeGreaterThan(0)
    const answers = on.slack
      .messages(channel)
      .filter(({ metadata }) => JSON.stringify(metadata ?? '').includes('answer:'))
    expect(answers).toHaveLength(1)
  },
)
