import { digestOf, type Json } from '../canonical.ts'
import type { Notice, Release } from '../release/release.ts'

/** A target as people and the configuration name it: `checkout-svc/production/eu-1/app`. */
export interface TargetRef {
  readonly service: string
  readonly environment: string
  readonly region: string
  readonly target: string
}

export const targetId = (ref: TargetRef): string => `${ref.service}/${ref.environment}/${ref.region}/${ref.target}`

/** One line of what a step changes; never a value that may be secret. Same shape as the effector's preview. */
export interface PlannedLine {
  readonly path: string
  readonly kind: 'changed' | 'added' | 'removed'
  readonly from?: string
  readonly to?: string
}

export interface ChangeStep {
  readonly kind: 'change'
  readonly id: string
  readonly target: TargetRef
  readonly from: Release
  readonly to: Release
  readonly etag: string
  readonly preview: readonly PlannedLine[]
  readonly warnings: readonly Notice[]
  /** The adapter's change, whole: what apply, recall and settled are given. */
  readonly change: Json
  readonly after: readonly string[]
  readonly deadlineMs: number
  /** Learnt from earlier runs; null when there was none. */
  readonly etaMs: number | null
  /** What sort of thing it changes, as its adapter says: a policy may want more consent for a `database`. */
  readonly layer?: string
}

/** An alert that fired before the plan was made. Its source's texts are untrusted. */
export interface AskedAlert {
  readonly service: string
  readonly environment: string
  readonly source: string
  readonly name: string
  /** What fired, where its source tells. */
  readonly expression: string | null
}

/**
 * Checks of one region, by the names the configuration gives them. All must pass within the window. With `alerts` it is these that are
 * asked again, and `checks` are their names.
 */
export interface CheckStep {
  readonly kind: 'check'
  readonly id: string
  readonly region: string
  readonly checks: readonly string[]
  readonly alerts?: readonly AskedAlert[]
  readonly after: readonly string[]
  readonly deadlineMs: number
  readonly etaMs: number | null
}

export type Step = ChangeStep | CheckStep

/** A graph of steps, each one change or one set of checks. */
export interface Plan {
  readonly service: string
  readonly environment: string
  readonly order: 'sequence' | 'together'
  readonly steps: readonly Step[]
}

/**
 * Identity of a plan: steps, order, targets, from and to, etags, warnings; not ETA, evidence or wording.
 * Lower-case hex SHA-256 of canonical JSON.
 */
export const planHash = (plan: Plan): string =>
  digestOf({
    service: plan.service,
    environment: plan.environment,
    order: plan.order,
    steps: plan.steps.map((step) =>
      step.kind === 'change'
        ? {
            id: step.id,
            target: targetId(step.target),
            from: step.from.id,
            to: step.to.id,
            etag: step.etag,
            warnings: step.warnings.map((warning) => warning.code).sort(),
            after: [...step.after].sort(),
            ...(step.layer !== undefined && { layer: step.layer }),
          }
        : {
            id: step.id,
            region: step.region,
            checks: [...step.checks],
            ...(step.alerts && { alerts: step.alerts.map((alert) => ({ ...alert })) }),
            after: [...step.after].sort(),
          },
    ),
  })

/** The layers that a plan's steps change, each once: what a policy's second kinds of approval go by. */
export const kindsOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.steps.flatMap((step) => (step.kind === 'change' && step.layer !== undefined ? [step.layer] : []))),
]

/** What people would have to accept by name, where the service says that older versions fit what is stored. */
export const toAccept = (plan: Plan): readonly (Notice & { readonly region: string })[] =>
  plan.steps.flatMap((step) =>
    step.kind === 'change'
      ? step.warnings.filter(({ settledBy }) => settledBy === undefined).map((one) => ({ ...one, region: step.id }))
      : [],
  )

/** Digest of what people were shown of it. */
export const previewDigest = (plan: Plan): string =>
  digestOf(
    plan.steps.map((step) =>
      step.kind === 'change'
        ? {
            id: step.id,
            from: step.from.version,
            to: step.to.version,
            preview: step.preview.map((line) => ({ ...line })),
          }
        : { id: step.id, checks: [...step.checks] },
    ),
  )
