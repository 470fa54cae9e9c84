import type { Clock } from '../../ports/clock.ts'
import { nap } from '../../ports/nap.ts'

/** A clock on which days of waiting pass at once, and everything else takes as long as it takes. */
export interface LeapingClock extends Clock {
  /** Puts it forward to an instant; whoever sleeps until then wakes. Never back. */
  leapTo(at: Temporal.Instant): void
}

/** Shorter sleeps are pauses and deadlines of work that is under way, as is what the monotonic clock measures: these do not leap. */
const longMs = 2 * 60_000

export function leapingClock(base: Clock): LeapingClock {
  let aheadMs = 0
  const sleepers = new Set<() => void>()
  const never = new AbortController().signal
  const now = () => base.now().add({ milliseconds: aheadMs })
  return {
    now,
    monotonicMs: () => base.monotonicMs(),
    async sleep(ms, signal = never) {
      if (ms < longMs) return base.sleep(ms, signal)
      const due = now().add({ milliseconds: Math.ceil(ms) })
      for (let leftMs = ms; leftMs > 0; leftMs = now().until(due).total('milliseconds')) {
        signal.throwIfAborted()
        const { over, wake } = nap(base, leftMs, signal)
        sleepers.add(wake)
        await over
        sleepers.delete(wake)
      }
      signal.throwIfAborted()
    },
    leapTo(at) {
      aheadMs += Math.max(0, Math.ceil(now().until(at).total('milliseconds')))
      for (const wake of [...sleepers]) wake()
    },
  }
}
