import { isBroken, type Limit, type Unit } from './measured.ts'

/** What one metric said of one place in a time that is over, against the limit of now. Of several series always the worst. */
export interface PastMeasured {
  /** What people call it: `5xx`. */
  readonly name: string
  readonly unit: Unit
  readonly limit: Limit
  readonly mean: number
  readonly worst: { readonly value: number; readonly at: string }
  /** How long it was broken, and of how long a time values were kept. */
  readonly brokenMs: number
  readonly measuredMs: number
}

/** How a candidate was while it ran, as far as anybody kept that. */
export interface Lived {
  /** Of each metric the region where it was worst. */
  readonly measured: readonly (PastMeasured & { readonly region: string })[]
  /** There are metrics, and of its time none kept a value, or none answered. */
  readonly unmeasured: boolean
  /** Incidents of the service that were opened while it ran; null where nobody watched it run. */
  readonly incidents: readonly string[] | null
}

/** Broken on average, or for a tenth of the time: not what anybody wants back. */
export const wasBroken = ({ limit, mean, brokenMs, measuredMs }: PastMeasured): boolean =>
  isBroken(limit, mean) || brokenMs * 10 >= measuredMs

export const livedBadly = (lived: Lived | undefined): boolean => lived?.measured.some(wasBroken) === true
