import type { EventType, Recorded } from '../core/event.ts'
import type { DeskTables, IncidentLine } from './desk-tables.ts'

/** The events this fold reads. */
export const incidentEvents = [
  'incident.opened',
  'incident.suspected',
  'incident.automatic-due',
  'incident.automatic-stopped',
  'incident.rollback-joined',
  'incident.room-opened',
  'incident.joined',
  'incident.closed',
  'incident.drill-over',
] as const satisfies readonly EventType[]

/** What each incident is, and which one of a service is open. */
export function foldIncidents(tables: DeskTables, recorded: Recorded): void {
  const { event, at, position } = recorded
  switch (event.type) {
    case 'incident.opened': {
      const { id, service, title, cause, drill } = event.data
      const opened = { openedAt: at, closedAt: null, rollbacks: [], rooms: [] }
      tables.incidents.set(id, { id, service, title, cause, ...opened, ...(drill && { drill }) })
      tables.open.set(openKey(service, drill), id)
      break
    }
    case 'incident.suspected': {
      const [first] = event.data.suspects
      change(tables, recorded, ({ suspect: _, ...line }) => ({
        ...line,
        ...(first && { suspect: { service: first.service, version: first.version } }),
      }))
      break
    }
    case 'incident.automatic-due':
      change(tables, recorded, (line) => ({ ...line, counts: position }))
      break
    case 'incident.automatic-stopped':
      change(tables, recorded, ({ counts: _, ...line }) => line)
      break
    case 'incident.rollback-joined':
      change(tables, recorded, ({ counts: _, ...line }) => ({
        ...line,
        rollbacks: [...line.rollbacks, event.data.rollback],
      }))
      break
    case 'incident.room-opened':
      change(tables, recorded, (line) => ({ ...line, rooms: [...line.rooms, event.data] }))
      break
    case 'incident.joined':
    case 'incident.closed':
    case 'incident.drill-over':
      change(tables, recorded, (line) => {
        const key = openKey(line.service, line.drill)
        if (tables.open.get(key) === line.id) tables.open.delete(key)
        return { ...line, closedAt: at, ...(event.type === 'incident.joined' && { joined: event.data.into }) }
      })
      tables.lastClosing = position
      break
    default:
      break
  }
}

function change(tables: DeskTables, { stream }: Recorded, to: (line: IncidentLine) => IncidentLine): void {
  const line = tables.incidents.get(stream.slice('incident/'.length))
  if (line) tables.incidents.set(line.id, to(line))
}

/** An incident of a drill never stands in the way of a real one. */
export const openKey = (service: string, drill?: string): string => (drill ? `${service} ${drill}` : service)
