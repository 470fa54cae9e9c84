import type { TextKey } from '../../../text/say.ts'
import { type Component, type Property, propertiesOf, textOf } from './lines.ts'
import { type Named, namedIn } from './named.ts'
import { type Rule, ruleOf } from './recurrence.ts'
import { type Zone, zoneOf } from './zones.ts'

/** A point on a wall clock; of a whole day only its date. */
export interface Moment {
  readonly wall: Temporal.PlainDateTime
  readonly zone: Zone
  readonly wholeDay: boolean
}

/** How an occurrence ends. `wall`: so much later on the wall clock, so that a week stays a week; `exact`: so many milliseconds more. */
export interface Length {
  readonly wallMs: number
  readonly exactMs: number
}

/** One VEVENT, understood. */
export interface Entry {
  /** Empty where it has none: then it is nobody's exception. */
  readonly uid: string
  readonly sequence: number
  readonly cancelled: boolean
  /** The occurrence of its series that it stands for. */
  readonly instead: Moment | null
  readonly start: Moment
  readonly length: Length
  readonly rules: readonly Rule[]
  readonly more: readonly { readonly start: Moment; readonly length: Length }[]
  readonly except: readonly Moment[]
  readonly title: string
  readonly named: Named
}

/** Why an entry is left out. */
export type Broken = Extract<TextKey, `calendar.entry-${string}`>

export interface Surroundings {
  readonly zones: readonly Component[]
  /** For times without a zone, and for whole days. */
  readonly zone: Zone
}

const dayMs = 86_400_000

/** Reads a VEVENT (RFC 5545, section 3.6.1), or tells what is wrong with it. */
export function entryOf(event: Component, around: Surroundings): Entry | Broken {
  if (event.open) return 'calendar.entry-unfinished'
  const start = single(event, 'dtstart', around)
  if (typeof start === 'string') return start === 'missing' ? 'calendar.entry-without-start' : start
  const length = lengthOf(event, start, around)
  if (typeof length === 'string') return length
  const instead = single(event, 'recurrence-id', around)
  if (typeof instead === 'string' && instead !== 'missing') return instead
  const [id] = propertiesOf(event, 'recurrence-id')
  if (id && id !== 'broken' && id.parameter('range') !== null) return 'calendar.entry-rule'
  const rules = propertiesOf(event, 'rrule').map((property) =>
    property === 'broken' ? null : (ruleOf.safeParse(property.values[0]).data ?? null),
  )
  if (rules.some((rule) => rule === null) || propertiesOf(event, 'exrule').length > 0) return 'calendar.entry-rule'
  const more = listed(event, 'rdate', around, start, length)
  const except = listed(event, 'exdate', around, start, length)
  if (typeof more === 'string') return more
  if (typeof except === 'string') return except
  return {
    uid: textOf(event, 'uid') ?? '',
    sequence: Number(textOf(event, 'sequence') ?? 0) || 0,
    cancelled: textOf(event, 'status')?.toUpperCase() === 'CANCELLED',
    instead: typeof instead === 'string' ? null : instead,
    start,
    length,
    rules: rules.filter((rule) => rule !== null),
    more,
    except: except.map((one) => one.start),
    title: textOf(event, 'summary') ?? '',
    named: namedIn(event),
  }
}

function single(event: Component, name: string, around: Surroundings): Moment | Broken | 'missing' {
  const [property] = propertiesOf(event, name)
  if (!property) return 'missing'
  return property === 'broken' ? 'calendar.entry-time' : momentOf(property, property.values[0], around)
}

/** The end, however it is told. Without any a whole day lasts a day, and a time lasts not at all. */
function lengthOf(event: Component, start: Moment, around: Surroundings): Length | Broken {
  const end = single(event, 'dtend', around)
  const [duration] = propertiesOf(event, 'duration')
  if (typeof end !== 'string') return between(start, end)
  if (end !== 'missing') return end
  if (!duration) return start.wholeDay ? { wallMs: dayMs, exactMs: 0 } : 'calendar.entry-without-length'
  return duration === 'broken' ? 'calendar.entry-time' : lasting(String(duration.values[0]))
}

