import type { PersonId } from '../actor.ts'
import type { Recorded } from '../event.ts'
import type { NoticeOf } from './announce.ts'
import type { DrillEvent, Left, Moved, StopReason } from './events.ts'
import type { DrillFault, DrillScope, PreparedFault } from './fault.ts'
import { type DrillPlace, isWithin } from './scenario.ts'
import type { Score, Stage } from './stage.ts'

/** `stopping`: it is over, and what it made is being taken away. */
export type DrillPhase = 'planned' | 'running' | 'stopping' | 'ended'

/** One drill, folded from its stream. */
export interface Drill extends Omit<DrillScope, 'drill'> {
  readonly id: string
  readonly scenario: string
  readonly phase: DrillPhase
  readonly at: string
  readonly lengthMs: number
  /** Every day that it was meant for and could not be. */
  readonly moved: readonly Moved[]
  readonly late: boolean
  /** Who chose the day; null: the scenario's habit. */
  readonly by: PersonId | null
  /** Notices given for the day it stands on. */
  readonly notices: readonly NoticeOf[]
  /** Null until it starts. */
  readonly fault: DrillFault | null
  readonly within: Readonly<Partial<Record<Stage, number>>>
  readonly startedAt: string | null
  readonly startedBy: PersonId | null
  /** What is to be made, and what stood there. */
  readonly prepared: PreparedFault | null
  /** Since when it is there. */
  readonly faultAt: string | null
  readonly stopped: {
    readonly at: string
    readonly why: StopReason
    readonly by: PersonId | null
    readonly incident: string | null
    readonly reason: string
  } | null
  /** Whether all is as it was; null until that was looked for. */
  readonly restored: { readonly ok: boolean; readonly left: readonly Left[] } | null
  readonly endedAt: string | null
  readonly scores: Readonly<Record<string, Score>> | null
  readonly version: number
}

/** Folds one drill's stream; null for an empty one. Throws when it does not begin with the planning. */
export const drillFrom = (events: readonly Recorded[]): Drill | null =>
  events.reduce<Drill | null>((state, recorded) => evolveDrill(state, recorded as Recorded<DrillEvent>), null)

export const isDrillEvent = (recorded: Recorded): recorded is Recorded<DrillEvent> =>
  recorded.event.type.startsWith('drill.')

/** Pure: the drill after one more event. */
export function evolveDrill(state: Drill | null, { event, at, version, stream }: Recorded<DrillEvent>): Drill {
  if (event.type === 'drill.planned')
    return {
      ...event.data,
      phase: 'planned',
      notices: [],
      fault: null,
      within: {},
      startedAt: null,
      startedBy: null,
      prepared: null,
      faultAt: null,
      stopped: null,
      restored: null,
      endedAt: null,
      scores: null,
      version,
    }
  if (!state) throw new TypeError(`stream ${stream} begins with ${event.type}`)
  return { ...state, ...changed(state, event, at), version }
}

function changed(state: Drill, event: Exclude<DrillEvent, { type: 'drill.planned' }>, at: string): Partial<Drill> {
  switch (event.type) {
    case 'drill.moved':
      return {
        at: event.data.at,
        late: event.data.late,
        by: event.data.by,
        moved: [...state.moved, ...event.data.moved],
        // Whoever heard of the old day has to hear of the new one.
        notices: [],
      }
    case 'drill.announced':
      return { notices: [...state.notices, event.data.notice] }
    case 'drill.started': {
      const { by, ...of } = event.data
      return { ...of, phase: 'running', startedAt: at, startedBy: by }
    }
    case 'drill.fault-prepared':
      return { prepared: event.data.prepared }
    case 'drill.fault-made':
      return { faultAt: event.data.at }
    case 'drill.fault-failed':
      return {}
    case 'drill.stopped': {
      const { why, by, incident = null, reason = '' } = event.data
      return { phase: 'stopping', stopped: { at, why, by, incident, reason } }
    }
    case 'drill.restored':
      return { restored: event.data }
    case 'drill.ended':
      return { phase: 'ended', endedAt: at }
    case 'drill.scored':
      return { scores: event.data.scores }
  }
}

/** When a drill had something broken; Unix milliseconds, half-open. */
export interface DrillSpan {
  readonly drill: Drill
  readonly fromMs: number
  readonly toMs: number
}

/** Of every drill that breaks something: from its start to its end. */
export const spansOf = (drills: readonly Drill[]): readonly DrillSpan[] =>
  drills.flatMap((drill) => {
    if (!drill.startedAt || !drill.fault || drill.fault.kind === 'alerts') return []
    const toMs = drill.endedAt === null ? Number.POSITIVE_INFINITY : ms(drill.endedAt)
    return [{ drill, fromMs: ms(drill.startedAt), toMs }]
  })

/**
 * The drill that something is of which began at an instant: inside of what it may touch, while it ran. Of a drill that breaks nothing
 * only what it made itself is.
 */
export const drillBehind = (spans: readonly DrillSpan[], place: DrillPlace, atMs: number): Drill | null =>
  spans.findLast(({ drill, fromMs, toMs }) => fromMs <= atMs && atMs < toMs && isWithin(drill, place))?.drill ?? null

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

/** What a drill may touch. */
export const scopeOfDrill = ({ id, services, environment, regions }: Drill): DrillScope => ({
  drill: id,
  services,
  environment,
  regions,
})
