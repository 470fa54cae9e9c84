import { expect, test } from 'vitest'
import { Pace, Paces } from '../../../../src/adapters/chat/slack/pace.ts'
import { ManualClock } from '../../../kit/manual-clock.ts'

const never = new AbortController().signal

test('a burst at once, then one by one', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, { burst: 3, everyMs: 1000 })
  const at: number[] = []
  const all = Promise.all(Array.from({ length: 6 }, () => pace.turn(never).then(() => at.push(clock.monotonicMs()))))
  await clock.advance(10_000)
  await all
  expect(at).toEqual([0, 0, 0, 1000, 2000, 3000])
})

test('what was not used is there again, but not more than the burst', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, { burst: 2, everyMs: 1000 })
  await pace.turn(never)
  await clock.advance(60_000)
  const at: number[] = []
  const all = Promise.all(Array.from({ length: 3 }, () => pace.turn(never).then(() => at.push(clock.monotonicMs()))))
  await clock.advance(5000)
  await all
  expect(at).toEqual([60_000, 60_000, 61_000])
})

test('chat.update stays below fifty a minute', async () => {
  const { updateRate } = await import('../../../../src/adapters/chat/slack/pace.ts')
  expect(updateRate.burst + 60_000 / updateRate.everyMs).toBeLessThan(50)
})

test('whoever is stopped waits no longer', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, { burst: 1, everyMs: 1000 })
  await pace.turn(never)
  const stop = new AbortController()
  const waiting = pace.turn(stop.signal)
  stop.abort(new Error('stopping'))
  await expect(waiting).rejects.toMatchObject({ code: 'slack.aborted', retry: 'yes' })
})

test('a turn that was given up is there for the next', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, { burst: 1, everyMs: 1000 })
  await pace.turn(never)
  const stop = new AbortController()
  const given = Array.from({ length: 5 }, () => pace.turn(stop.signal).catch(() => undefined))
  stop.abort(new Error('stopping'))
  await Promise.all(given)
  const next = pace.turn(never).then(() => clock.monotonicMs())
  await clock.advance(10_000)
  expect(await next).toBe(1000)
})

test('one channel does not wait for another', async () => {
  const clock = new ManualClock()
  const paces = new Paces(clock, { burst: 1, everyMs: 1000 })
  await paces.turn('C1', never)
  await paces.turn('C2', never)
  expect(clock.sleeping).toBe(0)
})
