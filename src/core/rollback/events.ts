import type { PersonId } from '../actor.ts'
import type { Json } from '../canonical.ts'
import type { RecordedPolicy, Standing } from '../policy/policy.ts'
import type { Evidence } from '../release/release.ts'
import type { CheckStep, Plan, TargetRef } from './plan.ts'

export type Place = 'from' | 'to' | 'between' | 'elsewhere'
export type Ending = 'restored' | 'not-restored' | 'failed' | 'aborted'

/** Why a rollback runs with no person's consent. */
export interface Alone {
  readonly line: string
  readonly due: number
}

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

export type RollbackEvent =
  | Fact<
      'rollback.proposed',
      {
        readonly id: string
        readonly incident: string
        readonly requester: PersonId
        readonly reason: string
        readonly plan: Plan
        readonly hash: string
        readonly preview: string
        readonly policy: RecordedPolicy
        readonly expiresAt: string
        /** The rollback that this one takes back. */
        readonly undoes?: string
        /** Nobody asked for it and nobody consented: by which line of the configuration, and where in the ledger it was announced. */
        readonly automatic?: Alone
      }
    >
  | Fact<
      'rollback.approved',
      {
        readonly person: PersonId
        readonly hash: string
        readonly preview: string
        /** What the chat answered when asked who this is, at the click. */
        readonly standing: Standing
        /** What it can count as; a plain approval where it was not recorded. */
        readonly counts?: readonly string[]
        /** Under which words of the policy she may. */
        readonly roles?: readonly string[]
      }
    >
  /**
   * Consent no longer counts: the person lost the right before it ran. That of whoever asked, where nobody else had to agree, and
   * the right to act at once or to break the glass, likewise.
   */
  | Fact<'rollback.approval-voided', { readonly person: PersonId; readonly why: 'no-longer-allowed' | 'account-lost' }>
  /** The engineer on call for the service did not wait for approval, which the policy allows her. */
  | Fact<
      'rollback.acted-at-once',
      { readonly person: PersonId; readonly hash: string; readonly preview: string; readonly standing: Standing }
    >
  /** Somebody ran it without the approval it needs. */
  | Fact<
      'rollback.glass-broken',
      {
        readonly person: PersonId
        readonly reason: string
        readonly hash: string
        readonly preview: string
        /** In chat, or at the command line of the host, which asks no chat who somebody is. */
        readonly via: 'chat' | 'host'
        readonly standing?: Standing
        /** Who is told at once: whoever asked, those whose approval was passed over, the commander. */
        readonly concerned: readonly PersonId[]
        /** The follow-up under which somebody else reviews it. */
        readonly review: string
      }
    >
  /** Somebody else looked at why the glass was broken, and found it in order or wrote down what was not. */
  | Fact<'rollback.reviewed', { readonly person: PersonId; readonly note: string }>
  | Fact<'rollback.rejected', { readonly person: PersonId; readonly reason: string }>
  | Fact<'rollback.expired', Record<never, never>>
  | Fact<'rollback.abort-asked', { readonly person: PersonId; readonly reason: string }>
  /** A worker drives it from here on; a worker with a lower epoch must stop. */
  | Fact<'rollback.claimed', { readonly worker: string; readonly epoch: number }>
  | Fact<
      'step.started',
      { readonly step: string; readonly key: string; readonly deadlineAt: string; readonly epoch: number }
    >
  /** The vendor accepted the effect; now it settles. */
  | Fact<'step.applied', { readonly step: string; readonly receipt: { readonly at: string; readonly data: Json } }>
  | Fact<
      'step.progressed',
      {
        readonly step: string
        readonly progress?: { readonly done: number; readonly of: number }
        readonly seen: readonly Evidence[]
      }
    >
  | Fact<'step.settled', { readonly step: string; readonly tookMs: number; readonly seen: readonly Evidence[] }>
  | Fact<
      'step.failed',
      {
        readonly step: string
        /** `target.moved`, `step.overdue`, `checks.failed`, or a fault's code. */
        readonly code: string
        readonly at: Place
        readonly seen: readonly Evidence[]
      }
    >
  /** More alerts fired where it goes since its plan was made: they are asked too. Nothing else of the plan is touched. */
  | Fact<'rollback.checks-added', { readonly steps: readonly CheckStep[] }>
  | Fact<'rollback.ended', { readonly ending: Ending }>

/** Stream `lock/<target id>`. */
export type LockEvent =
  | Fact<'lock.taken', { readonly target: TargetRef; readonly rollback: string }>
  | Fact<'lock.released', { readonly target: TargetRef; readonly rollback: string }>
