import { recordBegan, type ToDate, toDate } from '../app/began.ts'
import { loadIncident } from '../app/load.ts'
import type { World } from '../app/world.ts'
import { Fault } from '../core/fault.ts'
import { withDeadline } from '../ports/deadline.ts'
import { backoffMs } from './backoff.ts'
import { keepLooking } from './looking.ts'

const withinMs = 10_000
/** A monitor that does not answer is asked so often; then nobody can tell, and the card says so. */
const tries = 3
const pageSize = 100
const idleMs = 3_600_000

/** Asks monitors since when it is as alerts tell: those wait before they fire, and what came meanwhile is not behind it. */
export class Beginnings {
  readonly #world: World
  readonly #signal: AbortSignal
  readonly #asking = new Map<string, Promise<void>>()
  /** Incidents to be looked at. */
  readonly #left = new Set<string>()
  #position: number | null = null

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Until the signal aborts. What a dead process did not ask is asked by the next one. */
  async run(): Promise<void> {
    const look = async () => {
      for (const id of await this.#due()) this.#left.add(id)
      for (const id of this.#left) {
        await this.#look(id)
        this.#left.delete(id)
      }
      return idleMs
    }
    await keepLooking(this.#world, { name: 'since when it burns', gatherMs: 0, look }, this.#signal)
    await Promise.allSettled(this.#asking.values())
  }

  /** At first all that are open. */
  async #due(): Promise<Iterable<string>> {
    if (this.#position !== null) return this.#alerted(this.#position)
    const { position } = await this.#world.ledger.head()
    await this.#world.caughtUp(position)
    this.#position = position
    return this.#world.desk.openIncidents().map(({ id }) => id)
  }

  /** The incidents that were told of alerts since it was looked last. */
  async #alerted(since: number): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    for (let after = since; ; ) {
      const head = await this.#world.ledger.head()
      const events = await this.#world.ledger.read(after, pageSize, ['incident.alerted'])
      for (const { stream } of events) found.add(stream.slice('incident/'.length))
      after = events.at(-1)?.position ?? after
      if (events.length === pageSize) continue
      this.#position = Math.max(after, head.position)
      return found
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
