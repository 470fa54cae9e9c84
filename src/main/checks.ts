import type { Config } from '../config/config.ts'
import type { Platform } from '../ports/adapter.ts'
import type { Check } from '../ports/check.ts'
import type { Monitor } from '../ports/monitor.ts'

/** The monitors by name, and the checks by `service/environment/region`. Connects to nothing. */
export function openChecks(
  config: Config,
  platform: Platform,
): { readonly monitors: ReadonlyMap<string, Monitor>; readonly checks: ReadonlyMap<string, readonly Check[]> } {
  const monitors = new Map(
    [...config.monitors].map(([name, { adapter, config: own }]) => [name, adapter.open(own, platform)]),
  )
  const monitor = (name: string): Monitor => {
    const known = monitors.get(name)
    if (!known) throw new TypeError(`there is no monitor ${name}`)
    return known
  }
  const checks = new Map<string, readonly Check[]>()
  for (const service of config.services.values())
    for (const environment of service.environments)
      for (const region of environment.regions)
        checks.set(
          `${service.name}/${environment.name}/${region.name}`,
          region.checks.map((check) => check.adapter.open(check.config, { ...platform, monitor })),
        )
  return { monitors, checks }
}
