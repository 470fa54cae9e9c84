import type { Alert } from '../core/alert/alert.ts'

/** One webhook as it came, with its raw bytes. */
export interface AlertRequest {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

/**
 * What became of it. `refused` is the HTTP status that makes its sender do the right thing, `why` is for the sender's log.
 * `left` counts alerts that the sender says it left out.
 */
export type Intake =
  | { readonly alerts: readonly Alert[]; readonly left: number; readonly reply: string }
  | { readonly refused: 400 | 401; readonly why: string }

/** An alerting system that posts to us. It has no effect: what it reads is made durable by whoever asked, before the sender hears so. */
export interface AlertSource {
  /** Checks who sent it, on the raw bytes, and reads it. Never throws. */
  read(request: AlertRequest): Intake
}
