import type { PersonId } from '../../../src/core/actor.ts'
import type { Roster } from '../../../src/core/oncall/roster.ts'
import type { Layer, Temporary, Window } from '../../../src/core/oncall/schedule.ts'

/**
 * Who is on call in each minute, the slow and obvious way: walk through the minutes, look at the clock on the wall, and remember the
 * furthest time it has shown. A hand-off has happened when its time was reached; a window is over when the clock shows its end for
 * the last time, or, where it never shows it, when it was reached. Shares nothing with what it checks but types. For whole-minute
 * offsets, and schedules that begin within the minutes it is given.
 */
export interface Minute {
  readonly at: Temporal.Instant
  /** Sorted, joined by `+`. */
  readonly people: string
  readonly shadows: string
}

const minute = 60_000
const dayMinutes = 1440

interface Clock {
  /** The furthest time that the clock has shown by then. */
  reached(index: number): number
  /** Whether a window that ends at a time is over. */
  isOver(index: number, end: number): boolean
}

/** Every minute of [from, to). Nothing of the roster may begin before `from`. */
export function minutes(roster: Roster, from: Temporal.Instant, to: Temporal.Instant): readonly Minute[] {
  const first = from.epochMilliseconds / minute
  const count = to.epochMilliseconds / minute - first
  const clocks = new Map<string, Clock>()
  const clock = (zone: string): Clock => {
    const known = clocks.get(zone) ?? walk(zone, first, count)
    clocks.set(zone, known)
    return known
  }
  const counters = new Map<Layer, (index: number) => readonly PersonId[]>()
  const duty = (layer: Layer, index: number): readonly PersonId[] => {
    const known = counters.get(layer) ?? turns(layer, clock(layer.timeZone), count)
    counters.set(layer, known)
    return known(index)
  }
  const stands = ({ from: begin, to: end, timeZone }: Temporary, index: number): boolean =>
    clock(timeZone).reached(index) >= local(begin) && !clock(timeZone).isOver(index, local(end))
  const all: Minute[] = []
  for (let index = 0; index < count; index++) {
    const { people, shadows } = stand(
      roster,
      first + index,
      (layer) => duty(layer, index),
      (temporary) => stands(temporary, index),
    )
    const at = Temporal.Instant.fromEpochMilliseconds((first + index) * minute)
    all.push({ at, people: [...people].sort().join('+'), shadows: [...shadows].sort().join('+') })
  }
  return all
}

/** What the clock shows, as minutes of a calendar that knows no zones. */
function walk(zone: string, first: number, count: number): Clock {
  const around = 3 * dayMinutes
  const shown: number[] = []
  for (let index = -around; index < count + around; index++) {
    const here = Temporal.Instant.fromEpochMilliseconds((first + index) * minute).toZonedDateTimeISO(zone)
    shown.push(first + index + here.offsetNanoseconds / 60e9)
  }
  const furthest = [...shown]
  for (let index = 1; index < shown.length; index++)
    furthest[index] = Math.max(furthest[index] ?? 0, furthest[index - 1] ?? 0)
  const ends = new Map<number, number>()
  const endOf = (end: number): number => {
    const last = shown.lastIndexOf(end)
    if (last >= 0) return last
    const passed = furthest.findIndex((time) => time >= end)
    return passed >= 0 ? passed : Number.POSITIVE_INFINITY
  }
  return {
    reached: (index) => furthest[index + around] ?? 0,
    isOver: (index, end) => {
      const known = ends.get(end) ?? endOf(end)
      ends.set(end, known)
      return index + around >= known
    },
  }
}

const local = (text: string): number => Date.parse(`${text}:00Z`) / minute

/** For each minute the people whose turn it is, if the layer is on duty. */
function turns(layer: Layer, clock: Clock, count: number): (index: number) => readonly PersonId[] {
  const handOffs = handOffsOf(layer, count)
  const start = local(layer.start)
  let begun = -1
  const who: (readonly PersonId[])[] = []
  for (let index = 0; index < count; index++) {
    const reached = clock.reached(index)
    if (reached >= start && begun < 0) begun = index
    const ended = layer.end !== null && reached >= local(layer.end)
    if (begun < 0 || ended || !onDuty(layer.windows, clock, index)) {
      who.push([])
      continue
    }
    const number =
      layer.every.unit === 'hours'
        ? Math.floor((index - begun) / (layer.every.count * 60))
        : handOffs.filter((handOff) => handOff <= reached).length
    who.push(layer.turns[number % layer.turns.length] ?? [])
  }
  return (index) => who[index] ?? []
}

