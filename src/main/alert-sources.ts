import type { Config } from '../config/config.ts'
import type { Platform } from '../ports/adapter.ts'
import type { AlertSource } from '../ports/alert-source.ts'

/** The alert sources of the configuration of the moment, by name: opened anew when that has changed. */
export function alertSources(current: () => Config, platform: Platform): Pick<ReadonlyMap<string, AlertSource>, 'get'> {
  let of: Config | null = null
  let open: ReadonlyMap<string, AlertSource> = new Map()
  return {
    get(name) {
      const config = current()
      if (config !== of) {
        of = config
        open = new Map(
          [...config.alertSources].map(([key, { adapter, config: own }]) => [key, adapter.open(own, platform)]),
        )
      }
      return open.get(name)
    },
  }
}
