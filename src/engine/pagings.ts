import { ledgerMark } from '../app/mark.ts'
import { openers, openPaging } from '../app/paging-open.ts'
import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { isRestless } from '../projection/pagings.ts'
import { backoffMs } from './backoff.ts'
import { Ringing } from './ringing.ts'

const cursorName = 'pagings'

/** Has people woken where the ledger says that somebody is needed, and follows each until it is over. Picks up what a dead process left. */
export class Pagings {
  readonly #world: World
  readonly #signal: AbortSignal
  readonly #ringing = new Map<string, Ringing>()
  readonly #running = new Set<Promise<void>>()
  #mark = ''
  #wanted = false
  #reading: Promise<void> = Promise.resolve()

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Until the signal aborts. What it leaves is picked up by the next start, with nothing sent twice. */
  async run(): Promise<void> {
    const { ledger, log } = this.#world
    const look = () => {
      // One look sees everything that came up before it.
      if (this.#wanted) return
      this.#wanted = true
      this.#reading = this.#reading.then(() => this.#look())
    }
    const stop = ledger.follow(look, deliveryEvents)
    look()
    await new Promise<void>((resolve) => {
      if (this.#signal.aborted) return resolve()
      this.#signal.addEventListener('abort', () => resolve(), { once: true })
    })
    stop()
    await this.#reading
    await Promise.allSettled(this.#running)
    log.debug('pagings stopped', { left: this.#ringing.size })
  }

  /** Before `run`, and before anything new happens. What happened before the first start wakes nobody now. */
  async begin(): Promise<void> {
    const { ledger, store } = this.#world
    if (store.values.get(cursorName) === null) store.values.set(cursorName, (await ledger.head()).position)
    this.#mark = await ledgerMark(this.#world)
  }

  /** Opens what new events ask for, then sees to everything that is not at rest. Tries until it could. */
  async #look(): Promise<void> {
    const { clock, chance, log, desk } = this.#world
    for (let failures = 0; !this.#signal.aborted; failures++) {
      this.#wanted = false
      try {
        await this.#open()
        for (const line of desk.pagings.values()) if (isRestless(line)) this.#see(line.id)
        // What a paging is about may have changed without an event of its own.
        for (const ringing of this.#ringing.values()) ringing.poke()
        return
      } catch (cause) {
        if (this.#signal.aborted) return
        log.error('pagings', {}, cause)
        await clock.sleep(backoffMs(failures, chance.number()), this.#signal).catch(() => undefined)
      }
    }
  }

  async #open(): Promise<void> {
    const { ledger, store } = this.#world
    if (this.#mark === 'new') this.#mark = await ledgerMark(this.#world)
    for (;;) {
      const head = await ledger.head()
      const after = Number(store.values.get(cursorName) ?? head.position)
      const events = await ledger.read(after, 200, openers)
      const until = events.length < 200 ? head.position : (events.at(-1)?.position ?? after)
      await this.#world.caughtUp(until)
      for (const recorded of events) await openPaging(this.#world, recorded)
      if (until > after) store.values.set(cursorName, until)
      if (events.length < 200) return
    }
  }

  #see(id: string): void {
    if (this.#ringing.has(id)) return
    const before = this.#world.desk.pagings.get(id)
    const ringing = new Ringing(this.#world, id, this.#mark, this.#signal)
    this.#ringing.set(id, ringing)
    const run = ringing
      .run()
      .catch((cause: unknown) => this.#world.log.error('paging', { paging: id }, cause))
      .finally(() => {
        this.#ringing.delete(id)
        this.#running.delete(run)
        // It may have been opened anew at this very moment.
        const line = this.#world.desk.pagings.get(id)
        if (line && line !== before && isRestless(line) && !this.#signal.aborted) this.#see(id)
      })
    this.#running.add(run)
  }
}
