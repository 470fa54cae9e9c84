import type { Wording } from './wording.ts'

/** `check`: the effect may have happened, so recall before repeating anything. */
export type Retry = 'yes' | 'no' | 'check'

/** Something that broke: the one error class. Expected refusals are values, never faults. */
export class Fault extends Error {
  override readonly name = 'Fault'
  /** Stable, dotted, lower case: `kubernetes.forbidden`. Shown in chat and compared in code, unlike the message. */
  readonly code: string
  readonly retry: Retry
  /** What people can do about it, in the words of the catalogue. */
  readonly hint: Wording
  /** The vendor's own wish for the next try, in milliseconds (an HTTP Retry-After). */
  readonly retryAfterMs: number | undefined

  constructor(of: { code: string; retry: Retry; hint: Wording; retryAfterMs?: number; cause?: unknown }) {
    super(of.code, of.cause === undefined ? undefined : { cause: of.cause })
    this.code = of.code
    this.retry = of.retry
    this.hint = of.hint
    this.retryAfterMs = of.retryAfterMs
  }
}
