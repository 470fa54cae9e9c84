import { astern } from '../core/actor.ts'
import { dueHandOff, nextEdge } from '../core/oncall/hand-off.ts'
import { handOffStream, scheduleStream } from '../core/oncall/roster.ts'
import { lapsed } from '../core/oncall/swap-consent.ts'
import { commit, write } from './commit.ts'
import { rosterFor } from './on-call.ts'
import type { World } from './world.ts'

/** Records, once, that others are on call for a schedule than before. Resolves to whether there was anything to record. */
export async function recordHandOff(world: World, schedule: string): Promise<boolean> {
  const result = await commit<never>(world, { actor: astern }, async () => {
    const events = await world.ledger.stream(handOffStream(schedule))
    const last = events.at(-1)?.event
    const told = last?.type === 'oncall.handed-off' ? last.data : null
    const due = dueHandOff(
      rosterFor(world, schedule),
      told && { at: Temporal.Instant.from(told.at), to: told.to },
      world.clock.now(),
    )
    if (!due) return []
    const data = { schedule, at: due.at.toString(), from: due.from, to: due.to }
    return [write(handOffStream(schedule), events.length, { type: 'oncall.handed-off', v: 1, data })]
  })
  return result.status === 'committed' && result.events.length > 0
}

/** Records which swaps nobody answered in time. */
export async function recordLapsed(world: World, schedule: string): Promise<void> {
  const now = world.clock.now()
  if (lapsed(rosterFor(world, schedule), now).length === 0) return
  await commit<never>(world, { actor: astern }, async () => {
    const { length } = await world.ledger.stream(scheduleStream(schedule))
    const events = lapsed(rosterFor(world, schedule), now)
    return events.length === 0 ? [] : [write(scheduleStream(schedule), length, ...events)]
  })
}

/** When to look again: the next time anything of any schedule begins, ends or runs out; null: never. */
export function nextLook(world: Pick<World, 'config' | 'desk' | 'clock'>): Temporal.Instant | null {
  const now = world.clock.now()
  const edges = [...world.config().schedules.keys()].flatMap((schedule) => {
    const roster = rosterFor(world, schedule)
    const expiries = roster.swaps.map(({ expiresAt }) => Temporal.Instant.from(expiresAt))
    return [nextEdge(roster, now), ...expiries].filter((at) => at !== null)
  })
  return edges.sort(Temporal.Instant.compare)[0] ?? null
}
