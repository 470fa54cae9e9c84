import type { PersonId } from '../core/actor.ts'
import { duties, nextHandOff } from '../core/oncall/hand-off.ts'
import type { Schedule } from '../core/oncall/schedule.ts'
import type { OwnShifts, ScheduleRow } from '../view/on-call.ts'
import { onCall, rosterFor, type Shift, shiftsOf } from './on-call.ts'
import { circleOf } from './on-call-changes.ts'
import { servicesOf } from './on-call-posting.ts'
import type { World } from './world.ts'

type Known = Pick<World, 'desk' | 'config' | 'clock' | 'link'>

/** What is shown of a schedule now; the week ends as in the reader's time zone. */
export function scheduleRow(world: Known, schedule: string, timeZone: string): ScheduleRow {
  const now = world.clock.now()
  const roster = rosterFor(world, schedule)
  const weekEnds = endOfWeek(now, timeZone)
  return {
    schedule,
    services: servicesOf(world, schedule).map(({ name }) => name),
    zones: zonesOf(world.config().schedules.get(schedule)),
    now: onCall(world, schedule, now),
    next: nextHandOff(roster, now),
    week: duties(roster, now, weekEnds),
    weekEnds,
  }
}

const zonesOf = (schedule: Schedule | undefined): readonly string[] => [
  ...new Set((schedule?.layers ?? []).map(({ timeZone }) => timeZone)),
]

function endOfWeek(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = now.toZonedDateTimeISO(timeZone).startOfDay()
  return today
    .add({ days: 8 - today.dayOfWeek })
    .startOfDay()
    .toInstant()
}

/** Her shifts in all schedules, by their beginning. A shift that goes on for the same cause is one. */
export function ownShifts(world: Known, person: PersonId, days = 14): OwnShifts {
  const now = world.clock.now()
  const until = now.add({ hours: days * 24 })
  const shifts = [...world.config().schedules.keys()]
    .flatMap((schedule) => wholeShifts(world, schedule, person, now, until))
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  return { shifts, now, days, calendar: world.link(`/calendar/person/${person}.ics`) }
}

/** Nobody's shift is shown cut off at the end of what is looked at. */
const edge = { hours: 24 * 35 }

function wholeShifts(
  world: Known,
  schedule: string,
  person: PersonId,
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Shift[] {
  return shiftsOf(world, schedule, from, until.add(edge)).filter(
    (shift) => shift.person === person && Temporal.Instant.compare(shift.from, until) < 0,
  )
}

/** Her duty now, or her next one, for a change that names no time. */
export function nextShift(world: Known, schedule: string, person: PersonId): Shift | null {
  const now = world.clock.now()
  return (
    shiftsOf(world, schedule, now, now.add({ hours: 24 * 70 })).find(
      (shift) => shift.person === person && !shift.shadow,
    ) ?? null
  )
}

/** Requests that somebody could answer: swaps that wait for her, cover that she could take. */
export function askedOf(world: Known, person: PersonId) {
  const now = world.clock.now()
  return [...world.config().schedules.keys()].flatMap((schedule) => {
    const { swaps, asks } = rosterFor(world, schedule)
    const inCircle = circleOf(world, schedule).includes(person)
    return [
      ...swaps
        .filter(({ second, expiresAt }) => second.person === person && Temporal.Instant.compare(expiresAt, now) > 0)
        .map(({ id, by, first: { from, to } }) => ({ what: 'swap' as const, schedule, id, by, from, to })),
      ...asks
        .filter((ask) => inCircle && ask.person !== person && Temporal.Instant.compare(ask.to, now) > 0)
        .map(({ id, person: by, from, to }) => ({ what: 'cover' as const, schedule, id, by, from, to })),
    ]
  })
}
