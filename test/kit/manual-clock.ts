import type { Clock } from '../../src/ports/clock.ts'

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

/** Time that only moves when told. */
export class ManualClock implements Clock {
  #wallMs: number
  #monotonic = 0
  readonly #sleepers = new Set<Sleeper>()
  readonly #watchers = new Set<{ count: number; resolve: () => void }>()

  constructor(start = '2026-03-02T09:00:00Z') {
    this.#wallMs = Temporal.Instant.from(start).epochMilliseconds
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(this.#wallMs))
  }

  monotonicMs(): number {
    return this.#monotonic
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const done = () => {
        this.#sleepers.delete(sleeper)
        signal?.removeEventListener('abort', aborted)
      }
      const aborted = () => {
        done()
        reject(signal?.reason)
      }
      const sleeper = {
        due: this.#monotonic + Math.max(0, ms),
        wake: () => {
          done()
          resolve()
        },
      }
      signal?.addEventListener('abort', aborted, { once: true })
      this.#sleepers.add(sleeper)
      for (const watcher of this.#watchers) {
        if (this.#sleepers.size < watcher.count) continue
        this.#watchers.delete(watcher)
        watcher.resolve()
      }
    })
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.size
  }

  /** Resolves once at least `count` sleep: the way to know that the code under test is waiting before time is moved. */
  asleep(count = 1): Promise<void> {
    if (this.#sleepers.size >= count) return Promise.resolve()
    return new Promise((resolve) => this.#watchers.add({ count, resolve }))
  }

  /** Moves time; sleepers wake in order of their time, each with `quiet` after it, so that what it starts may sleep again. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms
    await this.quiet()
    for (;;) {
      const next = [...this.#sleepers].reduce<Sleeper | null>(
        (first, sleeper) => (sleeper.due <= end && (!first || sleeper.due < first.due) ? sleeper : first),
        null,
      )
      if (!next) break
      this.#move(Math.max(0, next.due - this.#monotonic))
      next.wake()
      await this.quiet()
    }
    this.#move(end - this.#monotonic)
  }

  /** The wall clock alone jumps, as when somebody sets it; sleepers and `monotonicMs` do not notice. */
  setWall(instant: string): void {
    this.#wallMs = Temporal.Instant.from(instant).epochMilliseconds
  }

  /** Lets everything run that waits for no timer and no network. */
  async quiet(turns = 10): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  #move(ms: number): void {
    this.#monotonic += ms
    this.#wallMs += ms
  }
}
