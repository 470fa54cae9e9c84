import { lookAgainAt, recordHandOff, recordLapsed } from '../app/hand-offs.ts'
import { onCall, rosterFor } from '../app/on-call.ts'
import type { World } from '../app/world.ts'
import type { Roster } from '../core/oncall/roster.ts'
import { keepLooking } from './looking.ts'

/** However far the next hand-off is: a clock may be set, a machine may sleep. */
const longestMs = 30_000
/** Of what happens at once only the last is looked at. */
const gatherMs = 300

/** Sees when others come on call, and records it; what follows is the outbox's. Timers only wake: what is due says the ledger. */
export class HandOffs {
  readonly #world: World
  readonly #signal: AbortSignal
  readonly #seen = new Map<string, Seen>()

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Until the signal aborts. */
  run(): Promise<void> {
    return keepLooking(this.#world, { name: 'hand-offs', gatherMs, look: () => this.#look() }, this.#signal)
  }

  /** Answers in how many milliseconds to look again. What did not change since its last look is not looked at. */
  async #look(): Promise<number> {
    const world = this.#world
    await world.caughtUp((await world.ledger.head()).position)
    let next = Number.POSITIVE_INFINITY
    for (const schedule of world.config().schedules.keys()) {
      const roster = rosterFor(world, schedule)
      const now = world.clock.now()
      const at = now.epochMilliseconds
      const seen = this.#seen.get(schedule)
      const same = seen?.roster === roster && seen.at <= at && at < seen.until
      if (!same) {
        await recordLapsed(world, schedule)
        const people = onCall(world, schedule, now).people.join(' ')
        if (seen?.people !== people) await recordHandOff(world, schedule)
        this.#seen.set(schedule, { roster, at, until: lookAgainAt(roster, now), people })
      }
      next = Math.min(next, this.#seen.get(schedule)?.until ?? next)
    }
    return Math.min(longestMs, Math.max(1, Math.ceil(next - world.clock.now().epochMilliseconds)))
  }
}

/** How a schedule stood at its last look, and how long that holds by what was known then. */
interface Seen {
  readonly roster: Roster
  readonly at: number
  readonly until: number
  readonly people: string
}
