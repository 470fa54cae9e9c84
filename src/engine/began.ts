import { recordBegan, type ToDate, toDate } from '../app/began.ts'
import { loadIncident } from '../app/load.ts'
import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { Fault } from '../core/fault.ts'
import { withDeadline } from '../ports/deadline.ts'
import { nap } from '../ports/nap.ts'
import { backoffMs } from './backoff.ts'

const withinMs = 10_000
/** A monitor that does not answer is asked so often; then nobody can tell, and the card says so. */
const tries = 3
const pageSize = 100

/** Asks monitors since when it is as alerts tell: those wait before they fire, and what came meanwhile is not behind it. */
export class Beginnings {
  readonly #world: World
  readonly #signal: AbortSignal
  readonly #asking = new Map<string, Promise<void>>()
  #position = 0
  #wake: () => void = () => undefined
  #dirty = false

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Until the signal aborts. What a dead process did not ask is asked by the next one. */
  async run(): Promise<void> {
    const { ledger, clock, chance, log, desk } = this.#world
    const stop = ledger.follow(() => {
      this.#dirty = true
      this.#wake()
    }, [...deliveryEvents, 'alert.received'])
    let open: Iterable<string> | null = null
    for (let failures = 0; !this.#signal.aborted; ) {
      this.#dirty = false
      try {
        if (!open) {
          this.#position = (await ledger.head()).position
          await this.#world.caughtUp(this.#position)
          open = desk.openIncidents().map(({ id }) => id)
          for (const id of open) await this.#look(id)
        }
        for (const id of await this.#alerted()) await this.#look(id)
        failures = 0
      } catch (cause) {
        if (this.#signal.aborted) break
        log.error('since when it burns could not be asked', {}, cause)
        await clock.sleep(backoffMs(failures++, chance.number()), this.#signal).catch(() => undefined)
        continue
      }
      if (this.#dirty) continue
      const { over, wake } = nap(clock, 3_600_000, this.#signal)
      this.#wake = wake
      await over
    }
    stop()
    await Promise.allSettled(this.#asking.values())
  }

  /** The incidents that were told of alerts since it was looked last. */
  async #alerted(): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    for (;;) {
      const head = await this.#world.ledger.head()
      const events = await this.#world.ledger.read(this.#position, pageSize, ['incident.alerted'])
      for (const { stream, position } of events) {
        found.add(stream.slice('incident/'.length))
        this.#position = position
      }
      if (events.length < pageSize) {
        this.#position = Math.max(this.#position, head.position)
        return found
      }
    }
  }

  async #look(id: string): Promise<void> {
    const incident = await loadIncident(this.#world, id)
    if (!incident) return
    for (const place of toDate(this.#world, incident)) {
      const key = JSON.stringify([id, place.service, place.region, place.told])
      if (this.#asking.has(key)) continue
      const asking = this.#ask(id, place).finally(() => this.#asking.delete(key))
      this.#asking.set(key, asking)
    }
  }

  async #ask(id: string, place: ToDate): Promise<void> {
    const since = await this.#asked(id, place)
    const { clock, chance, log } = this.#world
    for (let failures = 0; !this.#signal.aborted; failures++) {
      try {
        return await recordBegan(this.#world, id, place, since)
      } catch (cause) {
        if (this.#signal.aborted) return
        log.error('since when it burns could not be recorded', { incident: id, region: place.region }, cause)
        await clock.sleep(backoffMs(failures, chance.number()), this.#signal).catch(() => undefined)
      }
    }
  }

  /** Null where a monitor does not answer, or knows nothing of that moment, however often it is asked. */
  async #asked(id: string, place: ToDate): Promise<string | null> {
    const { clock, chance, log } = this.#world
    for (let failures = 0; failures < tries && !this.#signal.aborted; failures++) {
      try {
        const since = await this.#began(place)
        if (since !== null) return since
      } catch (cause) {
        if (this.#signal.aborted) break
        const code = cause instanceof Fault ? cause.code : undefined
        log.warn('since when it burns could not be asked', { incident: id, region: place.region, code })
      }
      await clock.sleep(backoffMs(failures, chance.number()), this.#signal).catch(() => undefined)
    }
    return null
  }

  /** By the first of its alerts that was so at that moment. */
  async #began({ service, environment, region, told, alerts }: ToDate): Promise<string | null> {
    const { clock } = this.#world
    const { epochMilliseconds: toldMs } = Temporal.Instant.from(told)
    for (const alert of alerts) {
      const ms = await withDeadline(clock, withinMs, this.#signal, (soon) =>
        this.#world.estate().alertBegan(`${service}/${environment}/${region}`, alert, toldMs, soon),
      )
      if (ms !== null) return Temporal.Instant.fromEpochMilliseconds(Math.min(ms, toldMs)).toString()
    }
    return null
  }
}
