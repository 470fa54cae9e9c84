import type { PersonId } from '../actor.ts'

/**
 * A schedule as a load of the configuration resolved it, and as the ledger keeps it. All dates and times in it are wall-clock times
 * without an offset (`2026-01-05T09:00`, `09:00`) in the time zone that stands beside them.
 */
export interface Schedule {
  readonly id: string
  /** How long somebody who takes over must have rested, in milliseconds; 0 = that is not asked. */
  readonly minRestMs: number
  readonly layers: readonly Layer[]
  readonly temporary: readonly Temporary[]
  /** The calendar kept elsewhere that says who is on call, instead of layers; null for none. */
  readonly feed: string | null
}

/** People who take turns. */
export interface Layer {
  readonly name: string
  /** One entry per turn, in order; several people in one entry are on call together. */
  readonly turns: readonly (readonly PersonId[])[]
  /** Its people look over the shoulder: they are on call for nothing and have no rights. */
  readonly shadow: boolean
  /** Where layers meet, the higher one cuts the lower; people of the same priority are on call together. */
  readonly priority: number
  readonly timeZone: string
  /** The first hand-off. Before it the layer is nobody's. */
  readonly start: string
  /** From when on the layer is nobody's; null = never. */
  readonly end: string | null
  readonly every: Every
  /** When the layer is on duty at all; empty = always. */
  readonly windows: readonly Window[]
}

/**
 * How long a turn is. `hours` are elapsed time; everything else hands over at the wall-clock time of `start`. `days` counts only days
 * on which the layer is on duty, so that a weekend off skips nobody; `weeks` and `months` are those of the calendar, and a month that
 * is too short hands over on its last day.
 */
export interface Every {
  readonly unit: 'hours' | 'days' | 'weeks' | 'months'
  readonly count: number
}

/** Monday is 1. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Times of duty that begin on these days; with `to` at or before `from` they end on the next day. */
export interface Window {
  readonly days: readonly Weekday[]
  /** Null: the whole day, from its first instant to the first one of the next day. `24:00` ends at midnight. */
  readonly hours: { readonly from: string; readonly to: string } | null
}

/** Replaces every layer, and every override made before it, for a span: holidays, a fair, a migration. */
export interface Temporary {
  readonly name: string
  readonly timeZone: string
  readonly from: string
  readonly to: string
  readonly layers: readonly Layer[]
}
