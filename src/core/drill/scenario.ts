/** What is broken on purpose. */
export type DrillFault =
  /**
   * A release that misbehaves, shipped to every target of the drill: another image, other environment variables, or both. Alerts and
   * people see what it does.
   */
  | {
      readonly kind: 'release'
      readonly behaves: 'crashes' | 'fails' | 'slow'
      /** Null: the image stays as it is. */
      readonly image: string | null
      readonly env: Readonly<Record<string, string>>
    }
  /** Only an alert of this name is made; nothing is touched. */
  | { readonly kind: 'alerts'; readonly name: string }

/** What a drill may touch, and where its alerts come from: nothing else. */
export interface DrillScope {
  readonly services: readonly string[]
  readonly environment: string
  /** Never empty. */
  readonly regions: readonly string[]
}

export interface DrillPlace {
  readonly service: string
  readonly environment: string
  /** Null: nobody said which. */
  readonly region: string | null
}

/** Whether something happens inside of what a drill may touch. */
export const isWithin = (scope: DrillScope, { service, environment, region }: DrillPlace): boolean =>
  scope.services.includes(service) &&
  scope.environment === environment &&
  (region === null || scope.regions.includes(region))

/** The name of the built-in source of alerts that a drill makes; their labels say `service`, `environment`, `region`, `drill`. */
export const drillSource = 'drill'
