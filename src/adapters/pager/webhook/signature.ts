import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../ports/clock.ts'
import type { Secret } from '../../../ports/secret.ts'

/** To both sides: a clock that runs ahead must not open the window for replays. */
const windowS = 300

/** `v1=` and the hex HMAC-SHA256 over `v1:<timestamp>:` and the raw body; the timestamp in Unix seconds. */
export const signatureOf = (secret: string, timestamp: string, body: Uint8Array | string): string =>
  `v1=${createHmac('sha256', secret).update(`v1:${timestamp}:`).update(body).digest('hex')}`

export type Checked = 'right' | 'unsigned' | 'out-of-time' | 'wrong' | 'replayed'

/** Checks that a request was signed with the secret, within five minutes, and was not taken before. */
export class Signatures {
  readonly #secret: Secret
  readonly #clock: Clock
  /** Signatures taken within the window, with the second in which each may be forgotten. */
  readonly #taken = new Map<string, number>()

  constructor(secret: Secret, clock: Clock) {
    this.#secret = secret
    this.#clock = clock
  }

  check(headers: Readonly<Record<string, string | undefined>>, body: Uint8Array): Checked {
    const timestamp = headers['astern-timestamp'] ?? ''
    const given = headers['astern-signature'] ?? ''
    if (!/^\d{1,12}$/.test(timestamp) || !/^v1=[0-9a-f]{64}$/.test(given)) return 'unsigned'
    const nowS = this.#nowS()
    if (Math.abs(nowS - Number(timestamp)) > windowS) return 'out-of-time'
    const wanted = signatureOf(this.#secret.reveal(), timestamp, body)
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(wanted))) return 'wrong'
    for (const [signature, untilS] of this.#taken) if (untilS <= nowS) this.#taken.delete(signature)
    return this.#taken.has(given) ? 'replayed' : 'right'
  }

  /** Not taken again from now on. */
  take(signature: string): void {
    this.#taken.set(signature, this.#nowS() + 2 * windowS)
  }

  #nowS(): number {
    return Math.floor(this.#clock.now().epochMilliseconds / 1000)
  }
}
