/**
 * Wall-clock times of a zone as instants, each exactly one:
 *
 * - a time that the clock shows twice is its first occurrence where something begins or is handed over, and its last where a window
 *   ends (`first`, `last`);
 * - a time that the clock skips is the first instant after the gap, and so is every time of a date that a zone skipped.
 *
 * (`Temporal`'s own `compatible` puts a skipped 02:30 at 03:30, an hour after the clocks have long moved on.) Instants are epoch
 * milliseconds; wall-clock times are the same of a clock that runs on UTC.
 */
export class Zone {
  readonly id: string
  readonly #known: Offset[] = []

  constructor(id: string) {
    this.id = id
  }

  /** The first instant at or after which the clock shows this time. */
  first(wall: number): number {
    for (let stretch = this.at(wall - far); ; stretch = this.at(stretch.to)) {
      const instant = wall - stretch.offset
      if (instant < stretch.to) return Math.max(instant, stretch.from)
    }
  }

  /** The last instant at which the clock shows this time; where it never does, the first after the gap. */
  last(wall: number): number {
    for (let stretch = this.at(wall + far); ; stretch = this.at(stretch.from - 1)) {
      const instant = wall - stretch.offset
      if (instant >= stretch.from) return Math.min(instant, stretch.to)
    }
  }

  /** What the clock shows. */
  wall(instant: number): number {
    return instant + this.at(instant).offset
  }

  /** The stretch of one offset around an instant. */
  at(instant: number): Offset {
    const known = this.#known.find(({ from, to }) => from <= instant && instant < to)
    if (known) return known
    const there = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.id)
    const stretch = {
      // What is looked for lies before the given instant, never at it.
      from: there(instant + 1).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      to: there(instant).getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: Math.round(there(instant).offsetNanoseconds / 1e6),
    }
    this.#known.push(stretch)
    return stretch
  }
}

/** Until the clocks change: what to add to an instant for what they show. Half-open. */
export interface Offset {
  readonly from: number
  readonly to: number
  readonly offset: number
}

/** No zone was ever further from UTC. */
const far = 16 * 3_600_000

export const dayMs = 86_400_000
export const minuteMs = 60_000

/** `2026-01-05T09:00` as wall-clock milliseconds. */
export const wallOf = (text: string): number =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds

/** The number of a date since 1970-01-01, a Thursday. */
export const dayOf = (wall: number): number => Math.floor(wall / dayMs)

/** Monday is 1. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The instant of a time on the wall in a zone, by the same rules. */
export function instantOf(
  wall: Temporal.PlainDateTime,
  timeZone: string,
  which: 'first' | 'last' = 'first',
): Temporal.Instant {
  const ms = wall.toZonedDateTime('UTC').epochMilliseconds
  const zone = new Zone(timeZone)
  return Temporal.Instant.fromEpochMilliseconds(which === 'first' ? zone.first(ms) : zone.last(ms))
}
