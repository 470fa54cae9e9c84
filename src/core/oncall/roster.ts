import type { PersonId } from '../actor.ts'
import type { ImportedCalendar } from '../calendar/imported.ts'
import type { OnCallEvent, Span } from './events.ts'
import type { Schedule } from './schedule.ts'

export const scheduleStream = (id: string): string => `schedule/${id}`
export const handOffStream = (id: string): string => `hand-off/${id}`

/** Everything recorded of one schedule: all its versions, and all that people changed by hand. Plain JSON. */
export interface Roster {
  readonly schedule: string
  /** By the instant from which they count. */
  readonly versions: readonly Version[]
  /** In the order in which they were recorded: where two meet, the later one wins. */
  readonly changes: readonly Change[]
  readonly asks: readonly CoverAsk[]
  /** Swaps that wait for the other's consent. */
  readonly swaps: readonly SwapAsk[]
  /** How many overrides, swaps and requests there ever were: makes the next one's id. */
  readonly numbered: number
  /** What the calendars of its versions say, by name; one that was never read is not there. */
  readonly calendars: Readonly<Record<string, ImportedCalendar>>
}

export interface Version {
  /** Null: since ever, where nothing was recorded. */
  readonly at: string | null
  /** Null: the configuration had no such schedule. */
  readonly definition: Schedule | null
}

/** One person on call instead of another. A swap is two of them with one id. */
export interface Change extends Span {
  readonly id: string
  readonly kind: 'override' | 'swap' | 'cover'
  readonly person: PersonId
  /** Null: instead of everybody. */
  readonly instead: PersonId | null
  readonly by: PersonId
  readonly at: string
}

/** A request for cover that nobody has taken or withdrawn. */
export interface CoverAsk extends Span {
  readonly id: string
  readonly person: PersonId
  readonly at: string
}

/** A swap to which nobody has agreed yet. */
export interface SwapAsk {
  readonly id: string
  readonly first: Span & { readonly person: PersonId }
  readonly second: Span & { readonly person: PersonId }
  readonly by: PersonId
  readonly reason: string | null
  readonly at: string
  readonly expiresAt: string
}

export const newRoster = (schedule: string): Roster => ({
  schedule,
  versions: [],
  changes: [],
  asks: [],
  swaps: [],
  numbered: 0,
  calendars: {},
})

/** The roster of a definition that no ledger knows: in force since ever. */
export const rosterOf = (definition: Schedule): Roster => ({
  ...newRoster(definition.id),
  versions: [{ at: null, definition }],
})

/** The roster with what calendars kept elsewhere say. */
export function withCalendars(roster: Roster, calendar: (name: string) => ImportedCalendar | null): Roster {
  const names = new Set(roster.versions.flatMap(({ definition }) => definition?.feed ?? []))
  if (names.size === 0) return roster
  const known = [...names].flatMap((name) => {
    const found = calendar(name)
    return found ? [[name, found] as const] : []
  })
  return { ...roster, calendars: Object.fromEntries(known) }
}

/** Folds one event of the schedule's stream, recorded at `at`. What had begun before that stays as it was. */
export function foldRoster(roster: Roster, event: OnCallEvent, at: string): Roster {
  switch (event.type) {
    case 'schedule.changed': {
      const since = latest(at, roster.versions.at(-1)?.at)
      return { ...roster, versions: [...roster.versions, { at: since, definition: event.data.definition }] }
    }
    case 'oncall.overridden': {
      const { id, person, instead, by } = event.data
      return numbered(changed(roster, { id, kind: 'override', person, instead, by, at }, event.data))
    }
    case 'oncall.swapped': {
      const { id, first, second, by } = event.data
      const swap = { id, kind: 'swap', by, at } as const
      const left = withoutSwap(roster, id)
      const one = changed(left, { ...swap, person: second.person, instead: first.person }, first)
      const both = changed(one, { ...swap, person: first.person, instead: second.person }, second)
      // What was asked for has its number already.
      return left === roster ? numbered(both) : both
    }
    case 'oncall.swap-asked': {
      const { schedule: _, ...ask } = event.data
      return numbered({ ...roster, swaps: [...roster.swaps, { ...ask, at }] })
    }
    case 'oncall.swap-closed':
      return withoutSwap(roster, event.data.id)
    case 'oncall.cover-asked': {
      const { id, person, from, to } = event.data
      return numbered({ ...roster, asks: [...roster.asks, { id, person, from, to, at }] })
    }
    case 'oncall.cover-taken': {
      const { id, person } = event.data
      const ask = roster.asks.find((one) => one.id === id)
      if (!ask) return roster
      const left = { ...roster, asks: roster.asks.filter((one) => one !== ask) }
      return changed(left, { id, kind: 'cover', person, instead: ask.person, by: person, at }, ask)
    }
    case 'oncall.withdrawn': {
      const { id } = event.data
      const changes = roster.changes
        .map((change) => (change.id === id && isAfter(change.to, at) ? { ...change, to: at } : change))
        .filter(({ from, to }) => isAfter(to, from))
      return { ...withoutSwap(roster, id), changes, asks: roster.asks.filter((ask) => ask.id !== id) }
    }
    // Tells how it stood; changes nothing.
    case 'oncall.handed-off':
      return roster
  }
}

const withoutSwap = (roster: Roster, id: string): Roster =>
  roster.swaps.some((ask) => ask.id === id) ? { ...roster, swaps: roster.swaps.filter((ask) => ask.id !== id) } : roster

const numbered = (roster: Roster): Roster => ({ ...roster, numbered: roster.numbered + 1 })

/** A change counts from when it was recorded, however early its span begins. */
function changed(roster: Roster, change: Omit<Change, keyof Span>, span: Span): Roster {
  const from = latest(change.at, span.from)
  if (!isAfter(span.to, from)) return roster
  return { ...roster, changes: [...roster.changes, { ...change, from, to: span.to }] }
}

const isAfter = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) > 0

const latest = (a: string, b: string | null | undefined): string => (b && isAfter(b, a) ? b : a)
