import type { AsternEvent, EventType, Recorded } from '../core/event.ts'
import type { OnCallEvent } from '../core/oncall/events.ts'
import { foldRoster, newRoster, type Roster } from '../core/oncall/roster.ts'

export const rosterEvents = [
  'schedule.changed',
  'oncall.overridden',
  'oncall.swapped',
  'oncall.cover-asked',
  'oncall.cover-taken',
  'oncall.withdrawn',
] as const satisfies readonly EventType[]

const wanted: ReadonlySet<EventType> = new Set(rosterEvents)
const isOnCall = (event: AsternEvent): event is OnCallEvent => wanted.has(event.type)

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
