import type { Incident } from '../core/incident/state.ts'
import { incidentStream } from '../core/incident/state.ts'
import type { Recorded } from '../ports/ledger.ts'
import type { Language } from '../text/language.ts'
import { automaticCard } from '../view/automatic.ts'
import type { Card } from '../view/view.ts'
import { onCallThen } from './follow-ups.ts'
import { chatsOf, rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/** A rollback that nobody asked for: each announcement a message of its own, so that it is heard. */
export interface AutomaticSpec {
  readonly view: 'automatic'
  readonly incident: string
  /** Where in the ledger it was announced. */
  readonly due: number
}

export const automaticRow = (incident: string, due: number): string => `automatic:${incident}:${due}`

export function automaticWishes(world: World, { event, position, stream }: Recorded): readonly Wish[] {
  const due = dueOf(event, position)
  if (due === null) return []
  const incident = stream.slice(incidentStream('').length)
  return chatsOf(world, incident).map((chat) =>
    rowOf(chat, automaticRow(incident, due), { view: 'automatic', incident, due } satisfies AutomaticSpec, position),
  )
}

function dueOf(event: Recorded['event'], position: number): number | null {
  if (event.type === 'incident.automatic-due') return position
  if (event.type === 'incident.automatic-stopped') return event.data.due
  return event.type === 'incident.rollback-joined' ? (event.data.automatic ?? null) : null
}

/** Whoever was on call when it was announced is called to it. */
export function automaticView(world: World, incident: Incident, due: number, language: Language): Card | null {
  const automatic = incident.automatic.find(({ position }) => position === due)
  if (!automatic) return null
  const people = onCallThen(world, { service: automatic.service, openedAt: automatic.at })
  const anew = incident.automatic.at(-1) !== automatic
  return automaticCard({ incident: incident.id, automatic, people, closed: incident.closed !== null, anew }, language)
}
