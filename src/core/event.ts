import type { DeliveryEvent } from './delivery/events.ts'
import type { FollowUpEvent } from './follow-up/events.ts'
import type { IncidentEvent, ServiceEvent } from './incident/events.ts'
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
  | DeliveryEvent
  | RecordEvent

export type EventType = AsternEvent['type']
export type EventOf<Type extends EventType> = Extract<AsternEvent, { type: Type }>
