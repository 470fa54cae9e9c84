import { shifts } from './on-call.ts'
import type { Roster } from './roster.ts'

/** Half-open. */
export interface Gap {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** To the millisecond: when nobody is on call within [from, to): meant so, or left by clocks that change on different days. */
export function gaps(roster: Roster, from: Temporal.Instant, to: Temporal.Instant): readonly Gap[] {
  const found: Gap[] = []
  let held = Temporal.Instant.fromEpochMilliseconds(from.epochMilliseconds)
  const end = Temporal.Instant.fromEpochMilliseconds(to.epochMilliseconds)
  for (const shift of shifts(roster, from, to)) {
    if (shift.shadow) continue
    if (Temporal.Instant.compare(held, shift.from) < 0) found.push({ from: held, to: shift.from })
    if (Temporal.Instant.compare(held, shift.to) < 0) held = shift.to
  }
  return Temporal.Instant.compare(held, end) < 0 ? [...found, { from: held, to: end }] : found
}
