import type { AlertRule } from '../core/alert/place.ts'
import { type Watch, watchSource } from '../core/alert/watch.ts'
import { durationMs } from '../core/duration.ts'
import { thresholdOf } from '../core/release/threshold.ts'
import type { ConfiguredAlertSource, Service } from './config.ts'
import type { Parts } from './parts.ts'
import type { Report } from './problem.ts'
import type { WrittenServiceAlerts } from './shape/alerts.ts'
import type { WrittenService } from './shape/service.ts'
import type { WrittenWatch } from './shape/watch.ts'
import type { Written } from './written.ts'

export function alertSourcesOf(written: Written, parts: Parts): ReadonlyMap<string, ConfiguredAlertSource> {
  return new Map(
    [...parts.alertSources].flatMap(([name, { adapter, config }]) => {
      const own = written.alertSources.get(name)
      return own ? [[name, { adapter, config, silentAfterMs: durationMs(own.silentAfter) ?? 0 }] as const] : []
    }),
  )
}

/** Which alerts are of a service, by its part of the configuration. */
export const alertRule = (
  written: WrittenServiceAlerts,
  { name, environments, defaultEnvironment }: Pick<Service, 'name' | 'environments' | 'defaultEnvironment'>,
): AlertRule => ({
  service: name,
  match: written.match ?? null,
  region: written.region,
  environment: written.environment === undefined ? ['environment', 'env'] : [written.environment],
  environments: new Map(environments.map(({ name: of, regions }) => [of, regions.map((region) => region.name)])),
  usual: defaultEnvironment.name,
})

/** What Astern asks for itself about a service. */
export function watchesOf(name: string, service: WrittenService, usual: string): readonly Watch[] {
  const make = (written: WrittenWatch, environment: string, region: string | null): Watch => {
    const { above, below, query, monitor } = written
    const { unit, value } = thresholdOf(above ?? below ?? 0) ?? { unit: 'count' as const, value: 0 }
    return {
      service: name,
      environment,
      region,
      regionLabel: service.alerts.region,
      name: written.name,
      monitor,
      query,
      side: above === undefined ? 'below' : 'above',
      value,
      unit,
      forMs: durationMs(written.for) ?? 0,
    }
  }
  const inRegions = Object.entries(service.environments).flatMap(([environment, { regions }]) =>
    Object.entries(regions).flatMap(([region, { watch }]) => watch.map((one) => make(one, environment, region))),
  )
  return [...service.watch.map((one) => make(one, usual, null)), ...inRegions]
}

/** The name of the built-in source is taken. */
export function checkAlertSources(written: Written, report: Report): void {
  if (!written.alertSources.has(watchSource)) return
  const message = `${watchSource} is the source of what Astern watches itself, and cannot be a name`
  report({ path: ['alertSources', watchSource], message, on: 'key' })
}
