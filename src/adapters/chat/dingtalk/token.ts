import type { Clock } from '../../../ports/clock.ts'

/** Renewed this long before it ends. */
const earlyMs = 5 * 60_000

export interface Token {
  readonly value: string
  readonly lastsMs: number
}

/** The application's access token: asked for once, by one for all, and kept until shortly before it ends. */
export class Tokens {
  readonly #clock: Clock
  readonly #ask: () => Promise<Token>
  #kept: { readonly value: string; readonly untilMs: number } | null = null
  #asking: Promise<string> | null = null

  constructor(clock: Clock, ask: () => Promise<Token>) {
    this.#clock = clock
    this.#ask = ask
  }

  /** `refused`: the token that DingTalk no longer takes; another one is asked for, once for all who were refused with it. */
  async get(refused?: string): Promise<string> {
    const kept = this.#kept
    if (kept && kept.value !== refused && this.#clock.monotonicMs() < kept.untilMs) return kept.value
    this.#asking ??= this.#renew().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #renew(): Promise<string> {
    const fromMs = this.#clock.monotonicMs()
    const { value, lastsMs } = await this.#ask()
    this.#kept = { value, untilMs: fromMs + Math.max(lastsMs - earlyMs, lastsMs / 2) }
    return value
  }
}
