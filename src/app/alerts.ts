import { astern } from '../core/actor.ts'
import type { Alert } from '../core/alert/alert.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import { alertStream } from '../core/alert/events.ts'
import type { Subject } from '../core/alert/place.ts'
import { isNewJudgement, symptomOf } from '../core/alert/suspected.ts'
import type { AsternEvent } from '../core/event.ts'
import { type Incident, incidentStream, serviceStream } from '../core/incident/state.ts'
import { commit, write } from './commit.ts'
import { loadIncident } from './load.ts'
import { openIncident } from './propose.ts'
import { suspectedOf } from './suspects.ts'
import { nowOf, type World } from './world.ts'

/** Makes alerts durable; resolves when they are. Throws Fault when the ledger does not take them. Nothing else happens here. */
export async function receiveAlerts(
  world: Pick<World, 'ledger' | 'clock' | 'config'>,
  source: string,
  { alerts, left }: { readonly alerts: readonly Alert[]; readonly left: number },
  dedupe?: string,
): Promise<void> {
  if (alerts.length === 0 && left === 0) return
  await world.ledger.append(
    [write(alertStream(source), 'any', { type: 'alert.received', v: 1, data: { source, alerts, left } })],
    { at: nowOf(world), actor: astern, config: world.config().digest, ...(dedupe && { dedupe }) },
  )
}

const titleLength = 120

/**
 * Tells the incident of a service (or of a drill of it) what its alerts came to, and opens one where something began and none is open. `toldOf` says what, for the
 * incident that is open at that moment; null where nothing is new. Answers the incident, null where there is none.
 */
export async function tellIncident(
  world: World,
  { service: name, drill }: Subject,
  toldOf: (incident: string | null) => Alerted | null,
): Promise<string | null> {
  const service = world.config().service(name)
  if (!service) return null
  let told: string | null = null
  await commit<never>(world, { actor: astern }, async () => {
    const stream = await world.ledger.stream(serviceStream(name, drill))
    const last = stream.at(-1)?.event
    const open = last?.type === 'service.incident-opened' ? await loadIncident(world, last.data.incident) : null
    const incident = open && !open.closed ? open : null
    const alerted = toldOf(incident?.id ?? null)
    told = incident?.id ?? null
    if (!alerted && !incident) return []
    const events = [
      ...(alerted ? [{ type: 'incident.alerted', v: 1, data: alerted } as const] : []),
      ...judged(world, incident, alerted),
    ]
    // Its version, not just any: somebody may be closing it at this moment.
    if (incident) return events.length > 0 ? [write(incidentStream(incident.id), incident.version, ...events)] : []
    if (!alerted || (drill !== undefined && world.desk.drill(drill)?.phase !== 'running')) return []
    const title = (alerted.alerts[0]?.name ?? name).replace(/\s+/gu, ' ').trim().slice(0, titleLength)
    const opening = openIncident(
      world,
      { service },
      { opener: null, title, serviceVersion: stream.length, cause: 'alert', ...(drill && { drill }) },
    )
    told = opening.incident
    const [first, ...others] = opening.writes
    return first ? [{ ...first, events: [...first.events, ...events] }, ...others] : []
  })
  return told
}

/** What may be behind it, where that is something else than was said before. What changed since a rollback began is judged by what burns now alone. */
function judged(world: World, incident: Incident | null, told: Alerted | null): AsternEvent[] {
  const known = [...(told ? [told] : []), ...(incident?.alerted ?? [])]
  const alerted = known.find(({ service }) => service === incident?.service) ?? known[0]
  if (!alerted) return []
  const before = incident?.suspected ?? null
  const regions = world
    .config()
    .service(alerted.service)
    ?.environments.find(({ name }) => name === alerted.environment)
    ?.regions.map(({ name }) => name)
  const earlier = incident && incident.rollbacks.length > 0 ? null : (before?.symptom ?? null)
  const symptom = symptomOf(alerted, regions ?? [], earlier)
  if (!symptom) return []
  const data = suspectedOf(world, symptom)
  return isNewJudgement(before, data) ? [{ type: 'incident.suspected', v: 1, data }] : []
}
