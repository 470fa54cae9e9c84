import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterEach(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

it('the API server is down: a look says so, a plan says so, and no region is left out in silence', async () => {
  const on = await open(bad)
  await on.clusters['us-1'].pause()
  await on.type('mei', '/rollback checkout-svc')
  const candidates = await on.told('mei', 'v1.7.3')
  await on.press('mei', candidates, 'rollback.choose')
  await on.submit('mei', { reason: 'both or none' })
  await untilAsync('it was not possible', async () =>
    (await on.outcomes()).find((one) => /^(fault|refused):/.test(one)),
  )
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
  // Started anew, it cannot be seen at all.
  await on.restart()
  await on.type('mei', '/rollback checkout-svc')
  const card = await until('the other region is shown', () => {
    const last = on.slack.ephemeral(userOf('mei')).at(-1)
    return last && textOf(last.blocks).includes('eu-1') && last !== candidates ? last : undefined
  })
  expect(textOf(card.blocks)).toContain('us-1')
  await on.clusters['us-1'].resume()
  const { signal } = new AbortController()
  await untilAsync(
    'us-1 is seen again',
    async () => {
      const target = on.bot.world.estate().target('checkout-svc/production/us-1/app')
      const snapshot = await target?.read(signal).catch(() => undefined)
      return snapshot && !snapshot.stale ? snapshot : undefined
    },
    30_000,
  )
  const id = await on.propose('mei')
  const [proposed] = await on.eventsOf('rollback.proposed')
  expect(proposed?.data.plan.steps.map((step) => step.id)).toEqual(['eu-1', 'us-1'])
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
}, 40_000)

it('the API server goes away while a step runs: the card says so, and it goes on when it is back', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await on.clusters['eu-1'].pause()
  await on.approve(id, 'tom')
  const [told] = await untilAsync('it is told', async () => {
    const all = await on.eventsOf('step.progressed')
    return all.length > 0 ? all : undefined
  })
  expect(told?.data.seen[0]?.code).toMatch(/^kubernetes\./)
  await on.clusters['eu-1'].resume()
  expect(await on.ended(id, 30_000)).toBe('restored')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
}, 50_000)

it('nothing is acknowledged that is not durable: the ledger is locked by another program', async () => {
  const on = await open(bad)
  const other = new Database(on.ledgerFile)
  other.exec('begin immediate')
  const refused = await on.slack.as(userOf('mei')).command(team, '/rollback checkout-svc')
  other.close()
  expect(refused.acked).toBe(false)
  expect(await on.eventsOf('delivery.received')).toEqual([])
  await on.type('mei', '/rollback checkout-svc')
  await on.told('mei', 'v1.7.3')
})

it('a disk that is full in the middle of a rollback loses nothing and repeats nothing', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const id = await on.propose('mei', { regions: 'eu-1' })
  const ledger = on.bot.world.ledger as { append: Ledger['append'] }
  const append = ledger.append
  await on.approve(id, 'tom')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  ledger.append = async () => {
    throw new Fault({ code: 'ledger.full', retry: 'yes', hint: { key: 'ledger.full' } })
  }
  await until('it was met', () => on.log.some((line) => line.includes('step stopped being followed')))
  expect((await on.slack.as(userOf('mei')).command(team, '/incident list')).acked).toBe(false)
  ledger.append = append
  expect(await on.ended(id)).toBe('restored')
  expect(on.writes('eu-1')).toBe(1)
  expect((await on.eventsOf('step.started')).length).toBe(1)
})
