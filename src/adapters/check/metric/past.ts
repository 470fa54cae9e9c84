import type { PastMeasured } from '../../../core/release/lived.ts'
import { isBroken, type Limit, type Unit } from '../../../core/release/measured.ts'
import { agrees, type Monitor, type Only } from '../../../ports/monitor.ts'
import { envelope, meanOf, worstOf } from './envelope.ts'

/** So finely a time that is over is looked at, at most. */
const steps = 120
const finestStepMs = 1_000
/** Of what ran for longer the last days say enough, and no monitor is asked for a year. */
const longestMs = 7 * 24 * 3_600_000

export interface PastQuestion {
  readonly name: string
  readonly query: string
  readonly limit: Limit
  readonly unit: Unit
  readonly only: Only
}

/** What a metric said between two instants; null where no value of that time is kept. The first values, which look back to before it, do not count. */
export async function lookBack(
  { name, query, limit, unit, only }: PastQuestion,
  monitor: Monitor,
  of: { readonly fromMs: number; readonly toMs: number },
  signal: AbortSignal,
): Promise<PastMeasured | null> {
  const { reachMs } = monitor.study(query)
  const fromMs = Math.max(of.fromMs + reachMs, of.toMs - longestMs)
  const stepMs = Math.max(finestStepMs, Math.ceil((of.toMs - fromMs) / steps))
  if (of.toMs - fromMs < stepMs) return null
  const span = { fromMs, toMs: of.toMs, stepMs }
  const points = envelope((await monitor.range(query, span, signal)).filter(agrees(only)), limit)
  const worst = worstOf(points, limit)
  if (!worst) return null
  const broken = points.filter(({ value }) => isBroken(limit, value))
  return {
    name,
    unit,
    limit,
    mean: meanOf(points),
    worst: { value: worst.value, at: Temporal.Instant.fromEpochMilliseconds(Math.round(worst.atMs)).toString() },
    brokenMs: broken.length * stepMs,
    measuredMs: points.length * stepMs,
  }
}
