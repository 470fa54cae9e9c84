import type { PersonId } from '../actor.ts'
import type { IncidentEvent } from './events.ts'
import type { Incident } from './state.ts'

/** Every expected "no" about an incident. */
export type IncidentRefusal =
  | { readonly refused: 'incident-unknown'; readonly id: string; readonly open: readonly string[] }
  | { readonly refused: 'incident-closed'; readonly id: string; readonly by: PersonId | null }
  | { readonly refused: 'incident-busy'; readonly id: string; readonly rollback: string }
  | { readonly refused: 'no-incident-here'; readonly open: readonly string[] }
  | { readonly refused: 'incident-open'; readonly id: string; readonly service: string }

/** Closes an incident, unless a rollback in it is still under way. */
export function close(
  incident: Incident,
  by: { readonly person: PersonId; readonly note: string },
  running: string | null,
): readonly IncidentEvent[] | IncidentRefusal {
  if (incident.closed) return { refused: 'incident-closed', id: incident.id, by: incident.closed.person }
  if (running) return { refused: 'incident-busy', id: incident.id, rollback: running }
  return [{ type: 'incident.closed', v: 1, data: by }]
}
