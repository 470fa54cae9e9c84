import { entitled, type OnCall, type Shift, shifts, whoIsOnCall } from '../core/oncall/on-call.ts'
import { newRoster, type Roster } from '../core/oncall/roster.ts'
import type { World } from './world.ts'

export { entitled, type OnCall, type Shift }

/** Everything recorded of a schedule. */
export const rosterFor = (world: Pick<World, 'desk'>, schedule: string): Roster =>
  world.desk.roster(schedule) ?? newRoster(schedule)

/** Who is on call for a schedule: what everything asks. Nobody, for a schedule that there is not. */
export const onCall = (world: Pick<World, 'desk'>, schedule: string, at: Temporal.Instant): OnCall =>
  whoIsOnCall(rosterFor(world, schedule), at)

/** Who is on call for a service; null where the configuration names no schedule for it. */
export function onCallFor(world: Pick<World, 'desk' | 'config'>, service: string, at: Temporal.Instant): OnCall | null {
  const schedule = world.config().service(service)?.onCall
  return schedule ? onCall(world, schedule, at) : null
}

/** The shifts of a schedule that touch [from, to). */
export const shiftsOf = (
  world: Pick<World, 'desk'>,
  schedule: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): readonly Shift[] => shifts(rosterFor(world, schedule), from, to)
