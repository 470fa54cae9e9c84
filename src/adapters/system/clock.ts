import type { Clock } from '../../ports/clock.ts'

/** Node's timers take at most 2^31 - 1 ms; anything longer would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** The real time. */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > longestTimerMs; left -= longestTimerMs) await sleepOnce(longestTimerMs, signal)
    await sleepOnce(ms % longestTimerMs, signal)
  },
}

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const aborted = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }, ms)
    signal?.addEventListener('abort', aborted, { once: true })
  })
}
