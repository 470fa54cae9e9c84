import type { Misfortune } from '../../misfortune.ts'
import type { Wire } from '../store/wire.ts'

/** What goes wrong with one API call. */
export interface Fault extends Misfortune {
  /** Answer `{"ok":false,"error":…}` with status 200. */
  readonly error?: string
  /** Answer 429 with this Retry-After. */
  readonly rateLimitedForS?: number
}

/** What a fault decides by. */
export interface FaultedCall {
  readonly method: string
  readonly args: Wire
  /** How many calls of this method came before it. */
  readonly earlier: number
}

/** Decides whether, and how, a call is spoilt. */
export type FaultRule = (call: FaultedCall) => Fault | undefined
