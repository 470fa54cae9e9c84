import { isBroken, type Limit, type Unit } from '../release/measured.ts'

/** A metric of a service that Astern asks for itself, for who has no alerting system. */
export interface Watch extends Limit {
  readonly service: string
  readonly environment: string
  /** Null: each series says by its label. */
  readonly region: string | null
  /** The label that names the region. */
  readonly regionLabel: string
  /** What people call it: `5xx`. */
  readonly name: string
  readonly monitor: string
  readonly query: string
  readonly unit: Unit
  /** Broken for so long it is told. */
  readonly forMs: number
}

/** The source that a watch's alerts come from. */
export const watchSource = 'watch'

/** A window is looked at in so many steps. */
const windowSteps = 4
const finestStepMs = 250

/** The window that ends now and must be broken from its beginning to its end. */
export function watchSpan(nowMs: number, forMs: number): { fromMs: number; toMs: number; stepMs: number } {
  const stepMs = Math.max(finestStepMs, Math.ceil(forMs / windowSteps))
  return { fromMs: nowMs - windowSteps * stepMs, toMs: nowMs, stepMs }
}

/** What a window of values says: broken all through, well at its end, or neither. A gap proves nothing, and is no end. */
export function watched(
  limit: Limit,
  points: readonly { readonly atMs: number; readonly value: number }[],
  span: { readonly toMs: number; readonly stepMs: number },
): 'broken' | 'well' | 'unclear' {
  const last = points.at(-1)
  if (!last || last.atMs < span.toMs - span.stepMs) return 'unclear'
  if (!isBroken(limit, last.value)) return 'well'
  return points.length > windowSteps && points.every(({ value }) => isBroken(limit, value)) ? 'broken' : 'unclear'
}
