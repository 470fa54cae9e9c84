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

/**
 * What keeps the metrics. Queries are in its own language. Everything here only reads: faults are retry `yes` or `no`, never
 * `check`, and no answer is ever made of an error.
 */
export interface Monitor {
  /** Each series' value at this moment, one point each. A value may be older than it looks: see `newest`. */
  now(query: string, signal: AbortSignal): Promise<readonly Series[]>
  /** Values at each step of a span. */
  range(query: string, span: Span, signal: AbortSignal): Promise<readonly Series[]>
  /** When the newest sample that a query is made of was taken; of several metrics in it the one that lags most. Null: no sample. */
  newest(query: string, signal: AbortSignal): Promise<number | null>
  /** How far back in time one value of a query looks, in milliseconds. Asks nobody. */
  reachMs(query: string): number
  /** Where people see the graph. Asks nobody. */
  link(query: string, span: Omit<Span, 'stepMs'>): string
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
}
