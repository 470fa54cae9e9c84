import { askAgain } from '../adapters/check/metric/alert.ts'
import type { Config, Region, Service } from '../config/config.ts'
import { watchSource } from '../core/alert/watch.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import type { Platform } from '../ports/adapter.ts'
import type { Check } from '../ports/check.ts'
import type { Monitor, Only } from '../ports/monitor.ts'

/** Makes checks of alerts: what fired is asked again where it burnt, by the monitor that watches there. */
export function alertChecks(config: Config, monitors: ReadonlyMap<string, Monitor>, platform: Platform) {
  return (place: string, alert: AskedAlert): Check | null => {
    const service = config.service(alert.service)
    const { name, expression } = alert
    if (!service || expression === null) return null
    const [, , region = ''] = place.split('/')
    const forMs = service.asking.wellForMs
    const only = onlyOf(service, alert.environment, region)
    if (alert.source === watchSource) {
      // Its query says nothing of its limit, but the configuration does.
      const watch = service.watches.find((one) => one.name === name && one.query === expression)
      const monitor = monitors.get(watch?.monitor ?? '')
      if (!watch || !monitor) return null
      const { query, side, value, unit } = watch
      return askAgain(
        { name, expression, compared: { query, limit: { side, value }, unit }, forMs, only },
        monitor,
        platform,
      )
    }
    const monitor = monitors.get(monitorOf(config, service, alert.environment, region) ?? '')
    return monitor ? askAgain({ name, expression, compared: null, forMs, only }, monitor, platform) : null
  }
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
