import { tellIncident } from '../app/alerts.ts'
import { withDrill } from '../app/drill-alerts.ts'
import { nowOf, type World } from '../app/world.ts'
import type { Config } from '../config/config.ts'
import type { Episode } from '../core/alert/episode.ts'
import { placer, subjectOf } from '../core/alert/place.ts'
import { type Standing, standingOf } from '../core/alert/standing.ts'
import { watchSource } from '../core/alert/watch.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { drillSource } from '../core/drill/scenario.ts'
import { type DrillSpan, spansOf } from '../core/drill/state.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import { nap } from '../ports/nap.ts'
import { AlertBoard, boardEvents, type WhereOf } from '../projection/alert-board.ts'
import { backoffMs } from './backoff.ts'

const cursorName = 'alerts'
/** What sources told in one request may be large. */
const pageSize = 32
/** An incident hears of its alerts so often at most; of mere repeats less often; of an end that was none yet less. */
const tellEveryMs = 1_000
const repeatEveryMs = 60_000
const flipEveryMs = 30_000
/** So often it is looked for what fell silent, and kept from where to read after a restart. */
const ageEveryMs = 60_000

/** So long after the end of a drill its alerts may take to end. */
const leftOverMs = 5 * 60_000

/** Of an alert that Astern makes itself. */
const ownLabels = { match: null, region: 'region', environment: ['environment'] }

/** Where a service is none, as long a silence as the longest that is usual. */
const usualSilenceMs = 6 * 3_600_000

/** Makes incidents of alerts: one per service at a time, told of its alerts as they come, however many there are. */
export class Alerts {
  readonly #world: World
  readonly #signal: AbortSignal
  readonly #lost: (source: string, count: number) => void
  readonly #board = new AlertBoard()
  /** Subject → when its incident was told last, on the monotonic clock. */
  readonly #toldMs = new Map<string, number>()
  #where: { readonly config: Config; readonly of: WhereOf } | null = null
  #spans: readonly DrillSpan[] = []
  #lostSince = new Map<string, number>()
  #wake: () => void = () => undefined
  #dirty = false

  /** `lost` is called with how many alerts of a source were no service's. */
  constructor(world: World, lost: (source: string, count: number) => void, signal: AbortSignal) {
    this.#world = world
    this.#lost = lost
    this.#signal = signal
  }

  /** Reads again what burns; before anything new happens. */
  async begin(): Promise<void> {
    this.#board.passed(Number(this.#world.store.values.get(cursorName) ?? 0))
    await this.#read(() => undefined)
    this.#ageBoard()
    this.#world.store.values.set(cursorName, this.#board.from)
  }

