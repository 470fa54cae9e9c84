import { type PersonId, personOrNull } from '../actor.ts'
import type { Freeze } from '../freeze/freeze.ts'
import { mayRunAlone, mayStop } from '../policy/automatic.ts'
import { countsOf, needsOf, nothing } from '../policy/needs.ts'
import type { Policy, Standing } from '../policy/policy.ts'
import { answerFor, type Deed, type Facts, verdict, whoMay } from '../policy/verdict.ts'
import type { Notice } from '../release/release.ts'
import type { Alone, RollbackEvent } from './events.ts'
import { kindsOf, type Plan, planHash, previewDigest } from './plan.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { Rollback } from './state.ts'

export type Decision = readonly RollbackEvent[] | Refusal

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
  /** Those that stand where the plan changes something. */
  readonly freezes: readonly Freeze[]
  /** Why it is to be done in spite of them. */
  readonly override: string | null
  /** An incident of the service was open before. */
  readonly inIncident: boolean
  /** Nobody asks for it: the policy lets Astern do so. */
  readonly automatic?: Alone
}

/** A new rollback, or why not. */
export function propose(proposal: Proposal, now: string): Decision {
  const { policy, plan, requester } = proposal
  const facts = factsOf(proposal)
  const { automatic } = proposal
  if (automatic) {
    const no = notAlone(proposal, facts)
    if (no) return no
  } else {
    const said = verdict('propose', facts)
    if (!said.allowed) return refusalOf(said, facts, { freezes: proposal.freezes, service: plan.service })
  }
  if (proposal.reason.trim() === '') return { refused: 'no-reason' }
  const lock = proposal.locks[0]
  if (lock) return { refused: 'locked', ...lock }
  if (proposal.blockers.length > 0) return { refused: 'blocked', blockers: proposal.blockers }
  if (plan.steps.length === 0) return { refused: 'nothing-to-do', version: proposal.version }
  if (!automatic && !mayEverRun(policy, requester, facts)) return { refused: 'nobody-approves' }
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
        ...(automatic && { automatic }),
      },
    },
  ]
}

/** What keeps Astern from going back by itself, whatever people might do in its place. */
function notAlone({ policy, freezes, plan }: Proposal, { needs }: Facts): Refusal | null {
  if (!mayRunAlone(policy, needs)) return { refused: 'needs-a-person', may: answerFor(policy) }
  return freezes.length > 0 ? { refused: 'frozen', freezes, service: plan.service, may: answerFor(policy) } : null
}

const factsOf = ({ policy, plan, requester, standing, freezes, override, inIncident }: Proposal): Facts => ({
  policy,
  person: requester,
  standing,
  requester,
  needs: needsOf(policy, kindsOf(plan)),
  given: [],
  frozen: freezes.length > 0,
  override,
  inIncident,
  inTime: true,
  glassBroken: null,
})

/** Whether anybody, at this moment, could let it run: by approving, by acting at once, by breaking the glass. */
function mayEverRun(policy: Policy, requester: PersonId, { needs }: Facts): boolean {
  if (nothing(needs) || policy.breakGlass.length > 0) return true
  const atOnce = policy.emergency.length > 0
  const people = policy.approve.filter((person) => !policy.fourEyes || person !== requester)
  const kinds = needs.kinds.every((kind) =>
    (policy.also[kind] ?? []).some((person) => !policy.fourEyes || person !== requester),
  )
  return kinds && (atOnce || people.length >= needs.approvals)
}

export interface Consent {
  readonly person: PersonId
  readonly standing: Standing
  /** What the button was bound to. */
  readonly hash: string
  readonly preview: string
  /** The policy as it stands now. */
  readonly policy: Policy
}

/** What the rules go by for somebody who wants to do something with a rollback. */
export const factsAbout = (
  state: Rollback,
  {
    person,
    standing,
    policy,
  }: { readonly person: PersonId | null; readonly standing: Standing; readonly policy: Policy },
  now: string,
): Facts => {
  const needs = needsOf(state.policy, kindsOf(state.plan))
  return {
    policy,
    person,
    standing,
    requester: personOrNull(state.requester),
    needs: state.atOnce ? { ...needs, approvals: 0 } : needs,
    given: state.approvals,
    frozen: false,
    override: null,
    inIncident: true,
    inTime: !expired(state, now),
    glassBroken: state.glass?.person ?? null,
  }
}

