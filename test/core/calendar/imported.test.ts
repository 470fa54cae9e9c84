import { describe, expect, it } from 'vitest'
import type { CalendarEvent, ImportedSpan } from '../../../src/core/calendar/events.ts'
import { calendarAt, foldCalendar, type ImportedCalendar, sameFrom } from '../../../src/core/calendar/imported.ts'

const day = (date: number, hour = 9) =>
  `2026-03-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`
const span = (person: string, from: number, to: number): ImportedSpan => ({
  title: person,
  people: [person],
  unknown: [],
  start: day(from),
  end: day(to),
})
const imported = (readAt: string, ...spans: ImportedSpan[]): CalendarEvent => ({
  type: 'calendar.imported',
  v: 1,
  data: { calendar: 'c', readAt, until: day(31), spans },
})
const fold = (...events: readonly (readonly [CalendarEvent, string])[]): ImportedCalendar =>
  events.reduce<ImportedCalendar | null>((known, [event, at]) => foldCalendar(known, event, at), null) ?? {
    spans: [],
    until: '',
    outages: [],
  }
const who = (calendar: ImportedCalendar, at: string) =>
  calendarAt(calendar, Temporal.Instant.from(at)).flatMap(({ people }) => people)

describe('a calendar that was read', () => {
  it('answers an instant with what was in force then, and what is to come with what was read last', () => {
    const first = imported(day(1), span('mei', 1, 8), span('tom', 8, 15))
    const second = imported(day(5), span('ana', 1, 8), span('tom', 8, 12), span('mei', 12, 15))
    const calendar = fold([first, day(1)], [second, day(5)])
    expect(who(calendar, day(2))).toEqual(['mei'])
    expect(who(calendar, day(5, 8))).toEqual(['mei'])
    expect(who(calendar, day(5))).toEqual(['ana'])
    expect(who(calendar, day(13))).toEqual(['mei'])
    expect(who(calendar, day(15))).toEqual([])
  })

  it('takes the first reading whole: nothing was in force before it', () => {
    expect(who(fold([imported(day(5), span('mei', 1, 8)), day(5)]), day(2))).toEqual(['mei'])
  })

  it('never lets a reading rewrite the past, whatever it says of it', () => {
    const calendar = fold(
      [imported(day(1), span('mei', 1, 8)), day(1)],
      [imported(day(10), span('tom', 1, 20)), day(10)],
    )
    for (let date = 1; date < 8; date++) expect(who(calendar, day(date))).toEqual(['mei'])
    expect(who(calendar, day(9))).toEqual([])
    expect(who(calendar, day(10))).toEqual(['tom'])
  })

  it('keeps a shift whole that goes on over a reading, also when its calendar has forgotten its beginning', () => {
    const cut = { ...span('mei', 1, 8), start: day(4) }
    for (const again of [span('mei', 1, 8), cut]) {
      const calendar = fold([imported(day(1), span('mei', 1, 8)), day(1)], [imported(day(4), again), day(4)])
      expect(calendar.spans).toEqual([span('mei', 1, 8)])
    }
  })

  it('keeps two shifts of one person apart, and two people at once together', () => {
    const both = [span('mei', 1, 8), span('tom', 1, 8)]
    const calendar = fold([imported(day(1), ...both), day(1)], [imported(day(4), ...both), day(4)])
    expect(calendar.spans).toEqual(both)
  })

  it('knows when nobody could read it', () => {
    const lost: CalendarEvent = {
      type: 'calendar.lost',
      v: 1,
      data: { calendar: 'c', readAt: day(1), code: 'calendar.late' },
    }
    const found: CalendarEvent = { type: 'calendar.found', v: 1, data: { calendar: 'c', readAt: day(3) } }
    const dark = fold([imported(day(1), span('mei', 1, 8)), day(1)], [lost, day(2)])
    expect(dark.outages).toEqual([{ from: day(2), to: null }])
    expect(who(dark, day(2, 10))).toEqual(['mei'])
    expect(foldCalendar(dark, found, day(3)).outages).toEqual([{ from: day(2), to: day(3) }])
  })
})

describe('whether two readings say the same', () => {
  const known = fold([imported(day(1), span('mei', 1, 8), span('tom', 8, 15)), day(1)])
  const same = (spans: readonly ImportedSpan[], from: string, until = day(31)) => sameFrom(known, spans, from, until)

  it('only what is to come counts', () => {
    expect(same([span('mei', 1, 8), span('tom', 8, 15)], day(2))).toBe(true)
    expect(same([span('tom', 8, 15), span('mei', 1, 8)], day(2))).toBe(true)
    expect(same([span('ana', 1, 8), span('tom', 8, 15)], day(8))).toBe(true)
    expect(same([{ ...span('mei', 1, 8), start: day(2) }, span('tom', 8, 15)], day(2))).toBe(true)
    expect(same([span('tom', 8, 15)], day(8))).toBe(true)
    expect(same([], day(15))).toBe(true)
  })

  it('and only what both have seen', () => {
    const further = { ...span('ana', 15, 16), start: '2026-04-02T09:00:00Z', end: '2026-04-03T09:00:00Z' }
    expect(same([span('mei', 1, 8), span('tom', 8, 15), further], day(2), '2026-04-10T00:00:00Z')).toBe(true)
  })

  it('another person, another time, one more, one less', () => {
    for (const spans of [
      [span('ana', 1, 8), span('tom', 8, 15)],
      [span('mei', 1, 7), span('tom', 8, 15)],
      [span('mei', 1, 8)],
      [span('mei', 1, 8), span('tom', 8, 15), span('ana', 8, 15)],
      [],
    ])
      expect(same(spans, day(2))).toBe(false)
  })
})
