import { type Component, propertiesOf, textOf } from './lines.ts'
import { occurrences, type Rule, ruleOf } from './recurrence.ts'
import { windowsZones } from './windows-zones.ts'

/** Where a wall clock hangs. A time that occurs twice is its first occurrence; one that is skipped moves by the gap (RFC 5545, 3.3.5). */
export interface Zone {
  instant(wall: Temporal.PlainDateTime): Temporal.Instant
  wall(instant: Temporal.Instant): Temporal.PlainDateTime
  startOfDay(date: Temporal.PlainDate): Temporal.Instant
}

/** A zone of the IANA database, or a fixed offset; null when there is none of that name. */
export function ianaZone(name: string): Zone | null {
  if (!/^(?:[A-Za-z][\w+/-]*|[+-]\d\d:?\d\d)$/.test(name)) return null
  try {
    const id = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
    return {
      instant: (wall) => wall.toZonedDateTime(id).toInstant(),
      wall: (instant) => instant.toZonedDateTimeISO(id).toPlainDateTime(),
      startOfDay: (date) => date.toZonedDateTime(id).toInstant(),
    }
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}

/**
 * The zone that a calendar means by a TZID: the IANA name itself, such a name behind a prefix (`/mozilla.org/20050126_1/Europe/Berlin`),
 * what its VTIMEZONE calls its location, a name of Windows, and else the rules its VTIMEZONE spells out. Null when none of that is there.
 */
export function zoneOf(tzid: string, definitions: readonly Component[]): Zone | null {
  const definition = definitions.find((one) => textOf(one, 'tzid') === tzid.trim())
  const location = definition && textOf(definition, 'x-lic-location')
  return named(tzid.trim()) ?? (location ? named(location) : null) ?? (definition ? spelledOut(definition) : null)
}

/** By a name alone. */
export function named(name: string): Zone | null {
  const parts = name.split('/').filter((part) => part !== '')
  for (let at = 0; at < parts.length; at++) {
    const zone = ianaZone(parts.slice(at).join('/'))
    // `/vendor/1/UTC` is one; a last part without a region is otherwise too little to go by.
    if (zone && (at === 0 || at < parts.length - 1 || /^(?:UTC|GMT)$/i.test(parts.at(-1) ?? ''))) return zone
  }
  const windows = windowsZones[name]
  return windows === undefined ? null : ianaZone(windows)
}

/** From when on which offset counts. */
interface Change {
  readonly at: Temporal.Instant
  readonly beforeMs: number
  readonly afterMs: number
}

/** The rules of a VTIMEZONE (RFC 5545, section 3.6.5); null when they cannot be understood. */
function spelledOut(definition: Component): Zone | null {
  const observances = definition.parts.map(observanceOf)
  if (observances.length === 0 || observances.some((one) => one === null)) return null
  const byYear = new Map<number, readonly Change[]>()
  const changesAround = (year: number): readonly Change[] => {
    const known = byYear.get(year)
    if (known) return known
    const to = Temporal.PlainDateTime.from({ year: year + 2, month: 1, day: 1 })
    const all = observances.flatMap((one) => one?.(to.subtract({ years: 4 }), to) ?? [])
    const sorted = all.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
    byYear.set(year, sorted)
    return sorted
  }
  const offsetMs = (instant: Temporal.Instant): number => {
    const changes = changesAround(instant.toZonedDateTimeISO('UTC').year)
    const last = changes.findLast(({ at }) => Temporal.Instant.compare(at, instant) <= 0)
    return last?.afterMs ?? changes[0]?.beforeMs ?? 0
  }
  const instant = (wall: Temporal.PlainDateTime): Temporal.Instant => {
    const asUtc = wall.toZonedDateTime('UTC').toInstant()
    const offsets = [-1, 1].map((days) => offsetMs(asUtc.add({ hours: 24 * days })))
    const tried = offsets.map((ms) => asUtc.subtract({ milliseconds: ms }))
    const fitting = tried.filter((one) => one.add({ milliseconds: offsetMs(one) }).equals(asUtc))
    // In a gap nothing fits: then the offset before it counts.
    return (
      (fitting.length > 0 ? fitting : tried).sort(Temporal.Instant.compare).at(fitting.length > 0 ? 0 : -1) ?? asUtc
    )
  }
  return {
    instant,
    wall: (of) =>
      of
        .add({ milliseconds: offsetMs(of) })
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime(),
    startOfDay: (date) => instant(date.toPlainDateTime()),
  }
}

type Observance = (from: Temporal.PlainDateTime, to: Temporal.PlainDateTime) => readonly Change[]

/** STANDARD or DAYLIGHT: the changes it makes. Its times are on the clock that hung there before. */
function observanceOf(part: Component): Observance | null {
  const [start] = propertiesOf(part, 'dtstart')
  const [rrule, ...more] = propertiesOf(part, 'rrule')
  const beforeMs = offsetIn(part, 'tzoffsetfrom')
  const afterMs = offsetIn(part, 'tzoffsetto')
  if (!start || start === 'broken' || rrule === 'broken' || more.length > 0) return null
  if (beforeMs === null || afterMs === null) return null
  const begin = plainDateTime(start.values[0])
  const rule: Rule | null | undefined = rrule ? (ruleOf.safeParse(rrule.values[0]).data ?? null) : undefined
  if (!begin || rule === null || (rule && rule.freq !== 'YEARLY')) return null
  const extra = propertiesOf(part, 'rdate').flatMap((property) => (property === 'broken' ? [] : property.values))
  const once = [begin, ...extra.flatMap((value) => plainDateTime(value) ?? [])]
  const until = rule?.until === undefined ? null : plainDateTime(rule.until)
  return (from, to) => {
    const repeated = rule ? (occurrences({ ...rule, until: undefined }, begin, from, to, { steps: 20_000 }) ?? []) : []
    const walls = [...once, ...repeated].filter(
      (wall) => !until || Temporal.PlainDateTime.compare(wall, until.add({ days: 1 })) <= 0,
    )
    return walls.map((wall) => ({
      at: wall.toZonedDateTime('UTC').toInstant().subtract({ milliseconds: beforeMs }),
      beforeMs,
      afterMs,
    }))
  }
}

/** jCal has `+01:00`, also with seconds. */
function offsetIn(part: Component, name: string): number | null {
  const [property] = propertiesOf(part, name)
  const text = property && property !== 'broken' ? String(property.values[0]) : ''
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? []
  if (sign === undefined) return null
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
}

function plainDateTime(value: unknown): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(String(value).replace(/Z$/, ''))
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}
