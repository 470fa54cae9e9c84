import type { Alerted } from '../core/alert/alerted.ts'
import type { AskedAlert, CheckStep } from '../core/rollback/plan.ts'
import { realIncidentAbout } from './about.ts'
import { loadIncident } from './load.ts'
import type { Scope } from './scope.ts'
import type { World } from './world.ts'

/** So long a source may take to tell that an alert ended: Alertmanager's usual `group_interval`, and a look. */
const endWithinMs = 6 * 60_000

/** What was told of alerts to the incident that is about a service now: to that of a drill, or to the real one. */
export async function firedIn(world: World, service: string, drill?: string): Promise<readonly Alerted[]> {
  const open = drill === undefined ? realIncidentAbout(world, service) : world.desk.openIncidentOf(service, drill)
  return open ? ((await loadIncident(world, open.id))?.alerted ?? []) : []
}

/** The alerts that fired where a rollback goes: in each such region they are asked again, once everything is set back. */
export function alertSteps(
  world: World,
  scope: Scope,
  regions: readonly string[],
  fired: readonly Alerted[],
  after: readonly string[],
): readonly CheckStep[] {
  const environment = scope.environment.name
  return scope.environment.regions
    .filter(({ name }) => regions.includes(name))
    .flatMap((region): CheckStep[] => {
      const alerts = fired.flatMap((alerted) => askedIn(alerted, environment, region.name))
      if (alerts.length === 0) return []
      const place = `${scope.service.name}/${environment}/${region.name}`
      const needs = alerts.map((alert) => world.estate().alertCheck(place, alert)?.needsMs ?? endWithinMs)
      return [
        {
          kind: 'check',
          id: `${region.name}.alerts`,
          region: region.name,
          checks: alerts.map(({ name }) => name),
          alerts,
          after,
          deadlineMs: region.checkWindowMs + Math.max(...needs),
          etaMs: null,
        },
      ]
    })
}

/** Of one name only one alert is told with its region, so that it counts wherever its service burns. */
export function askedIn(
  { service, burning, alerts }: Alerted,
  environment: string,
  region: string,
): readonly AskedAlert[] {
  const burns = burning.some((place) => place.environment === environment && place.region === region)
  return alerts
    .filter((alert) => alert.environment === environment)
    .filter((alert) => alert.region === null || alert.region === region || burns)
    .map(({ source, name, expression }) => ({ service, environment, source, name, expression }))
}
