import type { Misfortune } from '../../misfortune.ts'
import type { Wire } from '../store/wire.ts'

/** What goes wrong with one call. */
export interface Fault extends Misfortune {
  /** Refuse with this code, as the interface refuses: `code` under `/v1.0` (status 400 unless `status`), else `errcode`. */
  readonly code?: string
  readonly errcode?: number
  /** Refuse as too fast. */
  readonly tooFast?: true
}

/** What a fault decides by. */
export interface FaultedCall {
  /** Method and path. */
  readonly api: string
  readonly body: Wire
  /** How many calls of this interface came before it. */
  readonly earlier: number
}

/** Decides whether, and how, a call is spoilt. */
export type FaultRule = (call: FaultedCall) => Fault | undefined
