import type { Json } from '../canonical.ts'

/** What a bad release does; `alerts` breaks nothing: alerts are told as if something were broken. */
export const faultKinds = ['crashing', 'failing', 'slow', 'alerts'] as const
export type FaultKind = (typeof faultKinds)[number]

/** How a bad release differs from the one that runs. Something of it is always given. */
export interface Variation {
  /** The container that changes; null for the first. */
  readonly container: string | null
  readonly image: string | null
  readonly command: readonly string[] | null
  readonly args: readonly string[] | null
  /** Set, or put in the place of those of the same name. */
  readonly env: Readonly<Record<string, string>>
}

/** Ships a bad release of one of the scenario's services, in each of its regions. */
export interface ReleaseFault {
  readonly kind: 'crashing' | 'failing' | 'slow'
  readonly service: string
  /** The target of each region that gets it, by its name in the configuration; null for the first. */
  readonly target: string | null
  readonly release: Variation
}

/** An alert that is told as if something were broken. */
export interface DrillAlert {
  readonly name: string
  readonly summary: string
  /** Null: in each region of the drill. */
  readonly region: string | null
}

export interface AlertsFault {
  readonly kind: 'alerts'
  readonly service: string
  readonly alerts: readonly DrillAlert[]
}

/** What a scenario breaks. */
export type DrillFault = ReleaseFault | AlertsFault

/** All that a drill may touch, fixed by its scenario. */
export interface DrillScope {
  /** `D-7`. */
  readonly drill: string
  readonly environment: string
  readonly services: readonly string[]
  readonly regions: readonly string[]
}

/** One place where a fault is made, and what stood there: never more than its version and the digest of it. */
export interface FaultPlace {
  readonly service: string
  readonly environment: string
  readonly region: string
  /** The id of a target; null where only alerts are told. */
  readonly target: string | null
  readonly before: { readonly id: string; readonly version: string } | null
  readonly fault: { readonly id: string; readonly version: string } | null
  /** Opaque to all but its maker. Holds no secret. */
  readonly data: Json
}

/** A fault that is ready to be made. Recorded before it is, so that what stood can be put back whatever comes in between. */
export interface PreparedFault {
  readonly kind: FaultKind
  readonly places: readonly FaultPlace[]
}

/** What people call it. */
export const placeName = ({ service, environment, region, target }: FaultPlace): string =>
  target ?? `${service}/${environment}/${region}`
