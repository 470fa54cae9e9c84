import type { Clock } from './clock.ts'

const woken = Symbol('woken')

/**
 * Sleeps for `ms`, until `signal` aborts or until woken, whichever is first; never rejects. Signals are not combined: what is
 * combined with a signal that lives as long as the process lives until the next full garbage collection, with all it holds.
 */
export function nap(clock: Clock, ms: number, signal: AbortSignal): { readonly over: Promise<void>; wake(): void } {
  const own = new AbortController()
  const wake = () => own.abort(woken)
  if (signal.aborted) wake()
  else signal.addEventListener('abort', wake, { once: true })
  const over = clock
    .sleep(ms, own.signal)
    .catch(() => undefined)
    .finally(() => signal.removeEventListener('abort', wake))
  return { over, wake }
}
