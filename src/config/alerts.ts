import type { AlertRule } from '../core/alert/place.ts'
import { durationMs } from '../core/duration.ts'
import type { ConfiguredAlertSource, Service } from './config.ts'
import type { Parts } from './parts.ts'
import type { WrittenServiceAlerts } from './shape/alerts.ts'
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
