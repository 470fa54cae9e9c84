import { expect, it } from 'vitest'
import { leapingClock } from '../../src/main/tour/leaping-clock.ts'
import { ManualClock } from '../kit/manual-clock.ts'

const dayMs = 86_400_000

it('wakes whoever sleeps until then; pauses and what is measured take as long as they take', async () => {
  const base = new ManualClock('2026-11-23T10:00:00Z')
  const clock = leapingClock(base)
  const woken: string[] = []
  const sleep = (name: string, ms: number, signal?: AbortSignal) =>
    clock.sleep(ms, signal).then(
      () => woken.push(name),
      () => woken.push(`${name} aborted`),
    )
  const stop = new AbortController()
  const all = [
    sleep('pause', 1_000),
    sleep('day', dayMs),
    sleep('week', 7 * dayMs),
    sleep('off', 9 * dayMs, stop.signal),
  ]
  clock.leapTo(Temporal.Instant.from('2026-11-24T10:00:00Z'))
  await base.quiet()
  expect(woken).toEqual(['day'])
  expect([clock.now().toString(), clock.monotonicMs()]).toEqual(['2026-11-24T10:00:00Z', 0])
  await base.advance(1_000)
  expect(woken).toEqual(['day', 'pause'])
  // Never back.
  clock.leapTo(Temporal.Instant.from('2026-11-23T10:00:00Z'))
  expect(clock.now().toString()).toBe('2026-11-24T10:00:01Z')
  await base.advance(6 * dayMs)
  stop.abort()
  await Promise.all(all)
  expect(woken).toEqual(['day', 'pause', 'week', 'off aborted'])
})
