import type { Outcome } from '../rollback/state.ts'
import type { Freeze } from './freeze.ts'

/** A rollback of the service's open incident. */
export interface GateRollback {
  readonly id: string
  readonly incident: string
  /** Null while it goes on. */
  readonly outcome: Outcome | null
}

/** Whether CI may release, and by which rule. */
export type GateAnswer =
  | { readonly allowed: true; readonly rule: 'open' }
  | { readonly allowed: false; readonly rule: 'freeze'; readonly freeze: Freeze }
  | { readonly allowed: false; readonly rule: 'rollback'; readonly rollback: GateRollback }

/**
 * Nobody ships while a freeze stands, nor from the moment a rollback is asked for to the close of its incident: otherwise the next
 * run of CI brings back what was just taken away. One that was rejected or expired changed nothing and holds nobody up.
 * `freezes`: those that stand there, the one that ends last first.
 */
export function gateAnswer(freezes: readonly Freeze[], rollbacks: readonly GateRollback[]): GateAnswer {
  const rollback = rollbacks.findLast(({ outcome }) => outcome !== 'rejected' && outcome !== 'expired')
  if (rollback) return { allowed: false, rule: 'rollback', rollback }
  const [freeze] = freezes
  return freeze ? { allowed: false, rule: 'freeze', freeze } : { allowed: true, rule: 'open' }
}
