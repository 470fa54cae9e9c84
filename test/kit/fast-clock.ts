import { systemClock } from '../../src/adapters/system/clock.ts'
import type { Clock } from '../../src/ports/clock.ts'

/** Real time, so many times as fast since an instant (Unix milliseconds): the same for a process and the one after it. */
export function fastClock(times: number, sinceMs: number): Clock {
  const fast = (ms: number) => sinceMs + (ms - sinceMs) * times
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(Math.floor(fast(systemClock.now().epochMilliseconds))),
    monotonicMs: () => systemClock.monotonicMs() * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
  }
}
