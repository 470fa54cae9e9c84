import { isBroken, type Limit } from '../release/measured.ts'
import type { Lane } from './suspect.ts'

/** What a monitor said of since when it burns in a region: also before the alerts that told of it. */
export interface Dated {
  readonly service: string
  readonly environment: string
  readonly region: string
  /** Since when by the alerts, and by the monitor; null: it could not tell. ISO instants. */
  readonly told: string
  readonly since: string | null
}

/** What is known of when it began in a region where alerts say that it burns since an instant. */
export type Began = (region: string, told: string) => Omit<Lane, 'region'>

/** A rule waits before it fires (`for`); one that waits longer than this is taken to have begun then. */
const backMs = 3_600_000
const stepMs = 15_000

/** The time before an alert was told in which it is looked for when it began to be so. Unix milliseconds. */
export const beforeTold = (toldMs: number) => ({ fromMs: toldMs - backMs, toMs: toldMs, stepMs })

type Points = readonly { readonly atMs: number; readonly value: number }[]

/**
 * When what was told at the end of a span began to be so without a break, by its values at each step; `limit` null: a value by itself means
 * that it was so. Of several series the one that began last counts, for which of them it was that fired is not known, and nothing that
 * was shipped shall be cleared by another. Null: at the end it was not so, as far as anybody measured.
 */
export function beganAt(
  series: readonly Points[],
  limit: Limit | null,
  span: ReturnType<typeof beforeTold>,
): number | null {
  const last = Math.round((span.toMs - span.fromMs) / span.stepMs)
  const began = series.flatMap((points) => {
    const broken = new Set(
      points
        .filter(({ value }) => limit === null || isBroken(limit, value))
        .map(({ atMs }) => Math.round((atMs - span.fromMs) / span.stepMs)),
    )
    // What was told a moment before the step may be over at it.
    let step = broken.has(last) ? last : last - 1
    if (!broken.has(step)) return []
    while (broken.has(step - 1)) step -= 1
    return [step]
  })
  return began.length > 0 ? span.fromMs + Math.max(...began) * span.stepMs : null
}
