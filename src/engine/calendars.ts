import { calendarWindow, isTooOld, keepReading, openCalendar, readingOf, resolved } from '../app/calendars.ts'
import { commit, write } from '../app/commit.ts'
import { nowOf, type World } from '../app/world.ts'
import type { ConfiguredCalendar } from '../config/config.ts'
import { astern } from '../core/actor.ts'
import type { CalendarEvent } from '../core/calendar/events.ts'
import { calendarStream, sameFrom } from '../core/calendar/imported.ts'
import { Fault } from '../core/fault.ts'
import type { Platform } from '../ports/adapter.ts'
import type { OnCallSource } from '../ports/oncall-source.ts'
import { backoffMs } from './backoff.ts'

/** What was read is recorded anew, though nothing changed, before less than this of it lies ahead. */
const leastAheadHours = 24 * 35

/** Reads the configured calendars again and again, and keeps in the ledger what they say and since when nobody can read them. */
export class Calendars {
  readonly #world: World
  readonly #platform: Platform
  readonly #signal: AbortSignal
  #running: Promise<unknown> = Promise.resolve()
  #round = new AbortController()

  constructor(world: World, platform: Platform, signal: AbortSignal) {
    this.#world = world
    this.#platform = platform
    this.#signal = signal
  }

  /** Records which calendars got too old while nobody watched: before anybody can ask for rights. */
  async settle(): Promise<void> {
    for (const calendar of this.#world.config().calendars.values())
      if (readingOf(this.#world, calendar.name).readAt !== null) await this.#tooOld(calendar)
  }

  /** Begins reading; called again, it begins anew with the configuration of now. */
  begin(): void {
    this.#round.abort()
    this.#round = new AbortController()
    const signal = AbortSignal.any([this.#signal, this.#round.signal])
    const all = [...this.#world.config().calendars.values()].map((calendar) =>
      this.#keep(calendar, openCalendar(calendar, this.#platform), signal),
    )
    this.#running = Promise.allSettled([this.#running, ...all])
  }

  /** Resolves when nothing runs any more, once the signal aborted. */
  async ended(): Promise<void> {
    await this.#running
  }

  async #keep(calendar: ConfiguredCalendar, source: OnCallSource, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#world
    for (let failures = 0; !signal.aborted; ) {
      let ms: number
      try {
        const wish = await this.#read(calendar, source, signal)
        failures = wish === null ? 0 : failures + 1
        ms = this.#restMs(calendar, failures, wish ?? 0)
      } catch (cause) {
        if (signal.aborted) return
        failures++
        ms = backoffMs(failures, this.#world.chance.number())
        log.error('calendar was not recorded', { calendar: calendar.name }, cause)
      }
      await clock.sleep(ms, signal).catch(() => undefined)
    }
  }

  /** Not all calendars at once; soon after a failure; and in time to say that this one has got too old. */
  #restMs({ name, everyMs, goodForMs }: ConfiguredCalendar, failures: number, wishMs: number): number {
    const chance = this.#world.chance.number()
    const spread = everyMs * (0.9 + 0.1 * chance)
    const next = failures === 0 ? spread : Math.max(wishMs, Math.min(spread, backoffMs(failures + 3, chance)))
    const { readAt } = readingOf(this.#world, name)
    const outage = this.#world.desk.calendar(name)?.outages.some(({ to }) => to === null)
    if (readAt === null || outage) return next
    return Math.min(next, Math.max(0, goodForMs - this.#world.clock.now().since(readAt).total('milliseconds')))
  }

  /** One reading. Null when it went well, else how long its server wants to be left alone, in milliseconds. */
  async #read(calendar: ConfiguredCalendar, source: OnCallSource, signal: AbortSignal): Promise<number | null> {
    const { clock, log } = this.#world
    const { name } = calendar
    await this.#tooOld(calendar)
    const window = calendarWindow(clock.now())
    const reading = readingOf(this.#world, name)
    try {
      const spans = resolved(await source.read(window, signal), calendar, this.#world.config())
      await this.#heard(calendar, spans, window.to)
      return null
    } catch (cause) {
      if (signal.aborted || !(cause instanceof Fault) || !cause.code.startsWith('calendar.')) throw cause
      log.warn('calendar could not be read', { calendar: name, code: cause.code })
      keepReading(this.#world, name, { ...reading, failed: { code: cause.code, at: nowOf(this.#world) } })
      await this.#tooOld(calendar)
      return cause.retryAfterMs ?? 0
    }
  }

  async #heard({ name }: ConfiguredCalendar, spans: ReturnType<typeof resolved>, to: Temporal.Instant): Promise<void> {
    const { clock, desk } = this.#world
    const now = clock.now()
    const [readAt, until] = [now.toString(), to.toString()]
    await commit<never>(this.#world, { actor: astern }, async () => {
      const known = desk.calendar(name)
      const events: CalendarEvent[] = []
      const enough =
        known && known.until !== '' && Temporal.Instant.compare(known.until, now.add({ hours: leastAheadHours })) > 0
      if (!enough || !sameFrom(known, spans, readAt, until))
        events.push({ type: 'calendar.imported', v: 1, data: { calendar: name, readAt, until, spans } })
      if (known?.outages.some((outage) => outage.to === null))
        events.push({ type: 'calendar.found', v: 1, data: { calendar: name, readAt } })
      return events.length > 0 ? [write(calendarStream(name), 'any', ...events)] : []
    })
    // Only now: a reading that the ledger did not take is none.
    keepReading(this.#world, name, { readAt, failed: null })
  }

  /** Records, once, that a calendar has got too old to give rights. */
  async #tooOld(calendar: ConfiguredCalendar): Promise<void> {
    const { clock, desk } = this.#world
    const { name } = calendar
    const reading = readingOf(this.#world, name)
    // What was never tried is not lost yet: nothing of it is known either.
    if (!isTooOld(reading, calendar, clock.now()) || (reading.readAt === null && !reading.failed)) return
    await commit<never>(this.#world, { actor: astern }, async () => {
      if (desk.calendar(name)?.outages.some(({ to }) => to === null)) return []
      const data = { calendar: name, readAt: reading.readAt, code: reading.failed?.code ?? 'calendar.not-read' }
      return [write(calendarStream(name), 'any', { type: 'calendar.lost', v: 1, data })]
    })
  }
}
