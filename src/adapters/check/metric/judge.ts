import { isBroken, isFarFrom, type Limit, type Measured, type Unit, worseOf } from '../../../core/release/measured.ts'
import type { CheckAbout } from '../../../ports/check.ts'
import type { Only, Point, Series, Span } from '../../../ports/monitor.ts'
import { envelope, labelText, meanOf, stepped, stepsOf, worstOf } from './envelope.ts'

/** What a monitor is asked, and which answers are well. */
export interface Question {
  /** What people call the metric. */
  readonly name: string
  /** What people call the check. */
  readonly title: string
  readonly query: string
  readonly limit: Limit
  readonly unit: Unit
  /** The window that must be well from its beginning to its end. */
  readonly forMs: number
  /** Series that are of something else do not count. */
  readonly only: Only
}

/** What the monitor answered, with the spans it was asked for. */
export interface Answers {
  readonly nowMs: number
  readonly newestMs: number | null
  readonly window: { readonly span: Span; readonly series: readonly Series[] }
  readonly trace: { readonly span: Span; readonly series: readonly Series[] }
  readonly baseline: { readonly span: Span; readonly series: readonly Series[] }
}

/** `restored` alone passes. */
export type Verdict =
  | { readonly verdict: 'no-data' }
  | { readonly verdict: 'stale'; readonly ageMs: number }
  | { readonly verdict: 'gaps'; readonly series: string | null }
  | { readonly verdict: 'broken' | 'not-normal' | 'restored'; readonly measured: Measured }

/**
 * Pure: is the metric well again? The window must be covered whole by values, its newest sample must have been taken within it, it
 * must not be broken anywhere in it, and it must be nearer to what it was before the release than to the limit.
 */
export function judge(question: Question, about: CheckAbout, answers: Answers): Verdict {
  const { nowMs, newestMs, window } = answers
  const { limit } = question
  if (newestMs === null) return { verdict: 'no-data' }
  if (newestMs < window.span.fromMs) return { verdict: 'stale', ageMs: nowMs - newestMs }
  if (window.series.length === 0) return { verdict: 'no-data' }
  const several = window.series.length > 1
  const worst = window.series
    .map(({ labels, points }) => ({ labels, value: worstOf(points, limit)?.value ?? Number.NaN }))
    .reduce((a, b) => (worseOf(limit, a.value, b.value) === a.value ? a : b))
  const steps = stepsOf(window.span)
  const holed = window.series.find(({ points }) => points.length < steps)
  if (holed && !isBroken(limit, worst.value))
    return { verdict: 'gaps', series: several ? labelText(holed.labels) : null }
  const measured = measuredOf(question, about, answers, {
    now: worst.value,
    series: several ? labelText(worst.labels) : null,
  })
  if (isBroken(limit, worst.value)) return { verdict: 'broken', measured }
  const { baseline } = measured
  if (baseline && isFarFrom(baseline.value, limit, worst.value)) return { verdict: 'not-normal', measured }
  return { verdict: 'restored', measured }
}

function measuredOf(
  { name, unit, forMs, limit }: Question,
  about: CheckAbout,
  { nowMs, newestMs, trace, baseline }: Answers,
  now: Pick<Measured, 'now' | 'series'>,
): Measured {
  const at = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
  const points = envelope(trace.series, limit)
  const burning = points.filter(({ atMs }) => atMs >= at(about.releasedAt))
  const worst = worstOf(
    burning.filter(({ atMs }) => atMs <= at(about.settledAt)),
    limit,
  )
  const before = points.findLast(({ atMs }) => atMs <= at(about.askedAt))
  const old = envelope(baseline.series, limit)
  return {
    name,
    unit,
    limit,
    forMs,
    ...now,
    before: before?.value ?? null,
    worst: worst && { value: worst.value, at: isoOf(worst.atMs) },
    brokenMs: burning.filter(({ value }) => isBroken(limit, value)).length * trace.span.stepMs,
    baseline: old.length === 0 ? null : { value: meanOf(old), lengthMs: old.length * baseline.span.stepMs },
    sampleAgeMs: Math.max(0, nowMs - (newestMs ?? nowMs)),
    trace: traceOf(points, trace.span),
    releasedAt: about.releasedAt,
    settledAt: about.settledAt,
  }
}

/** From the first value on: nothing before it was measured. */
function traceOf(points: readonly Point[], { fromMs, toMs, stepMs }: Span): Measured['trace'] {
  const steps = Math.max(0, Math.round(((points[0]?.atMs ?? toMs) - fromMs) / stepMs))
  const from = fromMs + steps * stepMs
  const values = stepped(points, { fromMs: from, toMs, stepMs })
  return { from: isoOf(from), stepMs, values: values.map(short) }
}

const isoOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toString()

/** Four figures are more than a plot shows. */
const short = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)))
