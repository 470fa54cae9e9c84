import type { Measured } from '../core/release/measured.ts'
import type { Wording, WordingValue } from '../core/wording.ts'
import { wording } from './say.ts'

const hourMs = 3_600_000

/** The numbers of a metric as values of texts: `{change}`, `{now}`, `{limit}` and `{baseline}`. */
export function measuredValues(of: Measured): Readonly<Record<string, WordingValue>> {
  const now = quantityOf(of, of.now)
  return { now, change: changeOf(of), limit: limitOf(of), baseline: baselineOf(of) }
}

/** `12.4 % → 0.1 %`; only the last where nobody measured before. */
export const changeOf = (of: Measured): Wording =>
  of.before === null
    ? wording('metric.now', { now: quantityOf(of, of.now) })
    : wording('metric.change', { before: quantityOf(of, of.before), now: quantityOf(of, of.now) })

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
