/** What a metric counts in. Percent: a share, 1 is all of it. */
export const units = ['percent', 'seconds', 'count'] as const
export type Unit = (typeof units)[number]

/** On which side of which value a metric means broken. */
export interface Limit {
  readonly side: 'above' | 'below'
  readonly value: number
  /** The value itself is broken, too. */
  readonly orEqual?: true
}

/** What one metric said about one place before, at worst and after a change. Of several series always the worst. */
export interface Measured {
  /** What people call it: `5xx`. */
  readonly name: string
  readonly unit: Unit
  readonly limit: Limit
  /** The window in which it must not be broken. */
  readonly forMs: number
  /** The labels of the series that is worst now; null where there is only one. */
  readonly series: string | null
  /** When the rollback was asked for; null when nobody measured. */
  readonly before: number | null
  /** Between the release and the change back. */
  readonly worst: { readonly value: number; readonly at: string } | null
  /** How long it was broken between the release and now, as far as it was measured. */
  readonly brokenMs: number
  /** The worst within the window that ends now. */
  readonly now: number
  /** Its mean over the hour before the release, or over what was measured of that hour. */
  readonly baseline: { readonly value: number; readonly lengthMs: number } | null
  readonly sampleAgeMs: number
  /** For a plot: one value a step; null where nothing was measured. */
  readonly trace: { readonly from: string; readonly stepMs: number; readonly values: readonly (number | null)[] }
  readonly releasedAt: string
  readonly settledAt: string
}

export const isBroken = ({ side, value: limit, orEqual }: Limit, value: number): boolean =>
  (orEqual === true && value === limit) || (side === 'above' ? value > limit : value < limit)

/** The worse of two values. */
export const worseOf = ({ side }: Pick<Limit, 'side'>, a: number, b: number): number =>
  side === 'above' ? Math.max(a, b) : Math.min(a, b)

/**
 * Whether a value that is not broken is still far from what it was before: past the middle between that and the limit. A metric
 * that was broken before the release is judged by its limit alone.
 */
export function isFarFrom(baseline: number, limit: Limit, value: number): boolean {
  if (isBroken(limit, baseline)) return false
  return isBroken({ side: limit.side, value: (baseline + limit.value) / 2 }, value)
}
