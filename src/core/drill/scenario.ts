import type { DrillScope } from './fault.ts'

export interface DrillPlace {
  readonly service: string
  readonly environment: string
  /** Null: nobody said which. */
  readonly region: string | null
}

/** Whether something happens inside of what a drill may touch. */
export const isWithin = (
  scope: Pick<DrillScope, 'services' | 'environment' | 'regions'>,
  { service, environment, region }: DrillPlace,
): boolean =>
  scope.services.includes(service) &&
  scope.environment === environment &&
  (region === null || scope.regions.includes(region))

/** The name of the built-in source of alerts that a drill makes; their labels say `service`, `environment`, `region` and `drill`. */
export const drillSource = 'drill'
