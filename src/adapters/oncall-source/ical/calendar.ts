import type { Notice } from '../../../core/release/release.ts'
import type { Calendar, CalendarSpan, CalendarWindow } from '../../../ports/oncall-source.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import { type Entry, entryOf, type Length, type Moment } from './entry.ts'
import { type Component, textOf } from './lines.ts'
import { type Budget, occurrences } from './recurrence.ts'
import { ianaZone, named, type Zone, zoneOf } from './zones.ts'

const hourMs = 3_600_000
/** What is told of one calendar at a time, so that one mistake in every entry does not fill a page. */
const mostNotices = 20

/** All that calendars say of a window. `timeZone` is for times without a zone, where a calendar names none itself. */
export function spansIn(calendars: readonly Component[], timeZone: string, window: CalendarWindow): Calendar {
  const notices: Notice[] = []
  const tell = (code: Extract<TextKey, `calendar.${string}`>, title: string) => {
    if (notices.length < mostNotices) notices.push({ code, wording: wording(code, { title: title || '—' }) })
  }
  const budget: Budget = { steps: 100_000 }
  const spans = calendars.flatMap((calendar) => {
    const zones = calendar.parts.filter(({ name }) => name === 'vtimezone')
    const zone = zoneFor(calendar, zones, timeZone, tell)
    const entries = calendar.parts
      .filter(({ name }) => name === 'vevent')
      .flatMap((event) => {
        const entry = entryOf(event, { zones, zone })
        if (typeof entry !== 'string') return [entry]
        tell(entry, textOf(event, 'summary') ?? textOf(event, 'uid') ?? '')
        return []
      })
    return seriesOf(entries, tell).flatMap((series) => {
      const found = spansOf(series, window, budget)
      if (found) return found
      tell('calendar.entry-too-often', series.main[0]?.title ?? '')
      return []
    })
  })
  const once = new Map(spans.map((span) => [JSON.stringify(span), span]))
  const sorted = [...once.values()].sort(
    (a, b) => Temporal.Instant.compare(a.start, b.start) || Temporal.Instant.compare(a.end, b.end),
  )
  return { spans: sorted, notices }
}

type Tell = (code: Extract<TextKey, `calendar.${string}`>, title: string) => void

/** The zone that the calendar itself says its times are in. */
function zoneFor(calendar: Component, zones: readonly Component[], timeZone: string, tell: Tell): Zone {
  const told = textOf(calendar, 'x-wr-timezone')
  const own = told === null ? null : (named(told) ?? zoneOf(told, zones))
  if (told !== null && !own) tell('calendar.zone-unknown', told)
  const zone = own ?? ianaZone(timeZone)
  if (!zone) throw new TypeError(`there is no time zone ${timeZone}`)
  return zone
}

/** What belongs together: entries of one UID, and those that stand for single occurrences of them. */
interface Series {
  readonly main: readonly Entry[]
  readonly exceptions: readonly Entry[]
}

function seriesOf(entries: readonly Entry[], tell: Tell): readonly Series[] {
  const alone = entries.filter(({ uid }) => uid === '').map((entry) => ({ main: [entry], exceptions: [] }))
  const byUid = Map.groupBy(
    entries.filter(({ uid }) => uid !== ''),
    ({ uid }) => uid,
  )
  const together = [...byUid.values()].map((all): Series => {
    const whole = all.filter(({ instead }) => instead === null)
    // An older revision that was left in is no second event.
    const newest = Math.max(...whole.map(({ sequence }) => sequence))
    const main = whole.filter(({ sequence }) => sequence === newest)
    if (new Set(main.map(({ start }) => start.wall.toString())).size > 1)
      tell('calendar.entry-twice', main[0]?.title ?? '')
    return { main, exceptions: all.filter(({ instead }) => instead !== null) }
  })
  return [...alone, ...together]
}

