import { asternId, type PersonId } from '../actor.ts'
import type { Json } from '../canonical.ts'
import type { Recorded } from '../event.ts'
import { type Given, missing, needsOf, nothing, plainApproval } from '../policy/needs.ts'
import { type Policy, wholePolicy } from '../policy/policy.ts'
import type { Evidence } from '../release/release.ts'
import type { Alone, Ending, Place, RollbackEvent } from './events.ts'
import { type ChangeStep, kindsOf, type Plan, type Step } from './plan.ts'

export type Phase = 'awaiting-approval' | 'approved' | 'running' | 'ended'
export type Outcome = Ending | 'rejected' | 'expired'

export interface StepState {
  readonly state: 'waiting' | 'started' | 'applied' | 'settled' | 'failed'
  readonly key: string | null
  readonly startedAt: string | null
  readonly deadlineAt: string | null
  readonly endedAt: string | null
  readonly receipt: { readonly at: string; readonly data: Json } | null
  readonly progress: { readonly done: number; readonly of: number } | null
  readonly at: Place
  readonly code: string | null
  readonly tookMs: number | null
  readonly seen: readonly Evidence[]
}

export interface Approval extends Given {
  readonly at: string
  readonly position: number
  /** Under which words of the policy she may. */
  readonly roles: readonly string[]
}

export interface Glass {
  readonly person: PersonId
  readonly reason: string
  readonly at: string
  readonly position: number
  readonly via: 'chat' | 'host'
  readonly review: string
  readonly concerned: readonly PersonId[]
  /** It runs by that right; false when she lost it before anything began. */
  readonly counts: boolean
  readonly reviewed: { readonly person: PersonId; readonly note: string; readonly at: string } | null
}

/** One rollback, folded from its stream. */
export interface Rollback {
  readonly id: string
  readonly incident: string
  readonly requester: PersonId
  readonly reason: string
  /** As it was proposed, and behind it the checks that were added since: they change nothing, and its hash knows nothing of them. */
  readonly plan: Plan
  readonly hash: string
  readonly preview: string
  readonly policy: Policy
  readonly proposedAt: string
  readonly proposedPosition: number
  readonly expiresAt: string
  readonly undoes: string | null
  /** It runs with nobody's consent; null where people have to agree, or the policy let Astern do so no longer before it began. */
  readonly automatic: Alone | null
  readonly phase: Phase
  readonly outcome: Outcome | null
  /** Those that count now. */
  readonly approvals: readonly Approval[]
  /** Who acted at once, being on call for the service. */
  readonly atOnce: { readonly person: PersonId; readonly at: string; readonly position: number } | null
  /** Who ran it without the approval it needs, and why. */
  readonly glass: Glass | null
  /** Whose consent counts no longer. */
  readonly voided: readonly {
    readonly person: PersonId
    readonly why: 'no-longer-allowed' | 'account-lost'
    readonly roles: readonly string[]
  }[]
  readonly rejected: { readonly person: PersonId; readonly reason: string } | null
  readonly abort: { readonly person: PersonId; readonly reason: string; readonly at: string } | null
  readonly epoch: number
  readonly worker: string | null
  readonly steps: Readonly<Record<string, StepState>>
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Stream version and global position of the last event folded in. */
  readonly version: number
  readonly position: number
}

const waiting: StepState = {
  state: 'waiting',
  key: null,
  startedAt: null,
  deadlineAt: null,
  endedAt: null,
  receipt: null,
  progress: null,
  at: 'from',
  code: null,
  tookMs: null,
  seen: [],
}

export const stepState = (rollback: Pick<Rollback, 'steps'>, step: string): StepState => rollback.steps[step] ?? waiting

export const changeSteps = (plan: Plan): readonly ChangeStep[] =>
  plan.steps.filter((step): step is ChangeStep => step.kind === 'change')

/** Regions of the plan, in its order, each once. */
export const regionsOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.steps.map((step) => (step.kind === 'change' ? step.target.region : step.region))),
]

/** Steps whose effect is under way. */
export const inFlight = (rollback: Rollback): readonly Step[] =>
  rollback.plan.steps.filter((step) => ['started', 'applied'].includes(stepState(rollback, step.id).state))

/** Folds one rollback's stream. Throws when the stream does not begin with the proposal. */
export const rollbackFrom = (events: readonly Recorded[]): Rollback | null =>
  events.reduce<Rollback | null>((state, recorded) => evolve(state, recorded as Recorded<RollbackEvent>), null)

