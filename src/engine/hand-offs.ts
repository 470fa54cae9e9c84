import { nextLook, recordHandOff, recordLapsed } from '../app/hand-offs.ts'
import { onCall } from '../app/on-call.ts'
import type { World } from '../app/world.ts'
import { nap } from '../ports/nap.ts'
import { backoffMs } from './backoff.ts'

/** However far the next hand-off is: a clock may be set, a machine may sleep. */
const longestMs = 30_000
/** Of what happens at once only the last is looked at. */
const gatherMs = 300

/** Sees when others come on call, and records it; what follows is the outbox's. Timers only wake: what is due says the ledger. */
export class HandOffs {
  readonly #world: World
  readonly #signal: AbortSignal
  /** Who was on call at the last look, so that the ledger is only asked when others are. */
  readonly #seen = new Map<string, string>()
  #wake: () => void = () => undefined
  #dirty = false

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Until the signal aborts. */
  async run(): Promise<void> {
    const { ledger, clock, chance, log } = this.#world
    const stop = ledger.follow(() => this.#poke())
    for (let failures = 0; !this.#signal.aborted; ) {
      this.#dirty = false
      let ms: number
      try {
        await this.#look()
        failures = 0
        ms = this.#restMs()
      } catch (cause) {
        if (this.#signal.aborted) break
        log.error('hand-offs', {}, cause)
        ms = backoffMs(failures++, chance.number())
      }
      if (this.#dirty) ms = Math.min(ms, gatherMs)
      const rest = nap(clock, ms, this.#signal)
      this.#wake = rest.wake
      await rest.over
    }
    stop()
  }

  /** Something changed: look soon. */
  #poke(): void {
    if (this.#dirty) return
    this.#dirty = true
    this.#wake()
  }

  async #look(): Promise<void> {
    const world = this.#world
    await world.caughtUp((await world.ledger.head()).position)
    for (const schedule of world.config().schedules.keys()) {
      await recordLapsed(world, schedule)
      const people = onCall(world, schedule, world.clock.now()).people.join(' ')
      if (this.#seen.get(schedule) === people) continue
      await recordHandOff(world, schedule)
      this.#seen.set(schedule, people)
    }
  }

  #restMs(): number {
    const next = nextLook(this.#world)
    if (!next) return longestMs
    const untilMs = next.since(this.#world.clock.now()).total('milliseconds')
    return Math.min(longestMs, Math.max(1, Math.ceil(untilMs)))
  }
}