function between(start: Moment, end: Moment): Length | Broken {
  if (start.wholeDay !== end.wholeDay) return 'calendar.entry-time'
  // An end in another zone is read on the clock of the start.
  const wall = end.zone === start.zone ? end.wall : start.zone.wall(end.zone.instant(end.wall))
  const wallMs = start.wall.until(wall).total({ unit: 'milliseconds', relativeTo: start.wall })
  // Some programs end a whole day on the day itself, not on the next one.
  if (start.wholeDay && wallMs === 0) return { wallMs: dayMs, exactMs: 0 }
  return positive({ wallMs, exactMs: 0 })
}

/** Weeks and days are those of the wall clock, the rest is exact (RFC 5545, section 3.3.6). */
function lasting(text: string): Length | Broken {
  const [, weeks, days, hours, minutes, seconds] =
    /^\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(text)?.map(Number) ??
    []
  if (weeks === undefined) return /^-P/.test(text) ? 'calendar.entry-backwards' : 'calendar.entry-time'
  const wallMs = ((weeks || 0) * 7 + (days || 0)) * dayMs
  const exactMs = ((hours || 0) * 3600 + (minutes || 0) * 60 + (seconds || 0)) * 1000
  return positive({ wallMs, exactMs })
}

function positive(length: Length): Length | Broken {
  const ms = length.wallMs + length.exactMs
  if (ms === 0) return 'calendar.entry-without-length'
  return ms < 0 ? 'calendar.entry-backwards' : length
}

/** RDATE and EXDATE: several lines of several values, of which some are periods. */
function listed(
  event: Component,
  name: string,
  around: Surroundings,
  start: Moment,
  length: Length,
): readonly { start: Moment; length: Length }[] | Broken {
  const found: { start: Moment; length: Length }[] = []
  for (const property of propertiesOf(event, name)) {
    if (property === 'broken') return 'calendar.entry-time'
    for (const value of property.values) {
      // Some programs write an empty list.
      if (/^(?:--)?(?:T::)?$/.test(String(value))) continue
      const [from, to] = Array.isArray(value) ? value.map(String) : [String(value)]
      const moment = momentOf(property, from, around)
      if (typeof moment === 'string') return moment
      const own = to === undefined ? length : /^[+-]?P/.test(to) ? lasting(to) : ending(property, to, moment, around)
      if (typeof own === 'string') return own
      found.push({ start: moment, length: moment.wholeDay === start.wholeDay ? own : length })
    }
  }
  return found
}

function ending(property: Property, value: string, start: Moment, around: Surroundings): Length | Broken {
  const end = momentOf(property, value, around)
  return typeof end === 'string' ? end : between(start, end)
}

const shape = /^(\d{4}-\d\d-\d\d)(?:T(?:::|(\d\d:\d\d):(\d\d)?)(Z)?)?$/

/** A value as the library leaves it: `2026-03-01T::` is a date whose kind was not told, `…T12:00:` one without seconds. */
function momentOf(property: Property, value: unknown, { zones, zone }: Surroundings): Moment | Broken {
  const [, date, minutes, seconds = '00', utc] = shape.exec(String(value)) ?? []
  const tzid = property.parameter('tzid')
  const own = utc ? zoneOf('UTC', []) : tzid === null ? zone : zoneOf(tzid, zones)
  if (date === undefined) return 'calendar.entry-time'
  if (!own) return 'calendar.entry-zone'
  try {
    const wall = Temporal.PlainDateTime.from(`${date}T${minutes ?? '00:00'}:${seconds}`, { overflow: 'reject' })
    return { wall, zone: own, wholeDay: minutes === undefined }
  } catch (cause) {
    if (cause instanceof RangeError) return 'calendar.entry-time'
    throw cause
  }
}