/** Every occurrence of a series that touches the window; null when that would take too long. */
function spansOf({ main, exceptions }: Series, window: CalendarWindow, budget: Budget): readonly CalendarSpan[] | null {
  const spans: CalendarSpan[] = []
  const inWindow = ({ start, end }: CalendarSpan) =>
    Temporal.Instant.compare(start, window.to) < 0 && Temporal.Instant.compare(end, window.from) > 0
  for (const entry of main) {
    if (entry.cancelled) continue
    const starts = startsOf(entry, window, budget)
    if (!starts) return null
    for (const { start, length } of starts) {
      const left = [...entry.except, ...exceptions.flatMap(({ instead }) => instead ?? [])]
      if (!left.some((moment) => isAt(moment, start))) spans.push(spanOf(entry, start, length))
    }
  }
  for (const entry of latest(exceptions)) if (!entry.cancelled) spans.push(spanOf(entry, entry.start, entry.length))
  return spans.filter(inWindow)
}

/** Of several exceptions for one occurrence, the last revision. */
function latest(exceptions: readonly Entry[]): readonly Entry[] {
  const byPlace = Map.groupBy(exceptions, ({ instead }) => (instead ? String(begin(instead)) : ''))
  return [...byPlace.values()].flatMap((all) => [...all].sort((a, b) => a.sequence - b.sequence).at(-1) ?? [])
}

function startsOf(
  { start, length, rules, more }: Entry,
  window: CalendarWindow,
  budget: Budget,
): readonly { start: Moment; length: Length }[] | null {
  const first = { start, length }
  if (rules.length === 0) return [first, ...more]
  const { zone } = start
  // A day more on either side, for wall clocks and instants are not the same.
  const from = zone.wall(window.from.subtract({ milliseconds: length.wallMs + length.exactMs + 24 * hourMs }))
  const to = zone.wall(window.to.add({ hours: 24 }))
  const found: { start: Moment; length: Length }[] = []
  for (const rule of rules) {
    const walls = occurrences(rule, start.wall, from, to, budget)
    if (!walls) return null
    const { until } = rule
    for (const wall of walls) {
      const moment = { ...start, wall }
      if (until === undefined || isUntil(until, moment)) found.push({ start: moment, length })
    }
  }
  return [...found, ...more]
}

/**
 * Whether an occurrence is not after UNTIL. It should be UTC where the start has a zone, and often is not: then it is meant in that zone.
 * A date takes the whole day with it, and so does midnight UTC for whole days.
 */
function isUntil(until: string, moment: Moment): boolean {
  const [, date = '', time, utc] = /^(\d{4}-\d\d-\d\d)(?:T([\d:]*?):?(Z)?)?$/.exec(until) ?? []
  const wholeDay = time === undefined || !/\d/.test(time) || (moment.wholeDay && (!utc || time === '00:00:00'))
  if (wholeDay) return moment.wall.toPlainDate().toString() <= date
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`)
  const last = utc ? wall.toZonedDateTime('UTC').toInstant() : moment.zone.instant(wall)
  return Temporal.Instant.compare(begin(moment), last) <= 0
}

/** Whether an exception means this occurrence. One that is only a date means that day's. */
const isAt = (exception: Moment, start: Moment): boolean =>
  exception.wholeDay || start.wholeDay
    ? exception.wall.toPlainDate().equals(start.wall.toPlainDate())
    : begin(exception).equals(begin(start))

const begin = ({ wall, zone, wholeDay }: Moment): Temporal.Instant =>
  wholeDay ? zone.startOfDay(wall.toPlainDate()) : zone.instant(wall)

function spanOf({ title, named: people }: Entry, start: Moment, { wallMs, exactMs }: Length): CalendarSpan {
  // The end is on the wall clock too: a shift from Tuesday 00:00 to Tuesday 00:00 is an hour longer or shorter when clocks change.
  // (By RFC 5545, 3.8.5.3, a repeated DTEND is an exact length; whoever keeps rotations in a calendar means the other.)
  const end = begin({ ...start, wall: start.wall.add({ milliseconds: wallMs }) })
  const over = wallMs === 0 ? begin(start) : end
  return { title, named: people, start: begin(start).toString(), end: over.add({ milliseconds: exactMs }).toString() }
}
