import type { CheckAbout } from '../../../ports/check.ts'
import type { Span } from '../../../ports/monitor.ts'

/** Clusters tell the time of a release in whole seconds. */
const secondMs = 1000
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const windowSteps = 10
const traceSteps = 120
const finestStepMs = 5_000
/** A plot of more than this shows no incident any more. */
const longestTraceMs = 6 * hourMs

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

/** The window that ends now and must be well. */
export function windowSpan(nowMs: number, forMs: number): Span {
  const stepMs = Math.max(1, Math.ceil(forMs / windowSteps))
  return { fromMs: nowMs - forMs, toMs: nowMs, stepMs }
}

/** The hour before the release came, in steps as long as one value looks back, so that each moment is in one of them. */
export function baselineSpan({ releasedAt }: CheckAbout, reachMs: number): Span {
  const toMs = ms(releasedAt) - secondMs
  const stepMs = Math.min(minuteMs, Math.max(finestStepMs, reachMs))
  return { fromMs: toMs - Math.floor(hourMs / stepMs) * stepMs, toMs, stepMs }
}

/** From a little before the release until now. */
export function traceSpan({ releasedAt }: CheckAbout, nowMs: number): Span {
  const released = Math.min(ms(releasedAt), nowMs)
  const leadMs = Math.min(hourMs, Math.max(2 * minuteMs, (nowMs - released) / 4))
  const fromMs = Math.round(Math.max(released - leadMs, nowMs - longestTraceMs))
  const stepMs = Math.max(1000, Math.ceil((nowMs - fromMs) / traceSteps))
  // The last step falls on now.
  return { fromMs: nowMs - Math.floor((nowMs - fromMs) / stepMs) * stepMs, toMs: nowMs, stepMs }
}
