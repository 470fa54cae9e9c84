import type { PersonId } from '../actor.ts'
import type { Standing } from '../policy/policy.ts'
import type { Notice } from '../release/release.ts'
import type { Outcome, Phase } from './state.ts'

/** Every expected "no" about a rollback. Closed: the view has words and a next step for each. */
export type Refusal =
  | { readonly refused: 'unknown-person' }
  | { readonly refused: 'standing'; readonly standing: Standing; readonly approvers: readonly PersonId[] }
  | { readonly refused: 'may-not-propose'; readonly may: readonly PersonId[] }
  | { readonly refused: 'no-reason' }
  | { readonly refused: 'locked'; readonly target: string; readonly rollback: string; readonly by: PersonId }
  | { readonly refused: 'blocked'; readonly blockers: readonly (Notice & { readonly region: string })[] }
  | { readonly refused: 'nothing-to-do'; readonly version: string }
  | { readonly refused: 'nobody-approves' }
  | { readonly refused: 'not-an-approver'; readonly approvers: readonly PersonId[] }
  | { readonly refused: 'self-approval'; readonly tier: string; readonly approvers: readonly PersonId[] }
  | { readonly refused: 'already-approved'; readonly by: PersonId }
  | { readonly refused: 'plan-differs' }
  | { readonly refused: 'expired'; readonly at: string }
  | {
      readonly refused: 'not-waiting'
      readonly phase: Phase
      readonly outcome: Outcome | null
      readonly by: PersonId | null
    }
  | { readonly refused: 'not-running'; readonly outcome: Outcome | null }
  | { readonly refused: 'already-aborting'; readonly by: PersonId }

export const isRefusal = (decision: object): decision is Refusal => 'refused' in decision
