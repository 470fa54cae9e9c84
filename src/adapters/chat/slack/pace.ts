import type { Clock } from '../../../ports/clock.ts'
import { faultOf } from './faults.ts'

/** How often something may be done: `burst` at once, then one every `everyMs`. */
export interface Rate {
  readonly burst: number
  readonly everyMs: number
}

/** chat.update is tier 3, 50 a minute for the whole workspace; a few are kept back for other callers of the same method. */
export const updateRate: Rate = { burst: 4, everyMs: 1350 }
/** chat.postMessage: one a second in each channel, short bursts are let through. */
export const postRate: Rate = { burst: 3, everyMs: 1000 }

/** Waits its turn before a call, so that Slack need not refuse it. https://docs.slack.dev/apis/web-api/rate-limits */
export class Pace {
  readonly #clock: Clock
  readonly #rate: Rate
  /** When the bucket will be full again, in monotonic milliseconds. */
  #fullAtMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock
    this.#rate = rate
  }

  /** Resolves when it is this caller's turn. Aborted meanwhile: fault `slack.aborted`, nothing was sent, and the turn is given back. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.monotonicMs()
    const { burst, everyMs } = this.#rate
    this.#fullAtMs = Math.max(this.#fullAtMs, now) + everyMs
    const waitMs = this.#fullAtMs - burst * everyMs - now
    if (waitMs <= 0) return
    await this.#clock.sleep(waitMs, signal).catch((cause: unknown) => {
      this.#fullAtMs -= everyMs
      throw faultOf('slack.aborted', 'yes', 'slack.aborted', {}, cause)
    })
  }

  get idle(): boolean {
    return this.#fullAtMs <= this.#clock.monotonicMs()
  }
}

/** One pace for each channel. */
export class Paces {
  readonly #clock: Clock
  readonly #rate: Rate
  readonly #byChannel = new Map<string, Pace>()

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock
    this.#rate = rate
  }

  turn(channel: string, signal: AbortSignal): Promise<void> {
    let pace = this.#byChannel.get(channel)
    if (!pace) {
      for (const [name, other] of this.#byChannel) if (other.idle) this.#byChannel.delete(name)
      pace = new Pace(this.#clock, this.#rate)
      this.#byChannel.set(channel, pace)
    }
    return pace.turn(signal)
  }
}
