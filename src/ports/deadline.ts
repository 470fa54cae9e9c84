import type { Clock } from './clock.ts'

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
  clock.sleep(ms, AbortSignal.any([signal, done.signal])).then(ring, nothing)
  try {
    return await work(AbortSignal.any([signal, late.signal]))
  } finally {
    done.abort()
  }
}
