import { type Drill, evolveDrill, isDrillEvent } from '../core/drill/state.ts'
import type { EventType, Recorded } from '../core/event.ts'

/** The events that this fold reads. */
export const drillEvents = [
  'drill.planned',
  'drill.moved',
  'drill.announced',
  'drill.started',
  'drill.fault-prepared',
  'drill.fault-made',
  'drill.fault-failed',
  'drill.stopped',
  'drill.restored',
  'drill.ended',
  'drill.scored',
] as const satisfies readonly EventType[]

export function foldDrills(drills: Map<string, Drill>, recorded: Recorded): void {
  if (!isDrillEvent(recorded)) return
  const id = recorded.stream.slice('drill/'.length)
  drills.set(id, evolveDrill(drills.get(id) ?? null, recorded))
}
