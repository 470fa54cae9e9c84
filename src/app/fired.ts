import type { Region } from '../config/config.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import { incidentFrom, incidentStream } from '../core/incident/state.ts'
import type { AskedAlert, CheckStep } from '../core/rollback/plan.ts'
import { type Rollback, regionsOf } from '../core/rollback/state.ts'
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
export const alertSteps = (
  world: World,
  scope: Place,
  regions: readonly string[],
  fired: readonly Alerted[],
  after: readonly string[],
): readonly CheckStep[] =>
  regionsIn(scope, regions).flatMap((region) => {
    const alerts = firedWhere(fired, scope, region.name)
    return alerts.length > 0 ? [alertStep(world, scope, region, { id: `${region.name}.alerts`, alerts, after })] : []
  })

/**
 * What fired where a rollback goes and it does not ask yet, for it began after the plan was made: a second symptom, another region. By then all else of
 * it is well, so that there is nothing to wait for.
 */
export async function stepsFiredSince(world: World, rollback: Rollback): Promise<readonly CheckStep[]> {
  const { plan, incident, proposedPosition } = rollback
  const service = world.config().service(plan.service)
  const environment = service?.environments.find(({ name }) => name === plan.environment)
  if (!service || !environment) return []
  const events = await world.ledger.stream(incidentStream(incident))
  // What came and ended meanwhile counts as much as what burns.
  const since = events.flatMap(({ event, position }) =>
    event.type === 'incident.alerted' && position > proposedPosition ? [event.data] : [],
  )
  const fired = [...(incidentFrom(events)?.alerted ?? []), ...since]
  const scope = { service, environment }
  return regionsIn(scope, regionsOf(plan)).flatMap((region) => {
    const own = plan.steps.filter((step): step is CheckStep => step.kind === 'check' && step.region === region.name)
    const asked = own.flatMap(({ alerts = [] }) => alerts)
    const alerts: AskedAlert[] = []
    for (const alert of firedWhere(fired, scope, region.name))
      if (![...asked, ...alerts].some((known) => isAskedBy(known, alert))) alerts.push(alert)
    if (alerts.length === 0) return []
    const count = own.filter((step) => step.alerts).length
    const id = count === 0 ? `${region.name}.alerts` : `${region.name}.alerts-${count + 1}`
    return [alertStep(world, scope, region, { id, alerts, after: [] })]
  })
}

type Place = Pick<Scope, 'service' | 'environment'>

const regionsIn = ({ environment }: Place, names: readonly string[]): readonly Region[] =>
  environment.regions.filter(({ name }) => names.includes(name))

const firedWhere = (fired: readonly Alerted[], { environment }: Place, region: string): readonly AskedAlert[] =>
  fired.flatMap((alerted) => askedIn(alerted, environment.name, region))

/** Of the thousandth alert nobody remembers what fired. */
const isAskedBy = (known: AskedAlert, { service, source, name, expression }: AskedAlert): boolean =>
  known.service === service &&
  known.source === source &&
  known.name === name &&
  (expression === null || expression === known.expression)

function alertStep(
  world: World,
  { service, environment }: Place,
  region: Region,
  { id, alerts, after }: Pick<CheckStep, 'id' | 'after'> & { readonly alerts: readonly AskedAlert[] },
): CheckStep {
  const place = `${service.name}/${environment.name}/${region.name}`
  const needs = alerts.map((alert) => world.estate().alertCheck(place, alert)?.needsMs ?? endWithinMs)
  return {
    kind: 'check',
    id,
    region: region.name,
    checks: alerts.map(({ name }) => name),
    alerts,
    after,
    deadlineMs: region.checkWindowMs + Math.max(...needs),
    etaMs: null,
  }
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
