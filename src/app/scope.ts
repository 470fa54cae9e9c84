import type { Config, ConfiguredTarget, Environment, Service } from '../config/config.ts'
import { nearest } from '../core/nearest.ts'

/** What a person named: a service, perhaps an environment and regions of it. */
export interface Scope {
  readonly service: Service
  readonly environment: Environment
  /** One per region looked at. */
  readonly targets: readonly ConfiguredTarget[]
}

export type ScopeRefusal =
  | { readonly refused: 'unknown-service'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'unknown-place'; readonly word: string; readonly known: readonly string[] }

/** Finds what `service`, `in ENV`, `in REGION` or `in ENV/REGION` mean, or says what is there instead. */
export function findScope(config: Config, name: string, place: string | null): Scope | ScopeRefusal {
  const service = config.service(name)
  if (!service)
    return { refused: 'unknown-service', word: name, nearest: nearest(name, [...config.services.keys()], 3) }
  const all = service.environments.flatMap((environment) =>
    environment.regions.map((region) => ({ environment, region, path: `${environment.name}/${region.name}` })),
  )
  const inDefault = all.filter(({ environment }) => environment === service.defaultEnvironment)
  const found =
    place === null
      ? inDefault
      : [
          all.filter(({ path }) => path === place),
          inDefault.filter(({ region }) => region.name === place),
          all.filter(({ environment }) => environment.name === place),
          all.filter(({ region }) => region.name === place),
        ].find((matches) => matches.length > 0)
  const first = found?.[0]
  if (!found || !first) {
    const known = [...new Set(all.flatMap(({ environment, region, path }) => [environment.name, region.name, path]))]
    const near = nearest(place ?? '', known, 4)
    return { refused: 'unknown-place', word: place ?? '', known: near.length > 0 ? near : known.slice(0, 8) }
  }
  const regions = found.filter(({ environment }) => environment === first.environment)
  return { service, environment: first.environment, targets: regions.flatMap(({ region }) => region.targets) }
}

/** The name people know a target's place by: its region, and the target's own name where a region has several. */
export const laneOf = (scope: Pick<Scope, 'environment'>, { ref }: ConfiguredTarget): string => {
  const region = scope.environment.regions.find(({ name }) => name === ref.region)
  return region && region.targets.length > 1 ? `${ref.region}/${ref.target}` : ref.region
}
