import type { DrillFault, DrillScope, FaultPlace, PreparedFault } from '../core/drill/fault.ts'
import type { Evidence } from '../core/release/release.ts'

export interface Made {
  /** ISO instant from which the fault is there: from here on a drill is timed. */
  readonly at: string
}

/** What does not stand as it did, and why. */
export interface LeftOver extends Evidence {
  readonly place: Pick<FaultPlace, 'service' | 'environment' | 'region' | 'target'>
}

export interface Restored {
  /**
   * `moving`: ask again. `restored`: everything was compared with what stood and is the same, and settled. `failed`: `left` says what is
   * not, and that nothing more is tried unless somebody asks again.
   */
  readonly state: 'restored' | 'moving' | 'failed'
  readonly left: readonly LeftOver[]
}

/**
 * Breaks something on purpose and puts it back. Whatever is outside the scope is refused with Fault `drill.outside-scope` by each of the
 * three, also where a record says otherwise.
 */
export interface MakerOf<Broken> {
  /** What would be made, and what stands there now. No effect. Throws Fault (retry no) where it cannot be made: its hint says why. */
  prepare(fault: Broken, scope: DrillScope, signal: AbortSignal): Promise<PreparedFault>
  /**
   * Makes it: the same key is one fault, however often it is asked for, also after a crash. Throws Fault `target.moved` where something
   * else stands there than was prepared for. After any Fault some places may have it: ask again, or clear.
   */
  make(prepared: PreparedFault, scope: DrillScope, key: string, signal: AbortSignal): Promise<Made>
  /**
   * Puts back what stood, whether the fault was made or not, whoever set it back meanwhile; what somebody shipped meanwhile is left
   * alone and told. May be called again and again; returns within seconds. A Fault with retry `no` is for people.
   */
  clear(prepared: PreparedFault, scope: DrillScope, key: string, signal: AbortSignal): Promise<Restored>
}

export type FaultMaker = MakerOf<DrillFault>
