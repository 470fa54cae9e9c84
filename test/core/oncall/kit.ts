import { type Shift, shifts, whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import { type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import type { Every, Layer, Schedule, Weekday, Window } from '../../../src/core/oncall/schedule.ts'

export const day: Every = { unit: 'days', count: 1 }
export const week: Every = { unit: 'weeks', count: 1 }
export const month: Every = { unit: 'months', count: 1 }
export const hours = (count: number): Every => ({ unit: 'hours', count })
export const days = (count: number): Every => ({ unit: 'days', count })

export const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
export const workdays: readonly Weekday[] = [1, 2, 3, 4, 5]
/** `window('09:00-17:00')`, on these days. */
export const window = (text: string, on: readonly Weekday[] = everyDay): Window => {
  const [from = '', to = ''] = text.split('-')
  return { days: on, hours: { from, to } }
}
export const wholeDays = (on: readonly Weekday[]): Window => ({ days: on, hours: null })

/** A layer of `A B C` by turns; `A+B` are on call together. */
export const layer = (people: string, more: Partial<Layer> & Pick<Layer, 'start'>): Layer => ({
  name: 'main',
  turns: people.split(' ').map((turn) => turn.split('+')),
  shadow: false,
  priority: 0,
  timeZone: 'UTC',
  end: null,
  every: week,
  windows: [],
  ...more,
})

export const schedule = (...layers: readonly Layer[]): Schedule => ({
  id: 'payment',
  minRestMs: 8 * 3_600_000,
  layers: layers.map((one, index) => ({ ...one, name: index === 0 ? one.name : `${one.name}-${index}` })),
  temporary: [],
  feed: null,
})

export const roster = (...layers: readonly Layer[]): Roster => rosterOf(schedule(...layers))

/** `2026-01-05T09:00Z`, or a wall-clock time with its zone: `2026-01-05T09:00[Europe/London]`. */
export const at = (text: string): Temporal.Instant =>
  text.includes('[') ? Temporal.ZonedDateTime.from(text).toInstant() : Temporal.Instant.from(text)

export const who = (of: Roster, instant: string): string => whoIsOnCall(of, at(instant)).people.join('+')

/** Shifts as `A 2020-03-08T03:00-05:00..2020-03-09T02:30-05:00`, by the clock of a zone. */
export const listed = (of: Roster, from: string, to: string, zone = 'UTC'): string[] =>
  shifts(of, at(from), at(to)).map((shift) => shown(shift, zone))

export function shown({ person, shadow, from, to }: Shift, zone: string): string {
  const clock = (instant: Temporal.Instant) =>
    instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' })
  return `${shadow ? '(' : ''}${person}${shadow ? ')' : ''} ${clock(from)}..${clock(to)}`
}

export const hoursOf = ({ from, to }: Shift): number => to.since(from).total('hours')
