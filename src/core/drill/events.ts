import type { PersonId } from '../actor.ts'
import type { Wording } from '../wording.ts'
import type { NoticeOf } from './announce.ts'
import type { DrillFault, DrillScope, PreparedFault } from './fault.ts'
import type { Score, Stage } from './stage.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/**
 * What ended a drill: its incidents were handled, somebody stopped it, something real happened, time was up, no fault could be made, its
 * scenario is gone from the configuration.
 */
export type StopReason = 'done' | 'hand' | 'incident' | 'overrun' | 'fault-failed' | 'gone'

/** A day that was meant and could not be, with the reason. `from` is an ISO instant. */
export interface Moved {
  readonly from: string
  readonly why: Wording
}

/** What a drill may touch. */
type Place = Pick<DrillScope, 'services' | 'environment' | 'regions'>

/** Streams `drill/<id>`. */
export type DrillEvent =
  | Fact<
      'drill.planned',
      Place & {
        /** `D-7`. */
        readonly id: string
        /** As the configuration names it. */
        readonly scenario: string
        /** ISO instant. */
        readonly at: string
        readonly lengthMs: number
        /** Days before it that were meant and could not be. */
        readonly moved: readonly Moved[]
        /** Later than the scenario allows. */
        readonly late: boolean
        /** Null: planned by itself. */
        readonly by: PersonId | null
      }
    >
  /** To another day. `by` null: by itself. `moved`: every day that could not be, the one it stood on first. */
  | Fact<
      'drill.moved',
      {
        readonly at: string
        readonly moved: readonly Moved[]
        readonly late: boolean
        readonly by: PersonId | null
      }
    >
  | Fact<'drill.announced', { readonly notice: NoticeOf }>
  /** The scope and the fault as they are in force then, whatever the configuration says later. */
  | Fact<
      'drill.started',
      Place & {
        readonly fault: DrillFault
        readonly lengthMs: number
        /** What the scenario asks, in milliseconds from the fault on. */
        readonly within: Readonly<Partial<Record<Stage, number>>>
        readonly by: PersonId | null
      }
    >
  /** What is to be made and what stood there: from now on the fault may be there. */
  | Fact<'drill.fault-prepared', { readonly prepared: PreparedFault }>
  /** It is there since `at`: from here on the drill is timed. */
  | Fact<'drill.fault-made', { readonly at: string }>
  | Fact<'drill.fault-failed', { readonly code: string; readonly hint: Wording }>
  /** It is over; what it made is taken away next. `incident`: the real one that stopped it. */
  | Fact<
      'drill.stopped',
      { readonly why: StopReason; readonly by: PersonId | null; readonly incident?: string; readonly reason?: string }
    >
  /** All is as it was before (`ok`), or `left` says what is not. */
  | Fact<'drill.restored', { readonly ok: boolean; readonly left: readonly Left[] }>
  | Fact<'drill.ended', { readonly started: boolean }>
  | Fact<'drill.scored', { readonly scores: Readonly<Record<string, Score>> }>

/** What does not stand as it did. */
export interface Left {
  readonly service: string
  readonly region: string
  readonly wording: Wording
}

export const drillStream = (id: string): string => `drill/${id}`