/** The wall-clock times at which the second, third, … turn begins. */
function handOffsOf(layer: Layer, count: number): readonly number[] {
  const { unit, count: every } = layer.every
  const start = local(layer.start)
  const enough = start + count + 62 * dayMinutes
  const found: number[] = []
  if (unit === 'months')
    for (let month = every; (found.at(-1) ?? 0) < enough; month += every)
      found.push(local(Temporal.PlainDateTime.from(layer.start).add({ months: month }).toString().slice(0, 16)))
  if (unit === 'weeks') for (let at = start; at < enough; at += every * 7 * dayMinutes) found.push(at)
  if (unit === 'days') {
    let worked = 0
    for (let at = start; at < enough; at += dayMinutes) {
      if (!works(layer.windows, at)) continue
      if (worked % every === 0) found.push(at)
      worked += 1
    }
  }
  return unit === 'months' ? found : found.slice(1)
}

/** Whether any of the 24 hours from a wall-clock time is duty, by a clock that never changes. */
function works(windows: readonly Window[], from: number): boolean {
  const steady: Clock = { reached: (index) => index, isOver: (index, end) => index >= end }
  for (let at = from; at < from + dayMinutes; at++) if (onDuty(windows, steady, at)) return true
  return false
}

function onDuty(windows: readonly Window[], clock: Clock, index: number): boolean {
  if (windows.length === 0) return true
  const reached = clock.reached(index)
  const today = Math.floor(reached / dayMinutes)
  for (let date = today - 3; date <= today; date++)
    for (const { days, hours } of windows) {
      const weekday = new Date(date * dayMinutes * minute).getUTCDay() || 7
      if (!days.some((one) => one === weekday)) continue
      const midnight = date * dayMinutes
      if (!hours) {
        if (reached >= midnight && reached < midnight + dayMinutes) return true
        continue
      }
      const from = midnight + clockTime(hours.from)
      const to = midnight + clockTime(hours.to)
      if (reached >= from && !clock.isOver(index, to <= from ? to + dayMinutes : to)) return true
    }
  return false
}

const clockTime = (text: string): number => {
  const [hour, part] = text.split(':').map(Number)
  return (hour ?? 0) * 60 + (part ?? 0)
}

/** Instants as minutes since 1970; parsing them in each minute would take most of the time. */
const parsed = new Map<string, number>()
function epochMinute(instant: string): number {
  const known = parsed.get(instant) ?? Temporal.Instant.from(instant).epochMilliseconds / minute
  parsed.set(instant, known)
  return known
}

function stand(
  { versions, changes }: Roster,
  now: number,
  duty: (layer: Layer) => readonly PersonId[],
  stands: (temporary: Temporary) => boolean,
): { readonly people: ReadonlySet<PersonId>; readonly shadows: ReadonlySet<PersonId> } {
  const begun = (instant: string) => epochMinute(instant) <= now
  const known = versions.filter((version, index) => index === 0 || version.at === null || begun(version.at))
  const definition = known.at(-1)?.definition
  if (!definition) return { people: new Set(), shadows: new Set() }
  const temporary = definition.temporary.find(stands)
  const layers = temporary?.layers ?? definition.layers
  const working = layers.filter((layer) => !layer.shadow && duty(layer).length > 0)
  const highest = Math.max(...working.map(({ priority }) => priority))
  let people = new Set(working.filter(({ priority }) => priority === highest).flatMap(duty))
  for (const change of changes) {
    if (!begun(change.from) || begun(change.to)) continue
    if (temporary && epochMinute(change.at) < since(known, temporary.name)) continue
    if (change.instead === null) people = new Set([change.person])
    else if (people.delete(change.instead)) people.add(change.person)
  }
  const shadows = layers.filter(({ shadow }) => shadow).flatMap(duty)
  return { people, shadows: new Set(shadows.filter((person) => !people.has(person))) }
}

/** When the version in force, and each before it without a break, first had a temporary schedule. */
function since(known: Roster['versions'], name: string): number {
  let first = Number.NEGATIVE_INFINITY
  for (const { at, definition } of [...known].reverse()) {
    if (!definition?.temporary.some((one) => one.name === name)) break
    first = at === null ? Number.NEGATIVE_INFINITY : epochMinute(at)
  }
  return first
}
