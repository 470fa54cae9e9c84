import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../ports/clock.ts'

/** To both sides: a clock that runs ahead must not open the window for replays. */
const windowS = 300

export type Checked =
  | { readonly ok: true; readonly signature: string }
  | { readonly ok: false; readonly reason: string }

/** Checks that a request is Slack's, once. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export class Signatures {
  readonly #secret: string
  readonly #clock: Clock
  /** Signatures taken within the window, with the second in which each may be forgotten. */
  readonly #taken = new Map<string, number>()

  constructor(secret: string, clock: Clock) {
    this.#secret = secret
    this.#clock = clock
  }

  /** Over the raw bytes. A signature that was taken is not taken again until `release`. */
  check(headers: Readonly<Record<string, string | undefined>>, body: Uint8Array): Checked {
    const timestamp = headers['x-slack-request-timestamp'] ?? ''
    const given = headers['x-slack-signature'] ?? ''
    if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(given)) return { ok: false, reason: 'unsigned' }
    const nowS = Math.floor(this.#clock.now().epochMilliseconds / 1000)
    if (Math.abs(nowS - Number(timestamp)) > windowS) return { ok: false, reason: 'out-of-time' }
    const hmac = createHmac('sha256', this.#secret).update(`v0:${timestamp}:`).update(body).digest('hex')
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(`v0=${hmac}`))) return { ok: false, reason: 'wrong-signature' }
    for (const [signature, untilS] of this.#taken) {
      if (untilS > nowS) break
      this.#taken.delete(signature)
    }
    if (this.#taken.has(given)) return { ok: false, reason: 'replayed' }
    this.#taken.set(given, nowS + 2 * windowS)
    return { ok: true, signature: given }
  }

  /** What was not taken in the end may come again. */
  release(signature: string): void {
    this.#taken.delete(signature)
  }
}
