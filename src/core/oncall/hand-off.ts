import type { PersonId } from '../actor.ts'
import type { Roster } from './roster.ts'
import { openRoster } from './stand.ts'

/** The same people on call without a break, for whatever causes. Half-open. */
export interface Duty {
  readonly people: readonly PersonId[]
  /** Cut to what was looked at: exact only after the first. */
  readonly from: Temporal.Instant
  /** Null: not before the end of what was looked at. */
  readonly to: Temporal.Instant | null
}

/** Who is on call from one instant to another, one after the other; neighbours differ in people. Shadows do not count. */
export function duties(roster: Roster, from: Temporal.Instant, until: Temporal.Instant): readonly Duty[] {
  const stand = openRoster(roster)
  const end = until.epochMilliseconds
  const found: { people: readonly PersonId[]; from: number }[] = []
  for (let at = from.epochMilliseconds; at < end; ) {
    const { held, to } = stand(at)
    const people = held.filter(({ shadow }) => !shadow).map(({ person }) => person)
    const last = found.at(-1)
    if (!last || !samePeople(last.people, people)) found.push({ people, from: at })
    at = to
  }
  const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  return found.map((one, index) => {
    const next = found[index + 1]
    return { people: one.people, from: instant(one.from), to: next ? instant(next.from) : null }
  })
}

export const samePeople = (a: readonly PersonId[], b: readonly PersonId[]): boolean =>
  a.length === b.length && a.every((person) => b.includes(person))

/** One hand-off: from `at` on others are on call than before. */
export interface HandOff {
  readonly at: Temporal.Instant
  readonly from: readonly PersonId[]
  readonly to: readonly PersonId[]
}

/** The newest hand-off after `since` and not after `now`; null where the same people are on call all the time. */
function newestHandOff(roster: Roster, since: Temporal.Instant, now: Temporal.Instant): HandOff | null {
  const all = duties(roster, since, now.add({ milliseconds: 1 }))
  const [before, last] = all.slice(-2)
  return before && last ? { at: last.from, from: before.people, to: last.people } : null
}

/** Nobody plans further, and a month's turn is in it. */
const aheadHours = 24 * 70

/** The next hand-off, with the end of what follows it, by everything that is known now; null where none is in sight. */
export function nextHandOff(
  roster: Roster,
  now: Temporal.Instant,
): (HandOff & { readonly until: Temporal.Instant | null }) | null {
  const [here, next] = duties(roster, now, now.add({ hours: aheadHours }))
  return here && next ? { at: next.from, from: here.people, to: next.people, until: next.to } : null
}

/** How far back one is looked for that was missed. */
const backHours = 24 * 40

/**
 * What is to be told now: others are on call than were told last, or than when the schedule began. Of several that were missed only
 * the newest. `last`: the newest that was recorded; a clock that was set back repeats none.
 */
export function dueHandOff(
  roster: Roster,
  last: { readonly at: Temporal.Instant; readonly to: readonly PersonId[] } | null,
  now: Temporal.Instant,
): HandOff | null {
  const began = roster.versions[0]?.at
  const since = last?.at ?? (began ? Temporal.Instant.from(began) : null)
  if (since === null || Temporal.Instant.compare(since, now) >= 0) return null
  const peopleAt = (at: Temporal.Instant) => duties(roster, at, at.add({ milliseconds: 1 }))[0]?.people ?? []
  const known = last?.to ?? peopleAt(since)
  const to = peopleAt(now)
  if (samePeople(known, to)) return null
  const earliest = now.subtract({ hours: backHours })
  const found = newestHandOff(roster, Temporal.Instant.compare(since, earliest) > 0 ? since : earliest, now)
  // A calendar kept elsewhere may have rewritten what was told.
  return found ?? { at: now, from: known, to }
}

/** When anything of a schedule next begins or ends; null: never. */
export function nextEdge(roster: Roster, now: Temporal.Instant): Temporal.Instant | null {
  const { to } = openRoster(roster)(now.epochMilliseconds)
  return Number.isFinite(to) ? Temporal.Instant.fromEpochMilliseconds(to) : null
}
