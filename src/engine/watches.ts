import { receiveAlerts } from '../app/alerts.ts'
import type { World } from '../app/world.ts'
import { type Alert, bounded } from '../core/alert/alert.ts'
import { type Watch, watched, watchSource, watchSpan } from '../core/alert/watch.ts'
import { digestOf } from '../core/canonical.ts'
import { Fault } from '../core/fault.ts'
import { worseOf } from '../core/release/measured.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { Monitor, Series, Span } from '../ports/monitor.ts'
import { nap } from '../ports/nap.ts'
import { sayPlain } from '../text/say.ts'
import type { Alerts } from './alerts.ts'

const askEveryMs = 15_000
const askTimeoutMs = 10_000
/** What still burns is told again so often, so that it does not count as silent. */
const repeatEveryMs = 3_600_000

/** Asks monitors for what services are watched by, and tells what is broken as any other source of alerts would. */
export class Watches {
  readonly #world: World
  readonly #alerts: Pick<Alerts, 'episode'>
  readonly #signal: AbortSignal

  constructor(world: World, alerts: Pick<Alerts, 'episode'>, signal: AbortSignal) {
    this.#world = world
    this.#alerts = alerts
    this.#signal = signal
  }

  /** Until the signal aborts. What was told before a restart is not told anew. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const watches = [...this.#world.config().services.values()].flatMap((service) => service.watches)
      await Promise.all(watches.map((watch) => this.#look(watch)))
      const often = watches.map(({ forMs }) => Math.max(1_000, forMs / 4))
      await nap(this.#world.clock, Math.min(askEveryMs, ...often), this.#signal).over
    }
  }

  /** One watch that cannot be asked keeps no other from being asked. */
  async #look(watch: Watch): Promise<void> {
    const { clock, log } = this.#world
    const monitor = this.#world.estate().monitor(watch.monitor)
    if (!monitor) return
    try {
      const alerts = await withDeadline(clock, askTimeoutMs, this.#signal, (limit) =>
        this.#alertsOf(watch, monitor, limit),
      )
      if (alerts.length > 0) await receiveAlerts(this.#world, watchSource, { alerts, left: 0 })
    } catch (cause) {
      if (this.#signal.aborted) return
      const fields = { service: watch.service, watch: watch.name }
      if (cause instanceof Fault) log.warn('a watch could not be asked', { ...fields, code: cause.code })
      else log.error('a watch could not be asked', fields, cause)
    }
  }

  async #alertsOf(watch: Watch, monitor: Monitor, signal: AbortSignal): Promise<Alert[]> {
    const span = watchSpan(this.#world.clock.now().epochMilliseconds, watch.forMs)
    const all = await monitor.range(watch.query, span, signal)
    const news = all.flatMap((series) => this.#news(watch, monitor, span, series) ?? [])
    if (news.length === 0) return []
    // A value that is asked for may be older than it looks: of what nobody measures any more nothing is told.
    const newest = await monitor.newest(watch.query, signal)
    return newest !== null && newest >= span.fromMs ? news : []
  }

  /** Null where nothing is to be told: neither begun nor ended, or told lately. */
  #news(watch: Watch, monitor: Monitor, span: Span, { labels, points }: Series): Alert | null {
    const state = watched(watch, points, span)
    const region = watch.region ?? labels[watch.regionLabel] ?? null
    const { service, environment, name, query } = watch
    const fingerprint = digestOf([service, environment, region, name, query, labels]).slice(0, 24)
    const known = this.#alerts.episode(watchSource, fingerprint)
    const burns = known !== null && known.ended === null
    const nowMs = span.toMs
    const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toString()
    if (state === 'unclear') return null
    if (state === 'well' && !burns) return null
    if (state === 'broken' && burns && nowMs - Temporal.Instant.from(known.lastAt).epochMilliseconds < repeatEveryMs)
      return null
    const began = Temporal.Instant.fromEpochMilliseconds(points[0]?.atMs ?? span.fromMs).toString()
    const worst = points.reduce((worse, { value }) => worseOf(watch, worse, value), points[0]?.value ?? 0)
    const { language = 'en' } = this.#world.config().service(service) ?? {}
    return bounded({
      fingerprint,
      status: state === 'well' ? 'resolved' : 'firing',
      startsAt: burns ? known.startsAt : began,
      endsAt: state === 'well' ? now : null,
      name,
      summary: sayPlain(language, watch.side === 'above' ? 'alert.watched-above' : 'alert.watched-below', {
        value: { quantity: worst, unit: watch.unit },
        limit: { quantity: watch.value, unit: watch.unit },
        window: { ms: watch.forMs },
      }),
      labels: { service, environment, ...(region !== null && { region }) },
      link: monitor.link(query, span),
      expression: query,
      release: null,
    })
  }
}
