import { astern } from '../core/actor.ts'
import type { Alert } from '../core/alert/alert.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import type { Began } from '../core/alert/began.ts'
import { alertStream } from '../core/alert/events.ts'
import type { Subject } from '../core/alert/place.ts'
import { isCause, isNewJudgement, releaseKey, type Suspected, symptomOf } from '../core/alert/suspected.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { type Incident, incidentStream, serviceStream } from '../core/incident/state.ts'
import { beganBy } from './began.ts'
import { commit, write } from './commit.ts'
import { isSince, lastRestoredMs } from './fires.ts'
import { joinWrites, livesIn } from './join.ts'
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
 * incident that is open at that moment; null where nothing is new. `before`: the incident that was told of it last. Answers the incident, null where there is
 * none.
 */
export async function tellIncident(
  world: World,
  { service: name, drill }: Subject,
  toldOf: (incident: string | null) => Alerted | null,
  before: string | null,
): Promise<string | null> {
  const service = world.config().service(name)
  if (!service) return null
  let told: string | null = null
  await commit<never>(world, { actor: astern }, async () => {
    const stream = await world.ledger.stream(serviceStream(name, drill))
    const last = stream.at(-1)?.event
    const open = last?.type === 'service.incident-opened' ? await loadIncident(world, last.data.incident) : null
    const own = open && !open.closed ? open : null
    const incident = own ?? (drill === undefined ? await sharedWith(world, before, toldOf) : null)
    const alerted = toldOf(incident?.id ?? null)
    told = incident?.id ?? null
    if (!alerted && !incident) return []
    const { suspected, isNew } = await judged(world, incident, alerted)
    const events: IncidentEvent[] = [
      ...(alerted ? [{ type: 'incident.alerted', v: 1, data: alerted } as const] : []),
      ...(suspected && isNew ? [{ type: 'incident.suspected', v: 1, data: suspected } as const] : []),
    ]
    if (incident) {
      const { own, others } = await joinWrites(world, incident, suspected)
      // Its version, not just any: somebody may be closing it at this moment.
      const told = write(incidentStream(incident.id), incident.version, ...events, ...own)
      return [...(told.events.length > 0 ? [told] : []), ...others]
    }
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

/**
 * The incident of another service that these alerts belong to, for one cause is one incident: the one that was told of them before, as long as it is open; else
 * the one that suspects the very release that is most suspect behind these.
 */
async function sharedWith(
  world: World,
  before: string | null,
  toldOf: (incident: string | null) => Alerted | null,
): Promise<Incident | null> {
  const isReal = (id: string) => world.desk.incident(id)?.drill === undefined
  const last = before && isReal(before) ? await livesIn(world, before) : null
  if (last && !last.closed) return last
  const alerted = toldOf(null)
  const symptom = alerted && symptomIn(world, alerted, null, beganBy(world, [], alerted, null))
  const [first] = symptom ? suspectedOf(world, symptom).suspects : []
  if (!first || !isCause(first)) return null
  const same = world.desk
    .openIncidents()
    .find(({ suspect, drill }) => drill === undefined && suspect && releaseKey(suspect) === releaseKey(first))
  const found = same ? await loadIncident(world, same.id) : null
  return found && !found.closed ? found : null
}

/** What may be behind what burns, and whether that is something else than was said before. */
async function judged(
  world: World,
  incident: Incident | null,
  told: Alerted | null,
): Promise<{ readonly suspected: Suspected | null; readonly isNew: boolean }> {
  const known = [...(told ? [told] : []), ...(incident?.alerted ?? [])]
  const alerted = known.find(({ service }) => service === incident?.service) ?? known[0]
  if (!alerted) return { suspected: null, isNew: false }
  const restoredMs = incident && (await lastRestoredMs(world, incident))
  const before = incident?.suspected && isSince(incident.suspected, restoredMs) ? incident.suspected : null
  const began = beganBy(world, incident?.dated ?? [], alerted, restoredMs)
  const symptom = symptomIn(world, since(alerted, restoredMs), before?.symptom ?? null, began)
  if (!symptom) return { suspected: null, isNew: false }
  const suspected = suspectedOf(world, symptom)
  return { suspected, isNew: isNewJudgement(before, suspected) }
}

const since = (alerted: Alerted, afterMs: number | null): Alerted =>
  afterMs === null
    ? alerted
    : { ...alerted, burning: alerted.burning.filter((place) => epochMs(place.since) > afterMs) }

const epochMs = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

function symptomIn(
  world: World,
  alerted: Alerted,
  earlier: Suspected['symptom'] | null,
  began: Began,
): Suspected['symptom'] | null {
  const environments = world.config().service(alerted.service)?.environments ?? []
  const here = environments.find(({ name }) => name === alerted.environment)
  return symptomOf(alerted, here?.regions.map(({ name }) => name) ?? [], earlier, began)
}
