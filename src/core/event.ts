import type { Actor } from './actor.ts'
import type { AlertEvent } from './alert/events.ts'
import type { CalendarEvent } from './calendar/events.ts'
import type { DeliveryEvent } from './delivery/events.ts'
import type { DrillEvent } from './drill/events.ts'
import type { FollowUpEvent } from './follow-up/events.ts'
import type { FreezeEvent } from './freeze/events.ts'
import type { IncidentEvent, ServiceEvent } from './incident/events.ts'
import type { OnCallEvent } from './oncall/events.ts'
import type { PagingEvent } from './paging/events.ts'
import type { RecordEvent } from './record/events.ts'
import type { ReleaseEvent } from './release/events.ts'
import type { LockEvent, RollbackEvent } from './rollback/events.ts'

/** Everything that can happen: closed, each type with its version `v`. Old events are never rewritten. */
export type AsternEvent =
  | RollbackEvent
  | LockEvent
  | ReleaseEvent
  | IncidentEvent
  | ServiceEvent
  | FollowUpEvent
  | FreezeEvent
  | CalendarEvent
  | OnCallEvent
  | DeliveryEvent
  | RecordEvent
  | PagingEvent
  | AlertEvent
  | DrillEvent

export type EventType = AsternEvent['type']
export type EventOf<Type extends EventType> = Extract<AsternEvent, { type: Type }>

/** An event as the ledger keeps it. `position` is the global order from 1 without gaps; `version` counts in its stream from 1. */
export interface Recorded<E extends AsternEvent = AsternEvent> {
  readonly position: number
  readonly stream: string
  readonly version: number
  /** ISO instant, as the writer's clock had it. */
  readonly at: string
  readonly actor: Actor
  /** Digest of the configuration that was in force. */
  readonly config: string
  readonly event: E
  /** Hex hash of the chain up to and including this event. */
  readonly hash: string
}
