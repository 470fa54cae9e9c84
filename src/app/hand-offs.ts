import { astern } from '../core/actor.ts'
import { dueHandOff, nextEdge } from '../core/oncall/hand-off.ts'
import { handOffStream, type Roster, scheduleStream } from '../core/oncall/roster.ts'
import { lapsed } from '../core/oncall/swap-consent.ts'
import { commit, write } from './commit.ts'
import { rosterFor } from './on-call.ts'
import type { World } from './world.ts'

/** Records, once, that others are on call for a schedule than before. */
export async function recordHandOff(world: World, schedule: string): Promise<void> {
  await commit<never>(world, { actor: astern }, async () => {
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

/** When to look at a schedule again: the next time anything of it begins, ends or runs out. Epoch milliseconds. */
export function lookAgainAt(roster: Roster, now: Temporal.Instant): number {
  const edges = [nextEdge(roster, now), ...roster.swaps.map(({ expiresAt }) => Temporal.Instant.from(expiresAt))]
  return Math.min(...edges.map((at) => at?.epochMilliseconds ?? Number.POSITIVE_INFINITY))
}
