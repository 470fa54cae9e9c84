import { afterAll, expect, it } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { stories, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

it.concurrent('stopped while it waits: the card still stands, its button still counts, nothing is said twice', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await on.restart()
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await until('the owner is asked', () => on.keyed('/owner:INC-1').length > 0)
  await until('nothing waits to be said', () => on.bot.world.store.outbox.due(10).length === 0)
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  for (const key of [`/card:${id}`, `/line:${id}`, '/post-mortem:INC-1', '/owner:INC-1'])
    expect([key, on.keyed(key).length]).toEqual([key, 1])
  expect(on.slack.channels().filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1)
})

it.concurrent('Written before done: stopped in the middle of a step, what was begun is recalled and not repeated', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  const started = await on.eventsOf('step.started')
  expect(started.map(({ data }) => data.step)).toEqual(['eu-1'])
  await on.restart()
  expect(await on.ended(id)).toBe('restored')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  const claims = await on.eventsOf('rollback.claimed')
  expect(claims.map(({ data }) => data.epoch)).toEqual([1, 2])
  expect((await on.eventsOf('step.started')).map(({ data }) => data.step)).toEqual(['eu-1', 'us-1'])
})

it.concurrent('Written before done: the answer to a write was lost and the bot stopped; the write is found again', async () => {
  const on = await open(bad)
  const id = await on.propose('mei', { regions: 'eu-1' })
  let cut = 0
  const heal = on.clusters['eu-1'].inject(({ method, dryRun, verb }) => {
    if (method === 'PATCH' && !dryRun) return { reset: cut++ === 0 ? 'after' : 'before' }
    return cut > 0 && verb === 'get' ? { reset: 'before' } : undefined
  })
  await on.approve(id, 'tom')
  await until('the write happened', () => on.image('eu-1').endsWith('v1.7.3'))
  await on.restart(heal)
  expect(await on.ended(id)).toBe('restored')
  expect(cut).toBe(1)
  const { metadata } = on.clusters['eu-1'].get('deployments', 'shop', 'checkout-svc') as unknown as {
    metadata: { generation: number }
  }
  expect(metadata.generation).toBe(4)
})

it.concurrent('stopped between the approval and the first step, with the target changed meanwhile: nothing is done', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await Promise.all([on.clusters['eu-1'].pause(), on.clusters['us-1'].pause()])
  await on.approve(id, 'tom')
  await untilAsync('it has begun', async () => (await on.eventsOf('step.started'))[0])
  await on.restart(async () => {
    await on.clusters['eu-1'].resume()
    await on.clusters['us-1'].resume()
    await on.ship('v1.8.1')
  })
  expect(await on.ended(id)).toBe('failed')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([
    'shop.test/checkout-svc:v1.8.1',
    'shop.test/checkout-svc:v1.8.1',
  ])
})

it.concurrent('what was acknowledged and not carried out is carried out after a restart, once', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  const outcomes = (await on.outcomes()).length
  const heal = on.slack.inject(({ method }) => (method === 'users.info' ? { delayMs: 1_500 } : undefined))
  const click = await on.approve(id, 'tom')
  expect(click.acked).toBe(true)
  await on.restart(heal)
  expect(await on.ended(id)).toBe('restored')
  expect(await on.eventsOf('rollback.approved')).toHaveLength(1)
  expect((await on.handled(outcomes + 1)).at(-1)).toBe('approved')
})

it.concurrent('refused before her eyes, and stopped before that was recorded: it stays refused, and she may press again', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  const heal = on.slack.inject(({ method }) => (method === 'users.info' ? { status: 500 } : undefined))
  const ledger = on.bot.world.ledger as { append: Ledger['append'] }
  const { append } = ledger
  ledger.append = async (writes, context) => {
    if (writes.some(({ events }) => events.some(({ type }) => type === 'delivery.handled')))
      throw new Fault({ code: 'ledger.full', retry: 'yes', hint: { key: 'ledger.full' } })
    return append(writes, context)
  }
  await on.approve(id, 'tom')
  await on.told('tom', 'did not answer who you are')
  await on.restart(heal)
  await on.told('tom', 'Perhaps')
  const told = on.slack.ephemeral(userOf('tom')).map(({ blocks }) => textOf(blocks))
  expect(told.map((text) => text.includes('did not answer who you are'))).toEqual([true, true])
  expect(await on.outcome('refused:standing')).toBeDefined()
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
})

it.concurrent('a form whose acknowledgement was lost stands open: refused meanwhile, she sends it again, and it counts', async () => {
  const on = await open(bad)
  await on.press('mei', await on.candidates('mei'), 'rollback.choose')
  const { id } = await on.dialog('mei')
  const heal = on.slack.inject(({ method }) => (method === 'users.info' ? { status: 500 } : undefined))
  on.slack.disturb({ loseAcks: 1 })
  const mei = on.slack.as(userOf('mei'))
  expect((await mei.submit(id, { reason: '5xx on pay' })).acked).toBe(false)
  await on.outcome('refused:standing')
  heal()
  expect((await mei.submit(id, { reason: '5xx on pay' })).acked).toBe(true)
  await on.outcome('proposed:R-1')
  // Once it counted, sending it again does nothing.
  expect(await on.eventsOf('rollback.proposed')).toHaveLength(1)
})

it.concurrent('carried out, but stopped before that was recorded: the second run is no refusal', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  await on.handled(4)
  // As a process that died between the approval and its outcome would have left it: the same delivery, run again.
  const [click] = (await on.eventsOf('delivery.received')).filter(
    ({ data: { deed } }) => deed.kind === 'press' && deed.action === 'rollback.approve',
  )
  if (!click) throw new Error('there is no click')
  const { pressApprove } = await import('../../src/app/clicks.ts')
  const { whoIs } = await import('../../src/app/who.ts')
  const { deed, ...delivery } = click.data
  const reply = await pressApprove({
    world: on.bot.world,
    delivery: { ...delivery, deed },
    language: 'en',
    who: () => whoIs(on.bot.world, click.data, new AbortController().signal),
    signal: new AbortController().signal,
    value: deed.kind === 'press' ? deed.value : '',
    inputs: {},
  })
  expect(reply).toEqual({ view: null, outcome: 'approved' })
})
