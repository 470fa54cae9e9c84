import type { Wording } from '../wording.ts'
import { type NoticeOf, nextNoticeAt, noticeDue } from './announce.ts'
import type { StopReason } from './events.ts'
import type { Busy } from './slot.ts'
import type { Drill } from './state.ts'

/** What stands around a drill at an instant. */
export interface DrillFacts {
  readonly now: string
  /** Times in which it may not be held: freezes, holidays, other drills. */
  readonly busy: readonly Busy[]
  /** Real incidents that are open, by id. */
  readonly incidents: readonly string[]
  /** Whether the configuration still has its scenario. */
  readonly configured: boolean
  /** Whether the day it was planned for by itself is still one that the scenario means. */
  readonly fits: boolean
  /** Whether everything that burns because of it was handled: each of its incidents restored, or closed by somebody. */
  readonly handled: boolean
}

export type DrillDue =
  | { readonly do: 'announce'; readonly notice: NoticeOf }
  | { readonly do: 'move'; readonly why: Wording }
  | { readonly do: 'start' }
  | { readonly do: 'stop'; readonly why: StopReason; readonly incident?: string }
  | { readonly do: 'break' }
  | { readonly do: 'restore' }
  | { readonly do: 'end' }
  /** Nothing before this instant, unless something happens; null: nothing any more. */
  | { readonly do: 'wait'; readonly until: string | null }

/** A start that was missed for longer is no start: those who were told of it have gone. */
const lateByMs = 15 * 60_000

/** Pure: what is due for a drill. */
export function nextOf(drill: Drill, facts: DrillFacts): DrillDue {
  switch (drill.phase) {
    case 'planned':
      return planned(drill, facts)
    case 'running':
      return running(drill, facts)
    case 'stopping':
      return drill.restored ? { do: 'end' } : { do: 'restore' }
    case 'ended':
      return { do: 'wait', until: null }
  }
}

function planned({ at, lengthMs, notices }: Drill, facts: DrillFacts): DrillDue {
  const { now, busy, incidents } = facts
  if (!facts.configured) return { do: 'stop', why: 'gone' }
  const startMs = ms(at)
  const taken = busy.find(({ from, to }) => ms(from) < startMs + lengthMs && startMs < ms(to))
  if (taken) return { do: 'move', why: taken.why }
  if (!facts.fits) return { do: 'move', why: { key: 'drill.busy-changed' } }
  if (startMs > ms(now)) {
    const notice = noticeDue(at, notices, now)
    return notice ? { do: 'announce', notice } : { do: 'wait', until: nextNoticeAt(at, now) }
  }
  const [incident] = incidents
  if (incident !== undefined) return { do: 'move', why: { key: 'drill.busy-incident', values: { id: incident } } }
  return ms(now) - startMs > lateByMs ? { do: 'move', why: { key: 'drill.busy-missed' } } : { do: 'start' }
}

function running({ startedAt, lengthMs, faultAt }: Drill, { now, incidents, handled }: DrillFacts): DrillDue {
  const [incident] = incidents
  if (incident !== undefined) return { do: 'stop', why: 'incident', incident }
  const endMs = ms(startedAt ?? now) + lengthMs
  if (ms(now) >= endMs) return { do: 'stop', why: 'overrun' }
  if (faultAt === null) return { do: 'break' }
  if (handled) return { do: 'stop', why: 'done' }
  return { do: 'wait', until: Temporal.Instant.fromEpochMilliseconds(endMs).toString() }
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
