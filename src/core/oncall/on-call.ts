import type { PersonId } from '../actor.ts'
import type { Roster } from './roster.ts'
import { type Held, openRoster, type Reason, type Stand } from './stand.ts'

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
  /** The first instant at which a shift of it ends or another begins, so far as is known now; null: never. */
  readonly until: Temporal.Instant | null
  /** The calendar it comes from could not be read for longer than its limit: since when, null if it never was. */
  readonly stale: { readonly since: Temporal.Instant | null } | null
  /** False before the ledger knew the schedule: answered as if its first version had always been in force. */
  readonly recorded: boolean
}

export interface Why {
  readonly person: PersonId
  readonly shadow: boolean
  readonly by: Cause
}

/** What puts somebody on call. */
export type Cause =
  | {
      readonly by: 'layer'
      readonly layer: string
      /** The temporary schedule it belongs to. */
      readonly temporary: string | null
      readonly timeZone: string
      readonly priority: number
      /** The whole turn, whatever windows and others cut from it. `number` counts from 0. */
      readonly turn: { readonly number: number; readonly from: Temporal.Instant; readonly to: Temporal.Instant }
    }
  | {
      readonly by: 'override' | 'swap' | 'cover'
      readonly id: string
      /** Null: instead of everybody. */
      readonly instead: PersonId | null
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
  const stand = openRoster(roster)
  const instant = at.epochMilliseconds
  const here = stand(instant)
  let { from, to } = here
  for (let steps = 0; steps < looksAround && Number.isFinite(from); steps++) {
    const before = stand(from - 1)
    if (!same(before, here)) break
    from = before.from
  }
  for (let steps = 0; steps < looksAround && Number.isFinite(to); steps++) {
    const after = stand(to)
    if (!same(after, here)) break
    to = after.to
  }
  return {
    schedule: roster.schedule,
    at,
    people: here.held.filter(({ shadow }) => !shadow).map(({ person }) => person),
    shadows: here.held.filter(({ shadow }) => shadow).map(({ person }) => person),
    why: here.held.map(({ person, shadow, by }) => ({ person, shadow, by: causeOf(by) })),
    since: Number.isFinite(from) ? instantOf(from) : null,
    until: Number.isFinite(to) ? instantOf(to) : null,
    stale: here.stale && { since: here.stale.since === null ? null : instantOf(here.stale.since) },
    recorded: here.recorded,
  }
}

/** Where something begins or ends without changing the answer: so many of that in a row are looked through. */
const looksAround = 100

const same = (a: Stand, b: Stand): boolean =>
  a.held.length === b.held.length &&
  (a.stale === null) === (b.stale === null) &&
  a.recorded === b.recorded &&
  a.held.every((one) => b.held.some((other) => sameShift(one, other)))

const sameShift = (a: Held, b: Held): boolean => a.person === b.person && a.shadow === b.shadow && a.key === b.key

/** Every shift that touches [from, to), by its beginning: the answers of `whoIsOnCall`, one after the other. */
export function shifts(roster: Roster, from: Temporal.Instant, to: Temporal.Instant): readonly Shift[] {
  const stand = openRoster(roster)
  const end = to.epochMilliseconds
  const found: Open[] = []
  let open: readonly Open[] = []
  for (let instant = from.epochMilliseconds; instant < end; ) {
    const here = stand(instant)
    const until = Math.min(here.to, end)
    open = here.held.map((held) => {
      const goesOn = open.find((one) => sameShift(one.held, held))
      if (goesOn) goesOn.to = until
      else found.push({ held, from: instant, to: until })
      return goesOn ?? (found.at(-1) as Open)
    })
    instant = until
  }
  return found.map(({ held, from: began, to: ended }) => ({
    schedule: roster.schedule,
    person: held.person,
    shadow: held.shadow,
    from: instantOf(began),
    to: instantOf(ended),
    by: causeOf(held.by),
  }))
}

interface Open {
  readonly held: Held
  readonly from: number
  to: number
}

/** Who has the rights of being on call: nobody where nobody can know. */
export const entitled = ({ people, stale }: OnCall): readonly PersonId[] => (stale ? [] : people)

const instantOf = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)

function causeOf(reason: Reason): Cause {
  switch (reason.by) {
    case 'layer': {
      const { asked, temporary, turn } = reason
      const { name: layer, timeZone, priority } = asked.layer
      const { number, from, to } = turn
      return {
        by: 'layer',
        layer,
        temporary,
        timeZone,
        priority,
        turn: { number, from: instantOf(from), to: instantOf(to) },
      }
    }
    case 'change': {
      const { change, from, to } = reason
      return {
        by: change.kind,
        id: change.id,
        instead: change.instead,
        from: instantOf(from),
        to: instantOf(to),
        actor: change.by,
      }
    }
    case 'calendar':
      return reason
  }
}
