import type { PersonId } from '../actor.ts'
import type { Alerted } from '../alert/alerted.ts'
import type { Dated } from '../alert/began.ts'
import type { Suspected } from '../alert/suspected.ts'
import type { Recorded } from '../event.ts'
import type { FreezeOverridden } from '../freeze/events.ts'
import type { Automatic } from './automatic.ts'
import type { IncidentCause, IncidentEvent } from './events.ts'

export interface IncidentRoom {
  readonly chat: string
  readonly channel: string
  /** True for a channel of the incident's own. */
  readonly own: boolean
}

/** A judgement, where in the ledger it stands and when it was made. */
export interface Judged extends Suspected {
  readonly position: number
  readonly at: string
}

/** What stands in an incident's stream. */
type InStream = IncidentEvent | FreezeOverridden

/** One incident, folded from its stream. */
export interface Incident {
  readonly id: string
  readonly service: string
  readonly title: string
  /** Null: an alert opened it. */
  readonly opener: PersonId | null
  readonly home: 'channel' | 'thread'
  readonly cause: IncidentCause
  /** The drill that made it; null: it is real. */
  readonly drill: string | null
  readonly openedAt: string
  /** What its alerts came to: the newest of each service, that of its own first. */
  readonly alerted: readonly Alerted[]
  /** What monitors said of since when it burns. */
  readonly dated: readonly Dated[]
  /** The newest judgement of what is behind it. */
  readonly suspected: Judged | null
  /** Every time that a rollback was announced which nobody asked for. */
  readonly automatic: readonly Automatic[]
  readonly rollbacks: readonly string[]
  readonly rooms: readonly IncidentRoom[]
  /** The messages that are marked to be kept. */
  readonly kept: readonly string[]
  readonly owner: PersonId | null
  readonly postMortem: { readonly link: string | null } | null
  /** `person` null: the drill that made it is over, or it is one with another. */
  readonly closed: Closed | null
  readonly version: number
  readonly position: number
}

export interface Closed {
  readonly person: PersonId | null
  readonly note: string
  readonly at: string
  /** The incident that it became one with. */
  readonly into?: string
}

export const incidentStream = (id: string): string => `incident/${id}`
export const serviceStream = (service: string, drill?: string): string =>
  drill === undefined ? `service/${service}` : `service/${service}/${drill}`

/** Folds one incident's stream. Throws when it does not begin with the opening. */
export const incidentFrom = (events: readonly Recorded[]): Incident | null =>
  events.reduce<Incident | null>((state, recorded) => evolveIncident(state, recorded as Recorded<InStream>), null)

/** Pure: the incident after one more event. */
export function evolveIncident(state: Incident | null, recorded: Recorded<InStream>): Incident {
  const { event, at, version, position } = recorded
  if (event.type === 'incident.opened')
    return {
      ...event.data,
      drill: event.data.drill ?? null,
      openedAt: at,
      alerted: [],
      dated: [],
      suspected: null,
      automatic: [],
      rollbacks: [],
      rooms: [],
      kept: [],
      owner: null,
      postMortem: null,
      closed: null,
      version,
      position,
    }
  if (!state) throw new TypeError(`stream ${recorded.stream} begins with ${event.type}`)
  return { ...changed(state, event, recorded), version, position }
}

function changed(
  state: Incident,
  event: Exclude<InStream, { type: 'incident.opened' }>,
  { at, position }: Pick<Recorded, 'at' | 'position'>,
): Incident {
  switch (event.type) {
    case 'incident.alerted': {
      const known = state.alerted.filter(({ service }) => service !== event.data.service)
      const own = event.data.service === state.service
      return { ...state, alerted: own ? [event.data, ...known] : [...known, event.data] }
    }
    case 'incident.dated':
      return { ...state, dated: [...state.dated, event.data] }
    case 'incident.suspected':
      return { ...state, suspected: { ...event.data, position, at } }
    case 'incident.automatic-due':
      return {
        ...state,
        automatic: [...state.automatic, { ...event.data, position, at, stopped: null, rollback: null }],
      }
    case 'incident.automatic-stopped': {
      const { due, ...stopped } = event.data
      return { ...state, automatic: withAutomatic(state, due, { stopped: { ...stopped, at } }) }
    }
    case 'incident.rollback-joined': {
      const { rollback, automatic } = event.data
      const rollbacks = [...state.rollbacks, rollback]
      if (automatic === undefined) return { ...state, rollbacks }
      return { ...state, rollbacks, automatic: withAutomatic(state, automatic, { rollback }) }
    }
    case 'incident.room-opened':
      return { ...state, rooms: [...state.rooms, event.data] }
    case 'incident.noted':
      return event.data.message ? { ...state, kept: [...state.kept, event.data.message] } : state
    case 'incident.note-dropped':
      return { ...state, kept: state.kept.filter((message) => message !== event.data.message) }
    case 'freeze.overridden':
      return state
    case 'incident.post-mortem-drafted':
      return {
        ...state,
        owner: event.data.owner,
        postMortem: { link: event.data.link ?? state.postMortem?.link ?? null },
      }
    case 'incident.closed':
      return { ...state, closed: { ...event.data, at } }
    case 'incident.joined':
      return { ...state, closed: { person: null, note: '', at, into: event.data.into } }
    case 'incident.took-in':
      return state
    case 'incident.drill-over':
      return { ...state, closed: { person: null, note: '', at } }
  }
}

const withAutomatic = (state: Incident, due: number, change: Partial<Automatic>): readonly Automatic[] =>
  state.automatic.map((one) => (one.position === due ? { ...one, ...change } : one))
