import type { Config, Service } from '../config/config.ts'
import type { Alert } from '../core/alert/alert.ts'
import { placer, type Unplaced } from '../core/alert/place.ts'
import type { EventOf } from '../core/event.ts'
import type { Wording } from '../core/wording.ts'
import type { Finding } from '../ports/effector.ts'
import { type TextKey, wording } from '../text/say.ts'

/** What a source told lately, and what of it is nobody's. */
interface Heard {
  at: string
  alerts: number
  /** Of a service with several regions, naming none of them. */
  readonly regionless: Map<string, number>
  readonly lost: Map<Unplaced, { count: number; readonly example: Alert }>
}

/** Folds what sources told, as the configuration would place it now. */
export class AlertDoctor {
  readonly #config: Config
  readonly #place: ReturnType<typeof placer>
  readonly #heard = new Map<string, Heard>()

  constructor(config: Config) {
    this.#config = config
    this.#place = placer([...config.services.values()].map(({ alerts }) => alerts))
  }

  told(at: string, { source, alerts }: EventOf<'alert.received'>['data']): void {
    const heard = this.#heard.get(source) ?? { at, alerts: 0, regionless: new Map(), lost: new Map() }
    this.#heard.set(source, heard)
    heard.at = at
    heard.alerts += alerts.length
    for (const alert of alerts) {
      const place = this.#place(alert)
      if (typeof place === 'string') {
        const known = heard.lost.get(place) ?? { count: 0, example: alert }
        heard.lost.set(place, { ...known, count: known.count + 1 })
      } else if (place.region === null)
        heard.regionless.set(place.service, (heard.regionless.get(place.service) ?? 0) + 1)
    }
  }

  /** By what they are of. Nothing of it keeps the bot from working. */
  *findings(): Generator<readonly [part: string, findings: readonly Finding[]]> {
    for (const name of this.#config.alertSources.keys())
      yield [`alert source ${name}`, this.#ofSource(name, this.#heard.get(name))]
    for (const service of this.#config.services.values()) {
      const found = alertWarnings(this.#config, service)
      if (found.length > 0) yield [`alerts of ${service.name}`, found]
    }
  }

  #ofSource(name: string, heard: Heard | undefined): readonly Finding[] {
    const url = `${this.#config.web.url.replace(/\/$/, '')}/alerts/${name}`
    if (!heard) return [finding('unknown', 'doctor.alerts-silent', { url })]
    const lost = [...heard.lost].map(([why, { count, example }]) =>
      finding('unknown', `doctor.alerts-${why}`, { count, name: example.name, labels: labelsOf(example) }),
    )
    const regionless = [...heard.regionless].map(([service, count]) => {
      const label = this.#config.service(service)?.alerts.region ?? ''
      return finding('unknown', 'doctor.alerts-no-region', { count, service, label })
    })
    const at = { at: heard.at, show: 'datetime' } as const
    return [finding('works', 'doctor.alerts-heard', { at, count: heard.alerts }), ...lost, ...regionless]
  }
}

/** What can be said of a service's alerts without having heard any. */
export function alertWarnings(config: Config, service: Service): readonly Finding[] {
  if (config.alertSources.size === 0) return []
  const { match } = service.alerts
  const same = [...config.services.values()].filter(
    (other) => match !== null && other !== service && sameLabels(match, other.alerts.match),
  )
  const twin = same.map((other) => finding('unknown', 'doctor.alerts-twin', { other: other.name }))
  const several = config.monitors.size > 1 && service.asking.monitor === null
  const blind = service.environments.flatMap(({ name, regions }) =>
    regions
      .filter(({ checks }) => config.monitors.size === 0 || (several && !checks.some(asksMonitor)))
      .map((region) => finding('unknown', 'doctor.alerts-no-monitor', { region: `${name}/${region.name}` })),
  )
  return [...twin, ...blind]
}

const asksMonitor = ({ adapter }: Service['environments'][number]['regions'][number]['checks'][number]): boolean =>
  adapter.monitorOf !== undefined

function sameLabels(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>> | null): boolean {
  const [a, b] = [Object.entries(one), Object.entries(other ?? {})]
  return a.length === b.length && a.every(([label, value]) => other?.[label] === value)
}

const shownLabels = 4

const labelsOf = ({ labels }: Alert): string =>
  Object.entries(labels)
    .filter(([label]) => label !== 'alertname')
    .slice(0, shownLabels)
    .map(([label, value]) => `${label}=${value.slice(0, 60)}`)
    .join(' ')

const finding = (state: Finding['state'], code: TextKey, values: Wording['values']): Finding => ({
  code,
  state,
  wording: wording(code, values),
})
