import type { PersonId } from '../actor.ts'
import type { Roster } from './roster.ts'

/** Who is on call for one schedule at one instant, and why. */
export interface OnCall {
  readonly schedule: string
  readonly at: Temporal.Instant
  /** Each once. Empty: nobody. Use `entitled` where it is about rights. */
  readonly people: readonly PersonId[]
  /** Who looks over their shoulders. Never has rights by that, and is never paged for it. */
  readonly shadows: readonly PersonId[]
  /** One entry for each of them. */
  readonly why: readonly Why[]
  /** Since when exactly this stands; null: since ever. */
  readonly since: Temporal.Instant | null
  /** The first instant at which anything of it changes, so far as is known now; null: never. */
  readonly until: Temporal.Instant | null
  /** The schedule comes from a calendar that could not be read for longer than its limit; since when. */
  readonly stale: { readonly since: Temporal.Instant } | null
}

export interface Why {
  readonly person: PersonId
  readonly shadow: boolean
  readonly by: Cause
}

/** What puts somebody on call. `beneath`: what would without it; null where nobody would be. */
export type Cause =
  | {
      readonly by: 'layer'
      readonly layer: string
      /** The temporary schedule it belongs to. */
      readonly temporary: string | null
      readonly timeZone: string
      readonly priority: number
      /** The whole turn, whatever cuts it. `number` counts from 0. */
      readonly turn: { readonly number: number; readonly from: Temporal.Instant; readonly to: Temporal.Instant | null }
    }
  | {
      readonly by: 'override' | 'swap' | 'cover'
      readonly id: string
      readonly instead: readonly PersonId[]
      readonly from: Temporal.Instant
      readonly to: Temporal.Instant
      /** Who made it so. */
      readonly actor: PersonId
    }
  | { readonly by: 'calendar'; readonly calendar: string; readonly title: string }

/** One person's duty without a break and for one cause. Half-open. */
export interface Shift {
  readonly schedule: string
  readonly person: PersonId
  readonly shadow: boolean
  /** Cut to what was asked for. */
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly by: Cause
}

/** Who is on call at an instant: the one answer for permission, pager, card, page and command line. */
export function whoIsOnCall(roster: Roster, at: Temporal.Instant): OnCall {
  return {
    schedule: roster.schedule,
    at,
    people: [],
    shadows: [],
    why: [],
    since: null,
    until: null,
    stale: null,
  }
}

/** Every shift that touches [from, to), by its beginning; the same answers, one after the other. */
export function shifts(_roster: Roster, _from: Temporal.Instant, _to: Temporal.Instant): readonly Shift[] {
  return []
}

/** Who has the rights of being on call: nobody where nobody can know. */
export const entitled = ({ people, stale }: OnCall): readonly PersonId[] => (stale ? [] : people)
