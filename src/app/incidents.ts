import type { PersonId } from '../core/actor.ts'
import { counting } from '../core/incident/automatic.ts'
import { close as decideClose, type IncidentRefusal } from '../core/incident/decide.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { type Incident, incidentStream, serviceStream } from '../core/incident/state.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { commit, write } from './commit.ts'
import { loadIncident, loadRollback } from './load.ts'
import { openIncident } from './propose.ts'
import type { Scope } from './scope.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

type No = IncidentRefusal | Refusal
export type IncidentOutcome =
  | { readonly status: 'done'; readonly incident: Incident }
  | { readonly status: 'refused'; readonly no: No }

/** Opens an incident for a service; one service has one open incident. */
export async function open(
  world: World,
  asked: { readonly scope: Pick<Scope, 'service'>; readonly title: string; readonly who: Who; readonly dedupe: string },
): Promise<IncidentOutcome> {
  const { who, scope, title } = asked
  const opener = who.person
  if (!opener) return { status: 'refused', no: { refused: 'unknown-person' } }
  if (who.standing !== 'member')
    return { status: 'refused', no: { refused: 'standing', standing: who.standing, approvers: [] } }
  const result = await commit<No>(world, { actor: who.actor, dedupe: asked.dedupe }, async () => {
    const stream = await world.ledger.stream(serviceStream(scope.service.name))
    const last = stream.at(-1)?.event
    if (last?.type === 'service.incident-opened')
      return { refused: 'incident-open', id: last.data.incident, service: scope.service.name }
    return openIncident(world, scope, { opener, title, serviceVersion: stream.length, cause: 'hand' }).writes
  })
  if (result.status === 'refused') return result
  const [first] = result.status === 'committed' ? result.events : await world.ledger.read(result.position - 1, 1)
  const incident = first?.event.type === 'incident.opened' ? await loadIncident(world, first.event.data.id) : null
  if (!incident) throw new TypeError('the opening left no incident')
  return { status: 'done', incident }
}

/** Closes an incident; refused while a rollback in it is under way. */
export async function close(
  world: World,
  asked: { readonly id: string; readonly note: string; readonly who: Who; readonly dedupe: string },
): Promise<IncidentOutcome> {
  const { who, id, note } = asked
  const person = who.person
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  if (who.standing !== 'member')
    return { status: 'refused', no: { refused: 'standing', standing: who.standing, approvers: [] } }
  const result = await commit<No>(world, { actor: who.actor, dedupe: asked.dedupe }, async () => {
    const incident = await loadIncident(world, id)
    if (!incident) return { refused: 'incident-unknown', id, open: world.desk.openIncidents().map((line) => line.id) }
    const rollbacks = await Promise.all(incident.rollbacks.map((rollback) => loadRollback(world, rollback)))
    const running = rollbacks.find((rollback) => rollback !== null && rollback.phase !== 'ended')
    const events = decideClose(incident, { person, note }, running?.id ?? null)
    if ('refused' in events) return events
    const { service, drill } = incident
    return [
      write(incidentStream(id), incident.version, ...takenBack(incident, person), ...events),
      write(serviceStream(service, drill ?? undefined), 'any', {
        type: 'service.incident-closed',
        v: 1,
        data: { service, incident: id },
      }),
    ]
  })
  if (result.status === 'refused') return result
  const incident = await loadIncident(world, id)
  if (!incident) throw new TypeError(`there is no incident ${id}`)
  return { status: 'done', incident }
}

/** What was announced in it does not begin any more. */
function takenBack(incident: Incident, person: PersonId): readonly IncidentEvent[] {
  const due = counting(incident)?.position
  return due === undefined ? [] : [{ type: 'incident.automatic-stopped', v: 1, data: { due, person, why: 'closed' } }]
}
