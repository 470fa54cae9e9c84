import type { PersonId } from '../actor.ts'
import type { IncidentEvent } from './events.ts'
import type { Closed, Incident } from './state.ts'

/** Every expected "no" about an incident. */
export type IncidentRefusal =
  | { readonly refused: 'incident-unknown'; readonly id: string; readonly open: readonly string[] }
  | { readonly refused: 'incident-closed'; readonly id: string; readonly by: PersonId | null; readonly into?: string }
  | { readonly refused: 'incident-busy'; readonly id: string; readonly rollback: string }
  | { readonly refused: 'no-incident-here'; readonly open: readonly string[] }
  | { readonly refused: 'incident-open'; readonly id: string; readonly service: string }

/** Also where it went on. */
export const alreadyClosed = (id: string, { person, into }: Closed): IncidentRefusal => ({
  refused: 'incident-closed',
  id,
  by: person,
  ...(into !== undefined && { into }),
})

/** Closes an incident, unless a rollback in it is still under way. */
export function close(
  incident: Incident,
  by: { readonly person: PersonId; readonly note: string },
  running: string | null,
): readonly IncidentEvent[] | IncidentRefusal {
  if (incident.closed) return alreadyClosed(incident.id, incident.closed)
  if (running) return { refused: 'incident-busy', id: incident.id, rollback: running }
  return [{ type: 'incident.closed', v: 1, data: by }]
}
