import type { PersonId } from '../actor.ts'
import type { Alerted } from '../alert/alerted.ts'
import type { Dated } from '../alert/began.ts'
import type { Suspected } from '../alert/suspected.ts'
import type { AutomaticDue, AutomaticStop } from './automatic.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** What made an incident: somebody typed it, a rollback needed one, or an alert fired. */
export type IncidentCause = 'hand' | 'rollback' | 'alert'

/** A release that is behind more than one fire. */
interface Cause {
  readonly service: string
  readonly version: string
}

export type IncidentEvent =
  | Fact<
      'incident.opened',
      {
        readonly id: string
        readonly service: string
        readonly title: string
        /** Null: an alert opened it. */
        readonly opener: PersonId | null
        /** Where it lives, decided by the tier. */
        readonly home: 'channel' | 'thread'
        readonly cause: IncidentCause
        /** The drill that made it: nothing is really broken. */
        readonly drill?: string
      }
    >
  | Fact<'incident.alerted', Alerted>
  /** A monitor was asked since when it burns in a region. */
  | Fact<'incident.dated', Dated>
  /** What may be behind it was judged, for the first time or anew. */
  | Fact<'incident.suspected', Suspected>
  /** A rollback that nobody asked for begins soon, unless somebody stops it. */
  | Fact<'incident.automatic-due', AutomaticDue>
  /** It does not. `due` is where in the ledger it was announced; `person` is null where nobody stopped it. */
  | Fact<
      'incident.automatic-stopped',
      { readonly due: number; readonly person: PersonId | null; readonly why: AutomaticStop }
    >
  /** `automatic`: where in the ledger it was announced, where nobody asked for it. */
  | Fact<'incident.rollback-joined', { readonly rollback: string; readonly automatic?: number }>
  /** The chat conversation it lives in exists. `root` is the message whose thread holds the moments, once it was sent. */
  | Fact<'incident.room-opened', { readonly chat: string; readonly channel: string; readonly own: boolean }>
  /** Something people said that is to be remembered. */
  | Fact<
      'incident.noted',
      {
        readonly text: string
        /** Who said it; null: nobody whom the configuration knows. */
        readonly person: PersonId | null
        readonly link?: string
        /** Where it was said. */
        readonly chat?: string
        /** When it was said, where that is not when it was recorded. */
        readonly at?: string
        /** Of somebody unknown. Untrusted. */
        readonly name?: string
        /** The message that was marked: chat, conversation and its id there. */
        readonly message?: string
      }
    >
  /** The mark was taken off again. */
  | Fact<'incident.note-dropped', { readonly message: string; readonly person: PersonId }>
  | Fact<'incident.post-mortem-drafted', { readonly owner: PersonId; readonly link?: string }>
  /** It turned out to have the same cause as an older one, and is one with that from here on. */
  | Fact<'incident.joined', { readonly into: string; readonly release: Cause }>
  /** A younger one turned out to have the same cause. */
  | Fact<'incident.took-in', { readonly incident: string; readonly service: string; readonly release: Cause }>
  | Fact<'incident.closed', { readonly person: PersonId; readonly note: string }>
  /** The drill that made it is over, and so is it. */
  | Fact<'incident.drill-over', { readonly drill: string }>

/**
 * Stream `service/<name>`: which incident of a service is open; its version keeps two openings from both winning. Incidents of drills
 * have streams of their own, `service/<name>/<drill>`: they never take the place of a real one.
 */
export type ServiceEvent =
  | Fact<'service.incident-opened', { readonly service: string; readonly incident: string }>
  | Fact<'service.incident-closed', { readonly service: string; readonly incident: string }>
