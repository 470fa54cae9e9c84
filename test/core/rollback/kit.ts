import { astern } from '../../../src/core/actor.ts'
import type { Recorded } from '../../../src/core/event.ts'
import { type Policy, wholePolicy } from '../../../src/core/policy/policy.ts'
import type { Release } from '../../../src/core/release/release.ts'
import { type Proposal, propose } from '../../../src/core/rollback/decide.ts'
import type { RollbackEvent } from '../../../src/core/rollback/events.ts'
import type { AskedAlert, ChangeStep, CheckStep, Plan, Step } from '../../../src/core/rollback/plan.ts'
import { isRefusal } from '../../../src/core/rollback/refusal.ts'
import { type Rollback, rollbackFrom } from '../../../src/core/rollback/state.ts'

export const at = (seconds: number): string => Temporal.Instant.from('2026-11-23T10:00:00Z').add({ seconds }).toString()

export const release = (version: string, more: Partial<Release> = {}): Release => ({
  id: `id-${version}`,
  version,
  images: [{ container: 'app', reference: `shop/app:${version}` }],
  since: at(0),
  kept: 'target',
  ...more,
})

export const change = (region: string, after: readonly string[] = [], more: Partial<ChangeStep> = {}): ChangeStep => ({
  kind: 'change',
  id: region,
  target: { service: 'shop', environment: 'production', region, target: 'app' },
  from: release('v2'),
  to: release('v1'),
  etag: 'id-v2',
  preview: [{ path: 'spec.image', kind: 'changed', from: 'v2', to: 'v1' }],
  warnings: [],
  change: { data: region },
  after,
  deadlineMs: 90_000,
  etaMs: null,
  ...more,
})

export const check = (region: string): CheckStep => ({
  kind: 'check',
  id: `${region}.check`,
  region,
  checks: ['GET /healthz'],
  after: [region],
  deadlineMs: 60_000,
  etaMs: null,
})

export const planOf = (...steps: readonly Step[]): Plan => ({
  service: 'shop',
  environment: 'production',
  order: 'sequence',
  steps,
})

export const sequence = planOf(change('eu'), check('eu'), change('us', ['eu.check']), check('us'))
export const together: Plan = { ...planOf(change('eu'), change('us')), order: 'together' }

export const policy = (more: Partial<Policy> = {}): Policy => ({
  ...wholePolicy(recorded),
  ...more,
})

const recorded = {
  tier: 'critical',
  propose: ['mei', 'tom', 'ana'],
  approve: ['tom', 'ana'],
  approvals: 1,
  fourEyes: true,
  expiresAfterMs: 600_000,
  incident: 'channel',
} as const

export const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  id: 'R-1',
  incident: 'INC-1',
  requester: 'mei',
  standing: 'member',
  reason: '5xx',
  plan: sequence,
  policy: policy(),
  blockers: [],
  version: 'v1',
  locks: [],
  freezes: [],
  override: null,
  inIncident: false,
  ...more,
})

/** Folds events one second apart, as the ledger would record them. */
export function told(...events: readonly RollbackEvent[]): Rollback {
  const recorded = events.map(
    (event, index): Recorded => ({
      position: index + 1,
      stream: 'rollback/R-1',
      version: index + 1,
      at: at(index),
      actor: astern,
      config: 'c',
      event,
      hash: '',
    }),
  )
  const state = rollbackFrom(recorded)
  if (!state) throw new Error('nothing was told')
  return state
}

export function proposed(more: Partial<Proposal> = {}): RollbackEvent {
  const [first] = accepted(propose(proposal(more), at(0)))
  if (!first) throw new Error('nothing was proposed')
  return first
}

export function accepted(decision: ReturnType<typeof propose>): readonly RollbackEvent[] {
  if (isRefusal(decision)) throw new Error(decision.refused)
  return decision
}

export const approved = (person: string): RollbackEvent => ({
  type: 'rollback.approved',
  v: 1,
  data: { person, hash: '', preview: '', standing: 'member' },
})
export const started = (step: string): RollbackEvent => ({
  type: 'step.started',
  v: 1,
  data: { step, key: `m/R-1/${step}`, deadlineAt: at(90), epoch: 1 },
})
export const applied = (step: string): RollbackEvent => ({
  type: 'step.applied',
  v: 1,
  data: { step, receipt: { at: at(0), data: null } },
})
export const settled = (step: string): RollbackEvent => ({
  type: 'step.settled',
  v: 1,
  data: { step, tookMs: 5, seen: [] },
})
export const failed = (step: string): RollbackEvent => ({
  type: 'step.failed',
  v: 1,
  data: { step, code: 'step.overdue', at: 'between', seen: [] },
})
/** Alerts of a region that fired since the plan was made. */
export const added = (region: string): RollbackEvent => ({
  type: 'rollback.checks-added',
  v: 1,
  data: { steps: [{ ...check(region), id: `${region}.alerts`, checks: ['Slow'], alerts: [fired('Slow')], after: [] }] },
})
export const fired = (name: string): AskedAlert => ({
  service: 'shop',
  environment: 'production',
  source: 'am',
  name,
  expression: `${name} > 1`,
})
export const abortAsked: RollbackEvent = { type: 'rollback.abort-asked', v: 1, data: { person: 'mei', reason: '' } }
