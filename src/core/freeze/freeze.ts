import type { PersonId } from '../actor.ts'

/** What a freeze covers: an empty list covers everything of its kind. */
export interface FreezeScope {
  readonly services: readonly string[]
  readonly environments: readonly string[]
  readonly regions: readonly string[]
}

/** A time when nothing may be released. */
export interface Freeze {
  /** `F-1` for one that somebody set, else the name the configuration gives it. */
  readonly id: string
  readonly scope: FreezeScope
  /** Instants, half-open: at `to` it is over. */
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Null where the configuration or a calendar set it. */
  readonly person: PersonId | null
}

export interface FreezeWhere {
  readonly service: string
  /** Undefined: any. */
  readonly environment?: string
  /** Frozen when one of these is; empty: any. */
  readonly regions: readonly string[]
}

export const freezeStream = (id: string): string => `freeze/${id}`

/** Every freeze that stands there at an instant, the one that ends last first. */
export const freezesAt = (freezes: readonly Freeze[], where: FreezeWhere, at: Temporal.Instant): readonly Freeze[] =>
  freezes
    .filter((freeze) => covers(freeze.scope, where) && stands(freeze, at))
    .sort((a, b) => Temporal.Instant.compare(b.to, a.to))

export const stands = ({ from, to }: Pick<Freeze, 'from' | 'to'>, at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0

export function covers(scope: FreezeScope, { service, environment, regions }: FreezeWhere): boolean {
  const named = (list: readonly string[], asked: readonly string[]) =>
    list.length === 0 || asked.length === 0 || asked.some((one) => list.includes(one))
  return (
    named(scope.services, [service]) &&
    named(scope.environments, environment === undefined ? [] : [environment]) &&
    named(scope.regions, regions)
  )
}
