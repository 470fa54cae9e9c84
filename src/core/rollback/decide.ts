import type { PersonId } from '../actor.ts'
import type { Policy, Standing } from '../policy/policy.ts'
import type { Notice } from '../release/release.ts'
import type { RollbackEvent } from './events.ts'
import { type Plan, planHash, previewDigest } from './plan.ts'
import type { Refusal } from './refusal.ts'
import { inFlight, type Rollback } from './state.ts'

type Decision = readonly RollbackEvent[] | Refusal

export interface Proposal {
  readonly id: string
  readonly incident: string
  readonly requester: PersonId
  readonly standing: Standing
  readonly reason: string
  readonly plan: Plan
  readonly policy: Policy
  readonly blockers: readonly (Notice & { readonly region: string })[]
  /** What people wanted to go back to, for the words of a refusal. */
  readonly version: string
  readonly locks: readonly { readonly target: string; readonly rollback: string; readonly by: PersonId }[]
  readonly undoes?: string
}

/** A new rollback, or why not. */
export function propose(proposal: Proposal, now: string): Decision {
  const { policy, plan, requester } = proposal
  if (proposal.standing !== 'member')
    return { refused: 'standing', standing: proposal.standing, approvers: policy.approve }
  if (policy.propose !== 'anyone' && !policy.propose.includes(requester))
    return { refused: 'may-not-propose', may: policy.propose }
  if (proposal.reason.trim() === '') return { refused: 'no-reason' }
  const lock = proposal.locks[0]
  if (lock) return { refused: 'locked', ...lock }
  if (proposal.blockers.length > 0) return { refused: 'blocked', blockers: proposal.blockers }
  if (plan.steps.length === 0) return { refused: 'nothing-to-do', version: proposal.version }
  if (approversOf(policy, requester).length < policy.approvals) return { refused: 'nobody-approves' }
  const { id, incident, reason, undoes } = proposal
  const expiresAt = Temporal.Instant.from(now).add({ milliseconds: policy.expiresAfterMs }).toString()
  const hash = planHash(plan)
  const preview = previewDigest(plan)
  return [
    {
      type: 'rollback.proposed',
      v: 1,
      data: {
        id,
        incident,
        requester,
        reason: reason.trim(),
        plan,
        hash,
        preview,
        policy,
        expiresAt,
        ...(undoes && { undoes }),
      },
    },
  ]
}

/** Who may approve a rollback that `requester` asked for. */
export const approversOf = (policy: Policy, requester: PersonId): readonly PersonId[] =>
  policy.approve.filter((person) => !policy.fourEyes || person !== requester)

export interface Consent {
  readonly person: PersonId
  readonly standing: Standing
  /** What the button was bound to. */
  readonly hash: string
  readonly preview: string
  /** The policy as the configuration has it now. */
  readonly policy: Policy
}

/** One person's consent to exactly what was shown, or why it does not count. */
export function approve(state: Rollback, consent: Consent, now: string): Decision {
  const approvers = approversOf(consent.policy, state.requester)
  if (consent.standing !== 'member') return { refused: 'standing', standing: consent.standing, approvers }
  if (state.phase !== 'awaiting-approval') return notWaiting(state)
  if (expired(state, now)) return { refused: 'expired', at: state.expiresAt }
  if (consent.hash !== state.hash || consent.preview !== state.preview) return { refused: 'plan-differs' }
  if (consent.policy.fourEyes && consent.person === state.requester)
    return { refused: 'self-approval', tier: consent.policy.tier, approvers }
  if (!consent.policy.approve.includes(consent.person)) return { refused: 'not-an-approver', approvers }
  if (state.approvals.some((approval) => approval.person === consent.person))
    return { refused: 'already-approved', by: consent.person }
  const { person, hash, preview, standing } = consent
  return [{ type: 'rollback.approved', v: 1, data: { person, hash, preview, standing } }]
}

/** Approvers reject; the requester may take her own request back. */
export function reject(state: Rollback, consent: Omit<Consent, 'hash' | 'preview'>, reason: string): Decision {
  const approvers = approversOf(consent.policy, state.requester)
  if (consent.standing !== 'member') return { refused: 'standing', standing: consent.standing, approvers }
  if (state.phase !== 'awaiting-approval') return notWaiting(state)
  if (!consent.policy.approve.includes(consent.person) && consent.person !== state.requester)
    return { refused: 'not-an-approver', approvers }
  if (reason.trim() === '') return { refused: 'no-reason' }
  return [{ type: 'rollback.rejected', v: 1, data: { person: consent.person, reason: reason.trim() } }]
}

/** Stops a rollback: nothing further starts, nothing is undone. The requester and every approver may. */
export function abort(state: Rollback, consent: Omit<Consent, 'hash' | 'preview'>, reason: string): Decision {
  const may = [...new Set([...consent.policy.approve, state.requester])]
  if (consent.standing !== 'member') return { refused: 'standing', standing: consent.standing, approvers: may }
  if (state.phase === 'ended') return { refused: 'not-running', outcome: state.outcome }
  if (state.phase === 'awaiting-approval') return { refused: 'not-running', outcome: null }
  if (!may.includes(consent.person)) return { refused: 'not-an-approver', approvers: may }
  if (state.abort) return { refused: 'already-aborting', by: state.abort.person }
  return [{ type: 'rollback.abort-asked', v: 1, data: { person: consent.person, reason: reason.trim() } }]
}

/** Before the first effect: which approvals no longer count, by the configuration and the ledger of this moment. */
export function recheck(
  state: Rollback,
  policy: Policy,
  /** Whether a chat said after a position that an account of hers was deactivated or demoted. */
  lost: (person: PersonId, since: number) => boolean,
): readonly RollbackEvent[] {
  if (state.phase !== 'approved' || inFlight(state).length > 0) return []
  return state.approvals.flatMap(({ person, position }): RollbackEvent[] => {
    const why = lost(person, position)
      ? 'account-lost'
      : !approversOf(policy, state.requester).includes(person)
        ? 'no-longer-allowed'
        : null
    return why ? [{ type: 'rollback.approval-voided', v: 1, data: { person, why } }] : []
  })
}

export const expired = (state: Rollback, now: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(now), Temporal.Instant.from(state.expiresAt)) >= 0

const notWaiting = (state: Rollback): Refusal => ({
  refused: 'not-waiting',
  phase: state.phase,
  outcome: state.outcome,
  by: state.rejected?.person ?? state.approvals.at(-1)?.person ?? null,
})
