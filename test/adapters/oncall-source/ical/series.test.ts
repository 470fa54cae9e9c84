import { describe, expect, it } from 'vitest'
import { type Asked, calendarOf, linesOf, readCalendar } from '../../../kit/calendar.ts'

const march = { from: '2026-03-01T00:00Z', to: '2026-04-01T00:00Z' }
const lines = (entries: readonly (readonly string[])[], asked: Asked = march) =>
  linesOf(readCalendar(calendarOf(entries), asked))
const days = (of: readonly string[]) => of.map((line) => line.slice(0, 10))

const daily = [
  'UID:s',
  'SUMMARY:S',
  'DTSTART;TZID=Europe/Berlin:20260310T100000',
  'DTEND;TZID=Europe/Berlin:20260310T110000',
]

describe('clock changes', () => {
  it('keeps a weekly hand-off at its wall-clock time, to the hour of its end', () => {
    const weekly = [
      'DTSTART;TZID=America/Chicago:20241001T000000',
      'DTEND;TZID=America/Chicago:20241008T000000',
      'RRULE:FREQ=WEEKLY',
    ]
    const on = (at: string) =>
      lines([['UID:w', 'SUMMARY:W', ...weekly]], { from: at, to: at.replace('00:00Z', '00:01Z') })
    expect(on('2024-11-04T00:00Z')).toEqual(['2024-10-29T05:00 … 2024-11-05T06:00 W'])
    expect(on('2025-03-10T00:00Z')).toEqual(['2025-03-04T06:00 … 2025-03-11T05:00 W'])
  })

  it('leaves no gap and no overlap between shifts that take turns over a year, in zones with odd clock changes', () => {
    const zones = [
      'Europe/London',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Asia/Kathmandu',
      'Africa/Cairo',
      'Pacific/Chatham',
    ]
    for (const zone of zones)
      for (const hour of ['00', '02', '03', '23']) {
        const turn = (name: string, first: string, second: string) => [
          `UID:${name}`,
          `SUMMARY:${name}`,
          `DTSTART;TZID=${zone}:${first}T${hour}0000`,
          `DTEND;TZID=${zone}:${second}T${hour}0000`,
          'RRULE:FREQ=DAILY;INTERVAL=2',
        ]
        const { spans } = readCalendar(
          calendarOf([turn('a', '20260101', '20260102'), turn('b', '20260102', '20260103')]),
        )
        expect(spans.length).toBeGreaterThan(360)
        for (const [at, span] of spans.entries())
          if (at > 0) expect(`${zone} ${hour} ${span.start}`).toBe(`${zone} ${hour} ${spans[at - 1]?.end}`)
      }
  })

  it('takes a skipped time after the gap, a repeated one at its first occurrence', () => {
    const at = (wall: string) =>
      lines([['UID:x', 'SUMMARY:X', `DTSTART;TZID=Europe/Berlin:${wall}`, 'DURATION:PT1H']], {
        from: '2026-01-01T00:00Z',
        to: '2027-01-01T00:00Z',
      })
    expect(at('20260329T023000')).toEqual(['2026-03-29T01:30 … 2026-03-29T02:30 X'])
    expect(at('20261025T023000')).toEqual(['2026-10-25T00:30 … 2026-10-25T01:30 X'])
  })

  it('counts the hours of a duration exactly, and its days by the wall clock', () => {
    const lasting = (duration: string) =>
      lines([['UID:x', 'SUMMARY:X', 'DTSTART;TZID=Europe/Berlin:20260328T120000', `DURATION:${duration}`]])
    expect(lasting('P1D')).toEqual(['2026-03-28T11:00 … 2026-03-29T10:00 X'])
    expect(lasting('PT24H')).toEqual(['2026-03-28T11:00 … 2026-03-29T11:00 X'])
  })

  it('begins whole days when they begin, also where midnight is skipped', () => {
    const read = readCalendar(
      calendarOf(
        [['SUMMARY:D', 'DTSTART;VALUE=DATE:20260424', 'RRULE:FREQ=DAILY;COUNT=2']],
        ['X-WR-TIMEZONE:Africa/Cairo'],
      ),
    )
    expect(linesOf(read)).toEqual(['2026-04-23T22:00 … 2026-04-24T21:00 D', '2026-04-24T21:00 … 2026-04-25T21:00 D'])
  })
})

describe('UNTIL', () => {
  it.each([
    ['UTC', 'UNTIL=20260313T090000Z', 4],
    ['UTC, a second before', 'UNTIL=20260313T085959Z', 3],
    ['local, as it should not be', 'UNTIL=20260313T100000', 4],
    ['local, before', 'UNTIL=20260313T095959', 3],
    ['a date takes the day with it', 'UNTIL=20260313', 4],
    ['before the start', 'UNTIL=20260101', 0],
    ['COUNT', 'COUNT=5', 5],
  ])('%s', (_, until, count) => {
    expect(lines([[...daily, `RRULE:FREQ=DAILY;${until}`]])).toHaveLength(count)
  })

  it('of whole days: a date, midnight UTC, and midnight where the calendar is', () => {
    const series = (until: string) =>
      readCalendar(
        calendarOf(
          [['SUMMARY:D', 'DTSTART;VALUE=DATE:20260310', `RRULE:FREQ=DAILY;UNTIL=${until}`]],
          ['X-WR-TIMEZONE:America/New_York'],
        ),
      ).spans
    expect(series('20260312')).toHaveLength(3)
    expect(series('20260312T000000Z')).toHaveLength(3)
    expect(series('20260312T040000Z')).toHaveLength(3)
  })
})

