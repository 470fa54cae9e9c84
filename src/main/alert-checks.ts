import { askAgain } from '../adapters/check/metric/alert.ts'
import type { Estate } from '../app/world.ts'
import type { Config, Region, Service } from '../config/config.ts'
import { beforeTold, beganAt } from '../core/alert/began.ts'
import { watchSource } from '../core/alert/watch.ts'
import type { Limit } from '../core/release/measured.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import type { Platform } from '../ports/adapter.ts'
import { agrees, type Compared, type Monitor, type Only } from '../ports/monitor.ts'

/** Asks again what fired where it burnt, by the monitor that watches there. */
export function alertQuestions(
  config: Config,
  monitors: ReadonlyMap<string, Monitor>,
  platform: Platform,
): Pick<Estate, 'alertCheck' | 'alertBegan'> {
  const questionOf = (place: string, alert: AskedAlert) => {
    const service = config.service(alert.service)
    const { expression } = alert
    if (!service || expression === null) return null
    const [, , region = ''] = place.split('/')
    const asked = whoToAsk(config, service, alert, expression, region)
    const monitor = monitors.get(asked?.monitor ?? '')
    if (!asked || !monitor) return null
    const only = onlyOf(service, alert.environment, region)
    return { monitor, only, expression, compared: asked.compared, forMs: service.asking.wellForMs }
  }
  return {
    alertCheck(place, alert) {
      const question = questionOf(place, alert)
      if (!question) return null
      const { monitor, ...own } = question
      return askAgain({ name: alert.name, ...own }, monitor, platform)
    },
    async alertBegan(place, alert, toldMs, signal) {
      const question = questionOf(place, alert)
      if (!question) return null
      const { monitor, expression, compared, only } = question
      const span = beforeTold(toldMs)
      const series = (await monitor.range(expression, span, signal)).filter(agrees(only))
      const limit: Limit | null = compared?.limit ?? null
      return beganAt(
        series.map(({ points }) => points),
        limit,
        span,
      )
    },
  }
}

interface Asked {
  readonly monitor: string | null
  /** Its query says nothing of its limit, but the configuration does. */
  readonly compared: Compared | null
}

function whoToAsk(
  config: Config,
  service: Service,
  { source, name, environment }: AskedAlert,
  expression: string,
  region: string,
): Asked | null {
  if (source !== watchSource) return { monitor: monitorOf(config, service, environment, region), compared: null }
  const watch = service.watches.find((one) => one.name === name && one.query === expression)
  if (!watch) return null
  const { query, side, value, unit } = watch
  return { monitor: watch.monitor, compared: { query, limit: { side, value }, unit } }
}

/** The one the service names, else the one that the checks there ask, else the only one there is. */
function monitorOf(config: Config, service: Service, environment: string, region: string): string | null {
  if (service.asking.monitor !== null) return service.asking.monitor
  const regions = service.environments.find(({ name }) => name === environment)?.regions ?? []
  const here = asked(regions.filter(({ name }) => name === region))
  const [of, ...others] = here.size > 0 ? here : config.monitors.keys()
  return others.length === 0 ? (of ?? null) : null
}

const asked = (regions: readonly Region[]): ReadonlySet<string> =>
  new Set(
    regions.flatMap(({ checks }) =>
      checks.flatMap(({ adapter, config }) => adapter.monitorOf?.(config as never) ?? []),
    ),
  )

/** Whose series count: by the same labels that say whose an alert is. */
function onlyOf({ name, alerts }: Service, environment: string, region: string): Only {
  const own = alerts.match
    ? Object.entries(alerts.match).map(([label, value]) => ({ labels: [label], value }))
    : [{ labels: ['service', 'app'], value: name }]
  return [...own, { labels: alerts.environment, value: environment }, { labels: [alerts.region], value: region }]
}
