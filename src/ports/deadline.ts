import type { Clock } from './clock.ts'

/** Given as a reason, for else one is made each time, with its stack. */
const over = Symbol('over')

/**
 * Runs `work` under a signal that aborts when `signal` does, or with a TimeoutError after `ms` on this clock. Waits for `work` to
 * end either way: it must heed the signal.
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController()
  const done = new AbortController()
  const ring = () => late.abort(new DOMException(`took longer than ${ms} ms`, 'TimeoutError'))
  const nothing = () => undefined
  const stop = () => late.abort(signal.reason)
  // Not one signal made of two: that would live, with all that listens to it, until the next full garbage collection.
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  clock.sleep(ms, done.signal).then(ring, nothing)
  try {
    return await work(late.signal)
  } finally {
    signal.removeEventListener('abort', stop)
    done.abort(over)
  }
}
