import { describe, expect, it } from 'vitest'
import { calendarsIn } from '../../../../src/adapters/oncall-source/ical/lines.ts'
import { type Asked, calendarOf, linesOf, readCalendar } from '../../../kit/calendar.ts'

const good = ['UID:good', 'SUMMARY:Good', 'DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z']
const goodLine = '2026-03-02T10:00 … 2026-03-02T11:00 Good'
const day = { from: '2026-03-01T00:00Z', to: '2026-04-30T00:00Z' }

/** What becomes of one entry beside a good one. */
function alone(entry: readonly string[], asked: Asked = day, more: readonly string[] = []) {
  const read = readCalendar(calendarOf([entry, good], more), asked)
  const lines = linesOf(read)
  expect(lines).toContain(goodLine)
  return { lines: lines.filter((line) => line !== goodLine), told: read.notices.map(({ code }) => code) }
}

const start = 'DTSTART:20260303T100000Z'
const end = 'DTEND:20260303T120000Z'
const named = ['UID:x', 'SUMMARY:X']

describe('a broken entry costs itself only', () => {
  it.each<[string, readonly string[], string]>([
    ['no start', [...named, end], 'calendar.entry-without-start'],
    ['no end and no duration', [...named, start], 'calendar.entry-without-length'],
    ['no length', [...named, start, 'DTEND:20260303T100000Z'], 'calendar.entry-without-length'],
    ['a duration of nothing', [...named, start, 'DURATION:PT0S'], 'calendar.entry-without-length'],
    ['backwards', [...named, start, 'DTEND:20260303T090000Z'], 'calendar.entry-backwards'],
    ['a negative duration', [...named, start, 'DURATION:-PT1H'], 'calendar.entry-backwards'],
    ['a start that is none', [...named, 'DTSTART:tomorrow', end], 'calendar.entry-time'],
    ['a day that there is not', [...named, 'DTSTART:20260231T100000Z', end], 'calendar.entry-time'],
    ['an hour that there is not', [...named, 'DTSTART:20260303T250000Z', end], 'calendar.entry-time'],
    ['ISO 8601 with hyphens', [...named, 'DTSTART:2026-03-03T10:00:00Z', end], 'calendar.entry-time'],
    ['a duration in words', [...named, start, 'DURATION:2 hours'], 'calendar.entry-time'],
    ['a day that ends at a time', [...named, 'DTSTART;VALUE=DATE:20260303', end], 'calendar.entry-time'],
    ['a time that ends with a day', [...named, start, 'DTEND;VALUE=DATE:20260304'], 'calendar.entry-time'],
    ['a parameter without a value', [...named, 'DTSTART;TZID:20260303T100000', end], 'calendar.entry-time'],
    ['a zone nobody knows', [...named, 'DTSTART;TZID=Mars/Olympus:20260303T100000', end], 'calendar.entry-zone'],
    ['a zone of three letters', [...named, 'DTSTART;TZID=BST:20260303T100000', end], 'calendar.entry-zone'],
    ['an exception nobody can place', [...named, start, end, 'EXDATE:soon'], 'calendar.entry-time'],
    ['a frequency that there is not', [...named, start, end, 'RRULE:FREQ=SOMETIMES'], 'calendar.entry-rule'],
    ['a rule without a frequency', [...named, start, end, 'RRULE:INTERVAL=2'], 'calendar.entry-rule'],
    ['a weekday that there is not', [...named, start, end, 'RRULE:FREQ=WEEKLY;BYDAY=XX'], 'calendar.entry-rule'],
    ['an UNTIL that is none', [...named, start, end, 'RRULE:FREQ=DAILY;UNTIL=bogus'], 'calendar.entry-rule'],
    ['every second', [...named, start, end, 'RRULE:FREQ=SECONDLY'], 'calendar.entry-rule'],
    ['a part nobody knows', [...named, start, end, 'RRULE:FREQ=DAILY;SKIP=FORWARD'], 'calendar.entry-rule'],
    ['an exclusion rule', [...named, start, end, 'EXRULE:FREQ=DAILY'], 'calendar.entry-rule'],
    [
      'from here on',
      [...named, 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T100000Z', start, end],
      'calendar.entry-rule',
    ],
    [
      'far too often',
      [...named, 'DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY;COUNT=99999999'],
      'calendar.entry-too-often',
    ],
  ])('%s', (_, entry, code) => {
    expect(alone(entry)).toEqual({ lines: [], told: [code] })
  })

  it('an entry whose end is missing, in the middle of the calendar', () => {
    const text = calendarOf([good]).replace('BEGIN:VEVENT', `BEGIN:VEVENT\r\nSUMMARY:X\r\n${start}\r\nBEGIN:VEVENT`)
    const read = readCalendar(text)
    expect(linesOf(read)).toEqual([goodLine])
    expect(read.notices.map(({ code }) => code)).toEqual(['calendar.entry-unfinished'])
  })

  it('tells twenty mistakes, not a thousand', () => {
    const read = readCalendar(calendarOf([...Array(1000).fill([...named, end]), good]))
    expect(linesOf(read)).toEqual([goodLine])
    expect(read.notices).toHaveLength(20)
  })
})

describe('what is only odd is read', () => {
  const line = '2026-03-03T10:00 … 2026-03-03T12:00 X'
  it.each<[string, readonly string[], readonly string[], Asked?, string[]?]>([
    ['lines that are none', [...named, start, end, 'garbage', 'DESCRIPTION:one', 'two without a fold'], [line]],
    ['names in small letters', ['uid:x', 'summary:X', 'dtstart:20260303T100000Z', 'dtend:20260303T120000Z'], [line]],
    ['no UID', ['SUMMARY:X', start, end], [line]],
    [
      'a title with commas',
      [...named.slice(0, 1), 'SUMMARY:a\\, b\\; c\\nd', start, end],
      [line.replace('X', 'a, b; c d')],
    ],
    ['no title', ['UID:x', start, end], [line.replace('X', '')]],
    ['seconds left out', [...named, 'DTSTART:20260303T1000Z', end], [line]],
    ['a duration', [...named, start, 'DURATION:PT2H'], [line]],
    ['small letters in a rule', [...named, start, end, 'RRULE:freq=daily;count=1'], [line]],
    ['an empty exception', [...named, start, end, 'EXDATE:'], [line]],
    ['a day', [...named, 'DTSTART;VALUE=DATE:20260303'], ['2026-03-03T00:00 … 2026-03-04T00:00 X']],
    [
      'a day that does not say so',
      [...named, 'DTSTART:20260303', 'DTEND:20260305'],
      ['2026-03-03T00:00 … 2026-03-05T00:00 X'],
    ],
    [
      'a day that ends on itself',
      [...named, 'DTSTART;VALUE=DATE:20260303', 'DTEND;VALUE=DATE:20260303'],
      ['2026-03-03T00:00 … 2026-03-04T00:00 X'],
    ],
    ['cancelled', [...named, start, end, 'STATUS:CANCELLED'], []],
    ['cancelled in small letters', [...named, start, end, 'STATUS:cancelled'], []],
    [
      'a floating time, in the zone given',
      [...named, 'DTSTART:20260303T100000', 'DTEND:20260303T120000'],
      ['2026-03-03T04:30 … 2026-03-03T06:30 X'],
      { ...day, timeZone: 'Asia/Kolkata' },
    ],
    [
      "a floating time, in the calendar's zone",
      [...named, 'DTSTART:20260303T100000', 'DTEND:20260303T120000'],
      ['2026-03-03T15:00 … 2026-03-03T17:00 X'],
      { ...day, timeZone: 'Asia/Kolkata' },
      ['X-WR-TIMEZONE:America/New_York'],
    ],
    [
      "a day, in the calendar's zone",
      [...named, 'DTSTART;VALUE=DATE:20260303'],
      ['2026-03-02T16:00 … 2026-03-03T16:00 X'],
      day,
      ['X-WR-TIMEZONE:China Standard Time'],
    ],
    [
      'a start and an end in two zones',
      [...named, 'DTSTART;TZID=Europe/Berlin:20260303T100000', 'DTEND;TZID=Asia/Shanghai:20260303T190000'],
      ['2026-03-03T09:00 … 2026-03-03T11:00 X'],
    ],
  ])('%s', (_, entry, lines, asked = day, more = []) => {
    expect(alone(entry, asked, more)).toEqual({ lines, told: [] })
  })

  it('says when the zone of the whole calendar is unknown', () => {
    const { told } = alone([...named, 'DTSTART:20260303T100000', 'DURATION:PT1H'], day, ['X-WR-TIMEZONE:Nowhere'])
    expect(told).toEqual(['calendar.zone-unknown'])
  })
})

describe('the body as a whole', () => {
  const text = calendarOf([good])
  it.each([
    ['CRLF', text],
    ['LF', text.replaceAll('\r\n', '\n')],
    ['CR', text.replaceAll('\r\n', '\r')],
    ['a byte order mark', `\uFEFF${text}`],
    ['empty lines', `\r\n\r\n${text}\r\n\r\n`],
    ['no line end at the end', text.trimEnd()],
    ['spaces behind END', text.replace('END:VCALENDAR', 'END:VCALENDAR  ')],
    ['small letters', text.replace('BEGIN:VEVENT', 'begin:vevent').replace('END:VEVENT', 'end:vevent')],
    ['every line folded everywhere', text.replace(/(?<=[^\r\n])(?=[^\r\n])/g, '\r\n ')],
    ['folded with tabs', text.replace('SUMMARY:Good', 'SUMM\r\n\tARY:Good')],
    ['two calendars', text.replace('SUMMARY:Good', 'SUMMARY:Other') + text],
  ])('%s', (_, body) => {
    expect(linesOf(readCalendar(body))).toContain(goodLine)
  })

  it('undoes a fold within a letter', () => {
    const bytes = Buffer.from(calendarOf([[...good, 'SUMMARY:值班']]).replace('SUMMARY:Good\r\n', ''))
    const at = bytes.indexOf(Buffer.from('值')) + 1
    const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)])
    expect(linesOf(readCalendar(folded))).toEqual([goodLine.replace('Good', '值班')])
  })

  it('is none, or not all of one', () => {
    for (const body of ['', '<!doctype html><html>Sign in</html>', '{"error":"no"}', 'BEGIN:VCARD\r\nEND:VCARD\r\n'])
      expect(calendarsIn(Buffer.from(body))).toBeNull()
    for (let length = text.indexOf('VERSION'); length < text.indexOf('END:VCALENDAR') + 12; length += 7)
      expect(calendarsIn(Buffer.from(text.slice(0, length)))).toBe('cut')
  })

  it('may be empty', () => {
    expect(readCalendar(calendarOf([]))).toEqual({ spans: [], notices: [] })
  })
})