describe('exceptions', () => {
  const rule = 'RRULE:FREQ=DAILY;COUNT=4'
  it.each([
    ['in the same zone', 'EXDATE;TZID=Europe/Berlin:20260311T100000'],
    ['in UTC', 'EXDATE:20260311T090000Z'],
    ['in another zone', 'EXDATE;TZID=Asia/Shanghai:20260311T170000'],
    ['as a day', 'EXDATE;VALUE=DATE:20260311'],
  ])('EXDATE %s', (_, exception) => {
    expect(days(lines([[...daily, rule, exception]]))).toEqual(['2026-03-10', '2026-03-12', '2026-03-13'])
  })

  it('several on one line and on several', () => {
    const more = ['EXDATE:20260310T090000Z,20260311T090000Z', 'EXDATE:20260312T090000Z']
    expect(days(lines([[...daily, rule, ...more]]))).toEqual(['2026-03-13'])
  })

  it('RDATE adds times, days and periods', () => {
    const more = [
      'RDATE;TZID=Europe/Berlin:20260320T100000',
      'RDATE;VALUE=PERIOD:20260321T000000Z/20260321T030000Z,20260322T000000Z/PT5H',
    ]
    expect(lines([[...daily, ...more]])).toEqual([
      '2026-03-10T09:00 … 2026-03-10T10:00 S',
      '2026-03-20T09:00 … 2026-03-20T10:00 S',
      '2026-03-21T00:00 … 2026-03-21T03:00 S',
      '2026-03-22T00:00 … 2026-03-22T05:00 S',
    ])
  })

  const moved = (...more: string[]) => [
    'UID:s',
    'SUMMARY:M',
    'DTSTART:20260311T200000Z',
    'DTEND:20260311T210000Z',
    ...more,
  ]

  it('RECURRENCE-ID moves one occurrence, in whatever order the entries stand', () => {
    const one = moved('RECURRENCE-ID;TZID=Europe/Berlin:20260311T100000')
    const expected = ['2026-03-10T09:00 … 2026-03-10T10:00 S', '2026-03-11T20:00 … 2026-03-11T21:00 M']
    for (const all of [
      [[...daily, 'RRULE:FREQ=DAILY;COUNT=2'], one],
      [one, [...daily, 'RRULE:FREQ=DAILY;COUNT=2']],
    ])
      expect(lines(all)).toEqual(expected)
  })

  it('a cancelled one is gone, one without its series stands by itself, the last revision counts', () => {
    const id = 'RECURRENCE-ID:20260311T090000Z'
    expect(days(lines([[...daily, rule], moved(id, 'STATUS:CANCELLED')]))).toEqual([
      '2026-03-10',
      '2026-03-12',
      '2026-03-13',
    ])
    expect(lines([moved(id)])).toEqual(['2026-03-11T20:00 … 2026-03-11T21:00 M'])
    const newer = moved(id, 'SEQUENCE:3').map((line) => line.replace('SUMMARY:M', 'SUMMARY:N'))
    expect(lines([newer, [...daily, 'RRULE:FREQ=DAILY;COUNT=2'], moved(id, 'SEQUENCE:2')])).toContain(
      '2026-03-11T20:00 … 2026-03-11T21:00 N',
    )
  })

  it('moves an occurrence into the window, and out of it', () => {
    const into = ['UID:s', 'SUMMARY:M', 'DTSTART:20260305T100000Z', 'DURATION:PT1H', 'RECURRENCE-ID:20260311T090000Z']
    const early = { from: '2026-03-05T00:00Z', to: '2026-03-06T00:00Z' }
    expect(lines([[...daily, rule], into], early)).toEqual(['2026-03-05T10:00 … 2026-03-05T11:00 M'])
  })
})

describe('one UID twice', () => {
  const once = ['UID:u', 'SUMMARY:A', 'DTSTART:20260310T100000Z', 'DURATION:PT1H']
  it('the same entry twice is one', () => {
    const read = readCalendar(calendarOf([once, once]), march)
    expect(linesOf(read)).toHaveLength(1)
    expect(read.notices).toEqual([])
  })

  it('an older revision does not count', () => {
    const newer = ['UID:u', 'SUMMARY:B', 'DTSTART:20260311T100000Z', 'DURATION:PT1H', 'SEQUENCE:2']
    expect(lines([once, newer])).toEqual(['2026-03-11T10:00 … 2026-03-11T11:00 B'])
  })

  it('different entries all count, and that is told', () => {
    const other = ['UID:u', 'SUMMARY:B', 'DTSTART:20260312T100000Z', 'DURATION:PT1H']
    const read = readCalendar(calendarOf([once, other]), march)
    expect(linesOf(read)).toHaveLength(2)
    expect(read.notices.map(({ code }) => code)).toEqual(['calendar.entry-twice'])
  })
})

it('gives whole spans that touch the window, half-open', () => {
  const one = [['UID:x', 'SUMMARY:X', 'DTSTART:20260310T100000Z', 'DTEND:20260310T120000Z']]
  const within = (from: string, to: string) => lines(one, { from, to }).length
  expect(within('2026-03-10T11:59Z', '2026-03-10T12:00Z')).toBe(1)
  expect(within('2026-03-10T12:00Z', '2026-03-10T13:00Z')).toBe(0)
  expect(within('2026-03-10T09:00Z', '2026-03-10T10:00Z')).toBe(0)
  expect(within('2026-03-10T09:00Z', '2026-03-10T10:01Z')).toBe(1)
})
