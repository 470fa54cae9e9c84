import type { Clock } from '../ports/clock.ts'

/** Runs something with a signal that aborts after `ms` by the given clock, or when the outer signal does. */
export async function within<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const done = new AbortController()
  const timer = clock.sleep(ms, AbortSignal.any([signal, done.signal])).then(
    () => limit.abort(),
    () => undefined,
  )
  try {
    return await run(AbortSignal.any([signal, limit.signal]))
  } finally {
    done.abort()
    await timer
  }
}
