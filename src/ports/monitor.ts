import type { Limit, Unit } from '../core/release/measured.ts'
import type { Finding } from './effector.ts'

/** One measured value. Always finite: what a monitor calls NaN or infinite is no point at all. */
export interface Point {
  /** Unix milliseconds. */
  readonly atMs: number
  readonly value: number
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** Oldest first; only what is known, so that gaps are missing points. */
  readonly points: readonly Point[]
}

/** A stretch of time in Unix milliseconds, both ends in it. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Whose a series has to be: the first of these labels that it has must have this value. What has none of them may be anybody's. */
export type Only = readonly { readonly labels: readonly string[]; readonly value: string }[]

export const agrees =
  (only: Only) =>
  ({ labels: own }: Pick<Series, 'labels'>): boolean =>
    only.every(({ labels, value }) => (labels.map((label) => own[label]).find((has) => has) ?? value) === value)

/** What is known of a query without asking anybody. */
export interface Study {
  /** How far back in time one value of it looks, in milliseconds. */
  readonly reachMs: number
  /** Where it says when a value is broken, as alerting rules do: that value, and the limit. Null: it does not, or not so simply. */
  readonly compared: Compared | null
}

/** `query` alone has a value while all is well, too. */
export interface Compared {
  readonly query: string
  readonly limit: Limit
  readonly unit: Unit
}

/**
 * What keeps the metrics. Queries are in its own language. Everything here only reads: faults are retry `yes` or `no`, never
 * `check`, and no answer is ever made of an error.
 */
export interface Monitor {
  /** Each series' value at this moment, one point each. A value may be older than it looks: see `newest`. */
  now(query: string, signal: AbortSignal): Promise<readonly Series[]>
  /** Values at each step of a span. */
  range(query: string, span: Span, signal: AbortSignal): Promise<readonly Series[]>
  /**
   * When the newest sample that a query is made of was taken; of several metrics in it the one that lags most. Null: no sample.
   * With `only`, of series that agree.
   */
  newest(query: string, signal: AbortSignal, only?: Only): Promise<number | null>
  study(query: string): Study
  /** Where people see the graph. Asks nobody. */
  link(query: string, span: Omit<Span, 'stepMs'>): string
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
}
