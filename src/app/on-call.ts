import { astern } from '../core/actor.ts'
import { canonicalJson, type Json } from '../core/canonical.ts'
import { entitled, type OnCall, type Shift, shifts, whoIsOnCall } from '../core/oncall/on-call.ts'
import { newRoster, type Roster, scheduleStream } from '../core/oncall/roster.ts'
import type { Schedule } from '../core/oncall/schedule.ts'
import { rosterFrom } from '../projection/rosters.ts'
import { commit, write } from './commit.ts'
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

/**
 * Records the schedules of the configuration that differ from what was last recorded: from that instant on they are in force, and
 * nothing before it changes. One that is gone from the configuration is recorded as gone.
 */
export async function recordSchedules(world: World): Promise<void> {
  const changed = () => {
    const { schedules } = world.config()
    const all = new Set([...schedules.keys(), ...world.desk.schedules()])
    return [...all].flatMap((id) => {
      const definition = schedules.get(id) ?? null
      return same(inForce(rosterFor(world, id)), definition) ? [] : [{ id, definition }]
    })
  }
  await commit(world, { actor: astern }, async () => {
    const writes = changed().map(async ({ id: schedule, definition }) => {
      const stream = await world.ledger.stream(scheduleStream(schedule))
      if (same(inForce(rosterFrom(schedule, stream)), definition)) return []
      const event = { type: 'schedule.changed', v: 1, data: { schedule, definition } } as const
      return [write(scheduleStream(schedule), stream.length, event)]
    })
    return (await Promise.all(writes)).flat()
  })
}

/** The newest definition; null where there is none. */
const inForce = ({ versions }: Roster): Schedule | null => versions.at(-1)?.definition ?? null

const same = (a: Schedule | null, b: Schedule | null): boolean =>
  canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json)
