import { Fault } from '../core/fault.ts'
import type { Clock } from '../ports/clock.ts'

const mostTries = 3
const longestWaitMs = 3_000

/** What surely was not taken is tried again, as long as somebody still looks at the place where it is to come. */
export async function patiently<T>(clock: Clock, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (cause) {
      if (!(cause instanceof Fault) || cause.retry !== 'yes' || tries === mostTries) throw cause
      const ms = cause.retryAfterMs ?? 500
      if (ms > longestWaitMs) throw cause
      await clock.sleep(ms, signal)
    }
  }
}
