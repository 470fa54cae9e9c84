import { automaticFacts, type Standings } from '../app/automatic.ts'
import { act, announce, announceAnew, stop } from '../app/automatic-run.ts'
import { loadIncident } from '../app/load.ts'
import { nowOf, type World } from '../app/world.ts'
import { type AutomaticFacts, nextAutomatic } from '../core/incident/automatic-next.ts'
import type { Incident } from '../core/incident/state.ts'
import type { IncidentLine } from '../projection/desk.ts'
import { keepLooking } from './looking.ts'

/** What happens at once is looked at once. */
const gatherMs = 200
/** While one counts down: a freeze may begin without anybody saying so. */
const countingMs = 1_000
/** What could not be announced is looked at again so often, in an incident that is fresh. */
const againMs = 10_000
const idleMs = 60_000

/** Goes back by itself where a policy lets it: announces it, counts down, looks once more, begins. What a dead process left is picked up. */
export class Automatics {
  readonly #world: World
  readonly #sources: Standings
  readonly #signal: AbortSignal
  /** Incident → when it was last tried to be announced, on the monotonic clock, and with what known. */
  readonly #tried = new Map<string, { readonly about: string; readonly atMs: number }>()

  /** `sources`: what the sources told of alerts, as far as it was read. */
  constructor(world: World, sources: Standings, signal: AbortSignal) {
    this.#world = world
    this.#sources = sources
    this.#signal = signal
  }

  /** Until the signal aborts. */
  run(): Promise<void> {
    const look = () => this.#look()
    return keepLooking(this.#world, { name: 'automatic rollbacks', gatherMs, look }, this.#signal)
  }

  /** Sees to every incident where it could; answers in how many milliseconds to look again. */
  async #look(): Promise<number> {
    const { desk, ledger } = this.#world
    await this.#world.caughtUp((await ledger.head()).position)
    let ms = idleMs
    const open = desk.openIncidents()
    for (const id of this.#tried.keys()) if (!open.some((line) => line.id === id)) this.#tried.delete(id)
    for (const line of open) if (this.#concerns(line)) ms = Math.min(ms, await this.#see(line.id))
    return ms
  }

  /** Cheap: an incident where no policy allows it costs nothing, however many alerts it hears of. */
  #concerns({ counts, drill, cause, rollbacks, suspect }: IncidentLine): boolean {
    if (counts !== undefined) return true
    if (drill !== undefined || cause !== 'alert' || rollbacks.length > 0 || !suspect) return false
    const config = this.#world.config()
    const service = config.service(suspect.service)
    return service?.environments.some(({ name }) => config.ruleFor(service, name).automatic !== undefined) ?? false
  }

  async #see(id: string): Promise<number> {
    const incident = await loadIncident(this.#world, id)
    if (!incident) return idleMs
    const facts = automaticFacts(this.#world, incident, this.#sources)
    const next = nextAutomatic(incident, facts, nowOf(this.#world))
    switch (next.do) {
      case 'nothing':
        return againMs
      case 'start':
        return this.#start(incident, facts)
      case 'wait':
        return Math.min(
          countingMs,
          this.#world.clock.now().until(Temporal.Instant.from(next.until)).total('milliseconds'),
        )
      case 'stop':
        await stop(this.#world, incident, next.why)
        return idleMs
      case 'renew':
        await announceAnew(this.#world, incident, next.why, this.#signal)
        return countingMs
      case 'act':
        await act(this.#world, incident, this.#signal)
        return countingMs
    }
  }

  /** Clusters are not asked again and again about what stands in the way. */
  async #start(incident: Incident, facts: AutomaticFacts): Promise<number> {
    const { clock, config, log } = this.#world
    const about = JSON.stringify([incident.suspected?.position, config().digest, facts.policy?.automatic ?? null])
    const last = this.#tried.get(incident.id)
    const waitMs = last?.about === about ? last.atMs + againMs - clock.monotonicMs() : 0
    if (waitMs > 0) return waitMs
    this.#tried.set(incident.id, { about, atMs: clock.monotonicMs() })
    const why = await announce(this.#world, incident, this.#signal)
    if (why === null) return countingMs
    log.info('does not go back by itself', { incident: incident.id, why })
    return againMs
  }
}
