import type { Alert } from '../core/alert/alert.ts'
import { alertStream } from '../core/alert/events.ts'
import type { AlertsFault, DrillAlert, FaultPlace, PreparedFault } from '../core/drill/fault.ts'
import { drillSource } from '../core/drill/scenario.ts'
import type { MakerOf } from '../ports/fault-maker.ts'
import { receiveAlerts } from './alerts.ts'
import { nowOf, type World } from './world.ts'

/** Breaks nothing: alerts are told as if something were broken, by the built-in source, and their end when the drill is over. */
export function alertFaults(world: World): MakerOf<AlertsFault> {
  /** What this drill told last of each of its alerts. */
  async function told(drill: string): Promise<readonly { readonly alert: Alert; readonly at: string }[]> {
    const events = await world.ledger.stream(alertStream(drillSource))
    const own = events.flatMap(({ event, at }) =>
      event.type === 'alert.received'
        ? event.data.alerts.filter(({ labels }) => labels.drill === drill).map((alert) => ({ alert, at }))
        : [],
    )
    return [...new Map(own.map((one) => [one.alert.fingerprint, one])).values()]
  }

  return {
    async prepare(fault: AlertsFault, { environment, regions }): Promise<PreparedFault> {
      const { service, alerts } = fault
      const own =
        world
          .config()
          .service(service)
          ?.environments.find(({ name }) => name === environment)?.regions ?? []
      const places = own
        .map(({ name }) => name)
        .filter((region) => regions.includes(region))
        .map((region): FaultPlace => {
          const here = alerts.filter((alert) => alert.region === null || alert.region === region)
          const data = here.map(({ name, summary }) => ({ name, summary }))
          return { service, environment, region, target: null, before: null, fault: null, data }
        })
      return { kind: 'alerts', places }
    },
    async make(prepared, { drill }, key) {
      const at = nowOf(world)
      const alerts = prepared.places.flatMap((place) => alertsAt(place, drill, at))
      await receiveAlerts(world, drillSource, { alerts, left: 0 }, key)
      // Told before a crash: then that is when it began.
      const [first] = await told(drill)
      return { at: first?.alert.startsAt ?? at }
    },
    async clear(_prepared, { drill }, key) {
      const now = nowOf(world)
      const alerts = (await told(drill))
        .filter(({ alert }) => alert.status === 'firing')
        .map(({ alert }): Alert => ({ ...alert, status: 'resolved', endsAt: now }))
      await receiveAlerts(world, drillSource, { alerts, left: 0 }, key)
      return { state: 'restored', left: [] }
    },
  }
}

function alertsAt({ service, environment, region, data }: FaultPlace, drill: string, at: string): Alert[] {
  return (data as unknown as readonly Pick<DrillAlert, 'name' | 'summary'>[]).map(({ name, summary }, index) => ({
    fingerprint: `${drill}/${region}/${index}`,
    status: 'firing',
    startsAt: at,
    endsAt: null,
    name,
    summary,
    labels: { service, environment, region, drill },
    link: null,
    expression: null,
    release: null,
  }))
}
