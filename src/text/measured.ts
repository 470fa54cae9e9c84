import { isBroken, type Measured } from '../core/release/measured.ts'
import type { Wording, WordingValue } from '../core/wording.ts'
import { wording } from './say.ts'

const hourMs = 3_600_000

/** The numbers of a metric as values of texts: `{change}`, `{now}`, `{limit}` and `{baseline}`. */
export function measuredValues(of: Measured): Readonly<Record<string, WordingValue>> {
  const now = quantityOf(of, of.now)
  return { now, change: changeOf(of), limit: limitOf(of), baseline: baselineOf(of) }
}

/**
 * `12.4 % → 0.1 %`: from what it was when the rollback was asked for. Where it was not broken then, or nobody measured, from the
 * worst that it was; only the last value where nothing was measured before.
 */
export function changeOf(of: Measured): Wording {
  const now = quantityOf(of, of.now)
  const { before, worst, limit } = of
  if (worst && isBroken(limit, worst.value) && (before === null || !isBroken(limit, before)))
    return wording('metric.change-worst', { before: quantityOf(of, worst.value), now })
  if (before === null) return wording('metric.now', { now })
  return wording('metric.change', { before: quantityOf(of, before), now })
}

export const limitOf = (of: Measured): Wording =>
  wording(`metric.limit-${of.limit.side}`, { limit: quantityOf(of, of.limit.value) })

/** What it was before the release, with how long that was measured if it was not the whole hour. */
export function baselineOf(of: Measured): Wording {
  if (!of.baseline) return wording('metric.no-baseline')
  const value = quantityOf(of, of.baseline.value)
  return of.baseline.lengthMs >= 0.95 * hourMs
    ? wording('metric.baseline-hour', { value })
    : wording('metric.baseline', { value, length: { ms: of.baseline.lengthMs } })
}

export const quantityOf = ({ unit }: Measured, quantity: number): WordingValue => ({ quantity, unit })
