import type { CalendarEvent } from '../core/calendar/events.ts'
import { foldCalendar, type ImportedCalendar } from '../core/calendar/imported.ts'
import type { AsternEvent, EventType, Recorded } from '../core/event.ts'
import type { OnCallEvent } from '../core/oncall/events.ts'
import { foldRoster, newRoster, type Roster } from '../core/oncall/roster.ts'

export const rosterEvents = [
  'schedule.changed',
  'oncall.overridden',
  'oncall.swapped',
  'oncall.swap-asked',
  'oncall.swap-closed',
  'oncall.cover-asked',
  'oncall.cover-taken',
  'oncall.withdrawn',
] as const satisfies readonly EventType[]

const wanted: ReadonlySet<EventType> = new Set(rosterEvents)
export const calendarEvents = [
  'calendar.imported',
  'calendar.lost',
  'calendar.found',
] as const satisfies readonly EventType[]

const ofCalendars: ReadonlySet<EventType> = new Set(calendarEvents)
const isCalendar = (event: AsternEvent): event is CalendarEvent => ofCalendars.has(event.type)
const isOnCall = (event: AsternEvent): event is OnCallEvent => wanted.has(event.type)

/** What a calendar kept elsewhere said, from its stream; null where it was never read. */
export const calendarFrom = (stream: readonly Recorded[]): ImportedCalendar | null =>
  stream.reduce<ImportedCalendar | null>(
    (known, { event, at }) => (isCalendar(event) ? foldCalendar(known, event, at) : known),
    null,
  )

/** A schedule's roster from its stream. */
export const rosterFrom = (schedule: string, stream: readonly Recorded[]): Roster =>
  stream.reduce(
    (roster, { event, at }) => (isOnCall(event) ? foldRoster(roster, event, at) : roster),
    newRoster(schedule),
  )

/** Folds what is of a schedule; leaves all else. */
export function foldRosters(rosters: Map<string, Roster>, event: AsternEvent, at: string): void {
  if (!isOnCall(event)) return
  const { schedule } = event.data
  rosters.set(schedule, foldRoster(rosters.get(schedule) ?? newRoster(schedule), event, at))
}

/** Folds what a calendar kept elsewhere said; leaves all else. */
export function foldCalendars(calendars: Map<string, ImportedCalendar>, event: AsternEvent, at: string): void {
  if (!isCalendar(event)) return
  const { calendar } = event.data
  calendars.set(calendar, foldCalendar(calendars.get(calendar) ?? null, event, at))
}
