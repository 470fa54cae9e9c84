import type { PersonId } from '../actor.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

export type IncidentEvent =
  | Fact<
      'incident.opened',
      {
        readonly id: string
        readonly service: string
        readonly title: string
        readonly opener: PersonId
        /** Where it lives, decided by the tier. */
        readonly home: 'channel' | 'thread'
        /** What made it: somebody typed it, or a rollback needed one. */
        readonly cause: 'hand' | 'rollback'
      }
    >
  | Fact<'incident.rollback-joined', { readonly rollback: string }>
  /** The chat conversation it lives in exists. `root` is the message whose thread holds the moments, once it was sent. */
  | Fact<'incident.room-opened', { readonly chat: string; readonly channel: string; readonly own: boolean }>
  | Fact<'incident.noted', { readonly text: string; readonly person: PersonId | null; readonly link?: string }>
  | Fact<'incident.post-mortem-drafted', { readonly owner: PersonId; readonly link?: string }>
  | Fact<'incident.closed', { readonly person: PersonId; readonly note: string }>

/** Stream `service/<name>`: which incident of a service is open; its version keeps two openings from both winning. */
export type ServiceEvent =
  | Fact<'service.incident-opened', { readonly service: string; readonly incident: string }>
  | Fact<'service.incident-closed', { readonly service: string; readonly incident: string }>