  /** Until the signal aborts. What a dead process left untold is told by the next one. */
  async run(): Promise<void> {
    const { ledger, clock, chance, log } = this.#world
    const stop = ledger.follow(() => {
      this.#dirty = true
      this.#wake()
    }, deliveryEvents)
    let agedMs = clock.monotonicMs()
    for (let failures = 0; !this.#signal.aborted; ) {
      this.#dirty = false
      let ms: number
      try {
        await this.#read((source, count) => this.#count(source, count))
        if (clock.monotonicMs() - agedMs >= ageEveryMs) {
          agedMs = clock.monotonicMs()
          this.#age()
        }
        ms = Math.min(await this.#tell(), ageEveryMs)
        failures = 0
      } catch (cause) {
        if (this.#signal.aborted) break
        log.error('alerts', {}, cause)
        ms = backoffMs(failures++, chance.number())
      }
      if (this.#dirty && failures === 0) continue
      const { over, wake } = nap(clock, ms, this.#signal)
      this.#wake = wake
      await over
    }
    stop()
  }

  /** The newest episode of an alert, as far as the ledger was read. */
  episode(source: string, fingerprint: string): Episode | null {
    return this.#board.episode(source, fingerprint)
  }

  /** How it stands with an alert in a region, as far as the ledger was read. */
  standing({ service, source, name }: AskedAlert, region: string): Standing {
    return standingOf(this.#board.episodes(service, { source, name }, region))
  }

  async #read(lost: (source: string, count: number) => void): Promise<void> {
    const { ledger, clock } = this.#world
    const whereOf = this.#whereOf()
    for (;;) {
      const head = await ledger.head()
      // Which drill ran then, the desk knows.
      await this.#world.caughtUp(head.position)
      this.#spans = spansOf(this.#world.desk.drills())
      const events = await ledger.read(this.#board.position, pageSize, boardEvents)
      for (const recorded of events) {
        const count = this.#board.apply(recorded, whereOf)
        if (count > 0 && recorded.event.type === 'alert.received') lost(recorded.event.data.source, count)
      }
      if (events.length < pageSize) return this.#board.passed(head.position)
      // People wait for their answers meanwhile.
      await clock.sleep(0, this.#signal)
    }
  }

  /** Tells what is due; answers in how many milliseconds more is. */
  async #tell(): Promise<number> {
    const { clock } = this.#world
    let nextMs = Number.POSITIVE_INFINITY
    for (const [subject, why] of [...this.#board.stirred]) {
      const toldMs = this.#toldMs.get(subject)
      const now = clock.monotonicMs()
      const wait = toldMs === undefined ? 0 : toldMs + this.#everyMs(subject, why) - now
      if (wait > 0) {
        nextMs = Math.min(nextMs, wait)
        continue
      }
      const position = this.#board.position
      await this.#world.caughtUp(position)
      const told = (incident: string | null) => this.#board.told(subject, incident)
      const before = this.#board.before(subject)?.incident ?? null
      await tellIncident(this.#world, subjectOf(subject), told, before)
      this.#toldMs.set(subject, now)
      // What came meanwhile was not read yet, and stirs it again.
      if (this.#board.position === position) this.#board.seen(subject)
    }
    return nextMs
  }

  /** One that ends and burns again, over and over, is told in longer steps. */
  #everyMs(subject: string, why: 'repeated' | 'news'): number {
    if (why === 'repeated') return repeatEveryMs
    const before = this.#board.before(subject)
    const news = before?.alerted.news
    const isOpen = before !== null && this.#world.desk.incident(before.incident)?.closedAt === null
    return isOpen && (news === 'ended' || news === 'again') ? flipEveryMs : tellEveryMs
  }

  #age(): void {
    const { store, log } = this.#world
    this.#ageBoard()
    store.values.set(cursorName, this.#board.from)
    for (const [source, count] of this.#lostSince) log.warn('alerts are of no service', { source, count })
    this.#lostSince = new Map()
  }

  #ageBoard(): void {
    const { clock, desk } = this.#world
    const over = new Set(
      desk.drills().flatMap(({ id, endedAt }) => {
        return endedAt !== null && clock.now().since(endedAt).total('milliseconds') >= leftOverMs ? [id] : []
      }),
    )
    this.#board.age(
      nowOf(this.#world),
      (source) => this.#silentAfterMs(source),
      (drill) => over.has(drill),
    )
  }

  #count(source: string, count: number): void {
    this.#lost(source, count)
    this.#lostSince.set(source, (this.#lostSince.get(source) ?? 0) + count)
  }

  #silentAfterMs(source: string): number {
    return this.#world.config().alertSources.get(source)?.silentAfterMs ?? usualSilenceMs
  }

  #whereOf(): WhereOf {
    const config = this.#world.config()
    if (this.#where?.config !== config) {
      const services = [...config.services.values()]
      const placeOf = placer(services.map(({ alerts }) => alerts))
      // What is watched says itself whose it is, and so does a drill.
      const watched = placer(services.map(({ alerts }) => ({ ...alerts, ...ownLabels })))
      const own = new Set([watchSource, drillSource])
      const of: WhereOf = (alert, source, at) => {
        const place = (own.has(source) ? watched : placeOf)(alert)
        if (typeof place === 'string' || (this.#spans.length === 0 && source !== drillSource)) return place
        const { epochMilliseconds: atMs } = Temporal.Instant.from(at)
        return withDrill(this.#world, place, { alert, source, atMs }, this.#spans)
      }
      this.#where = { config, of }
    }
    return this.#where.of
  }
}
