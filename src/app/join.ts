import { releaseKey, type Suspected } from '../core/alert/suspected.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { type Fire, joined } from '../core/incident/join.ts'
import { type Incident, incidentStream, serviceStream } from '../core/incident/state.ts'
import type { Write } from '../ports/ledger.ts'
import { write } from './commit.ts'
import { isSince, lastRestoredMs } from './fires.ts'
import { loadIncident } from './load.ts'
import type { World } from './world.ts'

/**
 * What makes one incident of those that turned out to have one cause, once the release behind them was seen. `own` belongs to the incident that is asked about,
 * in one append with `others`: nobody may close one of them in between.
 */
export async function joinWrites(
  world: World,
  incident: Incident,
  suspected: Suspected | null,
): Promise<{ readonly own: readonly IncidentEvent[]; readonly others: readonly Write[] }> {
  const [first] = suspected?.suspects ?? []
  const fires = first ? await firesOf(world, incident.id, releaseKey(first)) : []
  const one = joined({ incident, suspected }, fires)
  if (!first || !one) return { own: [], others: [] }
  const { into, younger } = one
  const release = { service: first.service, version: first.version }
  const events = new Map<Incident, IncidentEvent[]>()
  for (const { id, service } of younger)
    add(events, into, { type: 'incident.took-in', v: 1, data: { incident: id, service, release } })
  for (const young of younger) add(events, young, { type: 'incident.joined', v: 1, data: { into: into.id, release } })
  return {
    own: events.get(incident) ?? [],
    others: [
      ...[...events].flatMap(([{ id, version }, own]) =>
        id === incident.id ? [] : [write(incidentStream(id), version, ...own)],
      ),
      ...younger.map(({ id, service }) =>
        write(serviceStream(service), 'any', {
          type: 'service.incident-closed',
          v: 1,
          data: { service, incident: id },
        }),
      ),
    ],
  }
}

function add(events: Map<Incident, IncidentEvent[]>, incident: Incident, event: IncidentEvent): void {
  events.set(incident, [...(events.get(incident) ?? []), event])
}

/** Other open incidents that suspect a release, as far as what they were judged by burns still. */
async function firesOf(world: World, id: string, release: string): Promise<readonly Fire[]> {
  const lines = world.desk
    .openIncidents()
    .filter(({ id: other, suspect, drill }) => other !== id && drill === undefined && suspect !== undefined)
    .filter(({ suspect }) => suspect && releaseKey(suspect) === release)
  const fires = await Promise.all(
    lines.map(async (line): Promise<Fire | null> => {
      const incident = await loadIncident(world, line.id)
      if (!incident?.suspected) return null
      const burns = isSince(incident.suspected, await lastRestoredMs(world, incident))
      return { incident, suspected: burns ? incident.suspected : null }
    }),
  )
  return fires.filter((fire) => fire !== null)
}

/** Where an incident lives on: itself, or what it became one with. */
export async function livesIn(world: Pick<World, 'ledger'>, id: string): Promise<Incident | null> {
  const incident = await loadIncident(world, id)
  return incident?.closed?.into === undefined ? incident : livesIn(world, incident.closed.into)
}