/** Who could approve what is still missing, as a policy stands. */
export const waitingFor = (state: Rollback, policy: Policy): readonly PersonId[] =>
  whoMay('approve', factsAbout(state, { person: null, standing: 'member', policy }, state.proposedAt))

/** One person's consent to exactly what was shown, or why it does not count. */
export function approve(state: Rollback, consent: Consent, now: string): Decision {
  const no = notNow('approve', state, consent, now)
  if (no) return no
  const { person, standing, policy } = consent
  const { hash, preview } = state
  const counts = countsOf(policy, person)
  const roles = policy.roles[person]
  const data = { person, hash, preview, standing, counts, ...(roles && { roles }) }
  return [{ type: 'rollback.approved', v: 1, data }]
}

/** The engineer on call for the service does not wait for approval, where the policy lets her. */
export function actAtOnce(state: Rollback, consent: Consent, now: string): Decision {
  const no = notNow('act-at-once', state, consent, now)
  if (no) return no
  if (state.atOnce) return { refused: 'already-approved', by: state.atOnce.person }
  const { person, standing } = consent
  const { hash, preview } = state
  return [{ type: 'rollback.acted-at-once', v: 1, data: { person, hash, preview, standing } }]
}

/** What stands in the way of consenting to a rollback at this moment; null when nothing does. */
export function notNow(
  deed: Deed,
  state: Rollback,
  consent: Consent,
  now: string,
  latest: Rollback['phase'] = 'awaiting-approval',
): Refusal | null {
  const facts = factsAbout(state, consent, now)
  const said = verdict(deed, facts)
  if (!said.allowed && said.rule === 'members-only') return refusalOf(said, facts)
  if (state.phase !== 'awaiting-approval' && state.phase !== latest) return notWaiting(state)
  if (expired(state, now)) return { refused: 'expired', at: state.expiresAt }
  if (!bound(consent.hash, state.hash) || !bound(consent.preview, state.preview)) return { refused: 'plan-differs' }
  return said.allowed ? null : refusalOf(said, facts)
}

/** A menu has room for the beginning of a digest only. */
const shortestDigest = 8
const bound = (shown: string, whole: string): boolean => shown.length >= shortestDigest && whole.startsWith(shown)

/** Approvers reject; the requester may take her own request back. */
export function reject(state: Rollback, consent: Omit<Consent, 'hash' | 'preview'>, reason: string): Decision {
  const facts = factsAbout(state, consent, state.proposedAt)
  const said = verdict('reject', facts)
  if (!said.allowed && said.rule === 'members-only') return refusalOf(said, facts)
  if (state.phase !== 'awaiting-approval') return notWaiting(state)
  if (!said.allowed) return refusalOf(said, facts)
  if (reason.trim() === '') return { refused: 'no-reason' }
  return [{ type: 'rollback.rejected', v: 1, data: { person: consent.person, reason: reason.trim() } }]
}

/**
 * Stops a rollback: nothing further starts, nothing is undone. The requester and every approver may; of one that nobody asked for, whoever
 * could have stopped it before.
 */
export function abort(state: Rollback, consent: Omit<Consent, 'hash' | 'preview'>, reason: string): Decision {
  const facts = factsAbout(state, consent, state.proposedAt)
  const said = verdict('abort', facts)
  if (!said.allowed && said.rule === 'members-only') return refusalOf(said, facts)
  if (state.phase === 'ended') return { refused: 'not-running', outcome: state.outcome }
  if (state.phase === 'awaiting-approval') return { refused: 'not-running', outcome: null }
  const hers = state.automatic !== null && mayStop(consent.policy, consent.person)
  if (!said.allowed && !hers) return refusalOf(said, facts)
  if (state.abort) return { refused: 'already-aborting', by: state.abort.person }
  return [{ type: 'rollback.abort-asked', v: 1, data: { person: consent.person, reason: reason.trim() } }]
}

export const expired = (state: Rollback, now: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(now), Temporal.Instant.from(state.expiresAt)) >= 0

const notWaiting = (state: Rollback): Refusal => ({
  refused: 'not-waiting',
  phase: state.phase,
  outcome: state.outcome,
  by: state.rejected?.person ?? state.approvals.at(-1)?.person ?? null,
})
