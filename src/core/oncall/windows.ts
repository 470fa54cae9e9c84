import { dayMs, dayOf, minuteMs, weekdayOf, type Zone } from '../wall-clock.ts'
import type { Window } from './schedule.ts'

/** On duty from `from` to `to`, or off. Epoch milliseconds, half-open; infinite where nothing ends it. */
export interface Duty {
  readonly on: boolean
  readonly from: number
  readonly to: number
}

interface Between {
  readonly from: number
  readonly to: number
}

/** Minutes after midnight of `09:00` or `24:00`. */
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** What a window that begins on a day is by the clock. */
function wallOn({ hours }: Window, day: number): Between {
  const midnight = day * dayMs
  if (!hours) return { from: midnight, to: midnight + dayMs }
  const from = minutes(hours.from)
  const to = minutes(hours.to)
  return { from: midnight + from * minuteMs, to: midnight + (to <= from ? to + 24 * 60 : to) * minuteMs }
}

const begunOn = (windows: readonly Window[], day: number): readonly Window[] =>
  windows.filter(({ days }) => days.some((one) => one === weekdayOf(day)))

/** Whether there is duty by the clock in the 24 hours from a wall-clock time. */
export function worksOn(windows: readonly Window[], wall: number): boolean {
  if (windows.length === 0) return true
  const day = dayOf(wall)
  return [day - 1, day, day + 1].some((one) =>
    begunOn(windows, one).some((window) => {
      const { from, to } = wallOn(window, one)
      return from < wall + dayMs && to > wall
    }),
  )
}

/** The windows that begin on a day as instants, by their beginning; one that lies in a gap of the clock is none. */
export type OnDay = (day: number) => readonly Between[]

/** Each day is worked out once. */
export function openWindows(windows: readonly Window[], zone: Zone): OnDay {
  const known = new Map<number, readonly Between[]>()
  const instants = (day: number) =>
    begunOn(windows, day)
      .map((window) => {
        const { from, to } = wallOn(window, day)
        return { from: zone.first(from), to: window.hours ? zone.last(to) : zone.first(to) }
      })
      .filter(({ from, to }) => from < to)
      .sort((a, b) => a.from - b.from)
  return (day) => {
    const found = known.get(day) ?? instants(day)
    known.set(day, found)
    return found
  }
}

/** Days before and after that a window may reach to over a change of the clock. */
const reach = 2
/** A window once a week, and twice in a row in a gap of the clock. */
const longest = 23

/**
 * Whether there is duty at an instant, and from when to when. Windows that touch are one. Looks no further than `from` and `to`.
 */
export function dutyAt(onDay: OnDay, zone: Zone, instant: number, within: Between): Duty {
  const today = dayOf(zone.wall(instant))
  const near = [-2, -1, 0, 1].flatMap((days) => onDay(today + days))
  const here = near.filter(({ from, to }) => from <= instant && instant < to)
  if (here.length === 0) return { on: false, ...off(onDay, instant, near, today) }
  let { from, to } = here.reduce((a, b) => ({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }))
  for (let day = today - reach; day <= dayOf(zone.wall(Math.min(to, within.to))) + reach && to < within.to; day++)
    for (const next of onDay(day)) if (next.from <= to) to = Math.max(to, next.to)
  for (
    let day = today + reach;
    day >= dayOf(zone.wall(Math.max(from, within.from))) - reach && from > within.from;
    day--
  )
    for (const next of onDay(day)) if (next.to >= from) from = Math.min(from, next.from)
  return { on: true, from, to }
}

function off(onDay: OnDay, instant: number, near: readonly Between[], today: number): Between {
  let before = Number.NEGATIVE_INFINITY
  let earliest = today - longest
  for (let day = today + 1; day >= earliest; day--)
    for (const { to } of onDay(day)) {
      if (to > instant) continue
      before = Math.max(before, to)
      // One that begins a day earlier may end later.
      earliest = Math.max(earliest, day - reach)
    }
  let next = Math.min(Number.POSITIVE_INFINITY, ...near.map(({ from }) => from).filter((from) => from > instant))
  for (let day = today + reach; next === Number.POSITIVE_INFINITY && day < today + longest; day++)
    next = Math.min(next, ...onDay(day).map(({ from }) => from))
  return { from: before, to: next }
}