/** Pure: the state after one more event. */
export function evolve(state: Rollback | null, recorded: Recorded<RollbackEvent>): Rollback {
  const { event, at, version, position } = recorded
  if (event.type === 'rollback.proposed') {
    const { undoes, automatic, ...proposed } = event.data
    return consented({
      ...proposed,
      policy: wholePolicy(proposed.policy),
      undoes: undoes ?? null,
      automatic: automatic ?? null,
      proposedAt: at,
      proposedPosition: position,
      phase: 'awaiting-approval',
      outcome: null,
      approvals: [],
      atOnce: null,
      glass: null,
      voided: [],
      rejected: null,
      abort: null,
      epoch: 0,
      worker: null,
      steps: {},
      startedAt: null,
      endedAt: null,
      version,
      position,
    })
  }
  if (!state) throw new TypeError(`stream ${recorded.stream} begins with ${event.type}`)
  return { ...changed(state, event, recorded), version, position }
}

function changed(
  state: Rollback,
  event: Exclude<RollbackEvent, { type: 'rollback.proposed' }>,
  { at, position }: Pick<Recorded, 'at' | 'position'>,
): Rollback {
  switch (event.type) {
    case 'rollback.approved': {
      const { person, counts = [plainApproval], roles = [] } = event.data
      return consented({ ...state, approvals: [...state.approvals, { person, counts, roles, at, position }] })
    }
    case 'rollback.acted-at-once':
      return consented({ ...state, atOnce: { person: event.data.person, at, position } })
    case 'rollback.glass-broken': {
      const { person, reason, via, review, concerned } = event.data
      return consented({ ...state, glass: { person, reason, via, review, concerned, at, position, ...unreviewed } })
    }
    case 'rollback.reviewed': {
      const reviewed = { ...event.data, at }
      return { ...state, glass: state.glass && { ...state.glass, reviewed } }
    }
    case 'rollback.approval-voided':
      return consented(without(state, event.data))
    case 'rollback.rejected':
      return { ...ended(state, 'rejected', at), rejected: event.data }
    case 'rollback.expired':
      return ended(state, 'expired', at)
    case 'rollback.abort-asked':
      return { ...state, abort: { ...event.data, at } }
    case 'rollback.claimed':
      return { ...state, ...event.data }
    case 'rollback.checks-added':
      return { ...state, plan: { ...state.plan, steps: [...state.plan.steps, ...event.data.steps] } }
    case 'rollback.ended':
      return ended(state, event.data.ending, at)
    case 'step.started': {
      const { step, key, deadlineAt } = event.data
      const running: Rollback = { ...state, phase: 'running', startedAt: state.startedAt ?? at }
      return withStep(running, step, { state: 'started', key, deadlineAt, startedAt: at })
    }
    case 'step.applied':
      return withStep(state, event.data.step, { state: 'applied', receipt: event.data.receipt, at: 'between' })
    case 'step.progressed': {
      const { step, progress, seen } = event.data
      return withStep(state, step, { progress: progress ?? stepState(state, step).progress, seen })
    }
    case 'step.settled': {
      const { step, tookMs, seen } = event.data
      return withStep(state, step, { state: 'settled', at: 'to', tookMs, seen, endedAt: at })
    }
    case 'step.failed': {
      const { step, code, at: place, seen } = event.data
      return withStep(state, step, { state: 'failed', code, at: place, seen, endedAt: at })
    }
  }
}

const unreviewed = { counts: true, reviewed: null } as const

/** What it still needs, by the policy it was proposed under. */
export const stillNeeds = (
  state: Pick<Rollback, 'policy' | 'plan' | 'approvals' | 'atOnce' | 'glass' | 'automatic'>,
) => {
  if (state.glass?.counts) return { approvals: 0, kinds: [] }
  const left = missing(needsOf(state.policy, kindsOf(state.plan)), state.approvals)
  return state.atOnce || state.automatic ? { ...left, approvals: 0 } : left
}

const consented = (state: Rollback): Rollback => ({
  ...state,
  phase: nothing(stillNeeds(state)) ? 'approved' : 'awaiting-approval',
})

/** Without one person's consent. Where only hers was needed, being whoever asked, somebody else must agree now. */
function without(state: Rollback, { person, why }: Pick<Rollback['voided'][number], 'person' | 'why'>): Rollback {
  const approval = state.approvals.find((one) => one.person === person)
  const roles = approval?.roles ?? (state.atOnce?.person === person ? ['on-call'] : (state.policy.roles[person] ?? []))
  const alone = person === state.requester && state.policy.approvals === 0
  return {
    ...state,
    approvals: state.approvals.filter((approval) => approval.person !== person),
    atOnce: state.atOnce?.person === person ? null : state.atOnce,
    glass: state.glass?.person === person ? { ...state.glass, counts: false } : state.glass,
    automatic: person === asternId ? null : state.automatic,
    voided: [...state.voided, { person, why, roles }],
    policy: alone ? { ...state.policy, approvals: 1 } : state.policy,
  }
}

const ended = (state: Rollback, outcome: Outcome, at: string): Rollback => ({
  ...state,
  phase: 'ended',
  outcome,
  endedAt: at,
})

const withStep = (state: Rollback, step: string, change: Partial<StepState>): Rollback => ({
  ...state,
  steps: { ...state.steps, [step]: { ...stepState(state, step), ...change } },
})
