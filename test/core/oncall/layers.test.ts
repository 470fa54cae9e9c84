import { describe, expect, it } from 'vitest'
import { shifts, whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import { type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import {
  at,
  day,
  days,
  everyDay,
  hours,
  layer,
  listed,
  roster,
  schedule,
  who,
  wholeDays,
  window,
  workdays,
} from './kit.ts'

const clock = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00`
/** On duty from one hour to another of one day. */
const span = (person: string, from: number, to: number, priority: number) =>
  layer(person, { start: clock(from), end: clock(to), priority })

describe('layers', () => {
  it('of higher priority cut lower ones, of the same are on call together', () => {
    const of = roster(span('A', 10, 20, 1), span('B', 12, 16, 1), span('C', 15, 18, 2))
    expect(listed(of, `${clock(0)}Z`, `${clock(23)}Z`)).toEqual([
      'A 2026-03-02T10:00+00:00..2026-03-02T15:00+00:00',
      'B 2026-03-02T12:00+00:00..2026-03-02T15:00+00:00',
      'C 2026-03-02T15:00+00:00..2026-03-02T18:00+00:00',
      'A 2026-03-02T18:00+00:00..2026-03-02T20:00+00:00',
    ])
    expect([9, 10, 12, 15, 18, 20].map((hour) => who(of, `${clock(hour)}Z`))).toEqual(['', 'A', 'A+B', 'C', 'A', ''])
  })

  it('name nobody twice: who stands in two is on call once', () => {
    const of = roster(span('A', 10, 20, 1), span('A', 12, 16, 1))
    expect(whoIsOnCall(of, at(`${clock(13)}Z`)).people).toEqual(['A'])
  })

  it('begin and end with half-open instants', () => {
    const of = roster(span('A', 10, 12, 0), span('B', 12, 14, 0))
    const just = (instant: string) => who(of, instant)
    expect([
      just('2026-03-02T09:59:59.999Z'),
      just('2026-03-02T10:00:00Z'),
      just('2026-03-02T11:59:59.999Z'),
      just('2026-03-02T12:00:00Z'),
      just('2026-03-02T13:59:59.999999999Z'),
      just('2026-03-02T14:00:00Z'),
    ]).toEqual(['', 'A', 'A', 'B', 'B', ''])
  })

  it('of shadows are on call for nothing, cut nobody, and fill no gap', () => {
    const of = roster(
      span('A', 10, 12, 0),
      { ...span('S', 9, 13, 9), shadow: true },
      { ...span('A', 10, 12, 0), shadow: true },
    )
    expect(who(of, `${clock(9)}Z`)).toBe('')
    const both = whoIsOnCall(of, at(`${clock(10)}Z`))
    expect([both.people, both.shadows]).toEqual([['A'], ['S']])
    expect(listed(of, `${clock(0)}Z`, `${clock(23)}Z`)).toEqual([
      '(S) 2026-03-02T09:00+00:00..2026-03-02T13:00+00:00',
      'A 2026-03-02T10:00+00:00..2026-03-02T12:00+00:00',
    ])
  })

  it('put several people of one turn on call together', () => {
    const of = roster(layer('A+B C', { start: '2026-03-02T09:00', every: day }))
    expect(['2026-03-02T09:00Z', '2026-03-03T09:00Z', '2026-03-04T09:00Z'].map((one) => who(of, one))).toEqual([
      'A+B',
      'C',
      'A+B',
    ])
  })
})

describe('exactly one at midnight', () => {
  // A clock that prints 24:00 for midnight paged everybody elsewhere.
  it.each(['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', '2026-12-31T00:00:00Z', '2027-01-01T00:00:00Z'])(
    '%s',
    (instant) => {
      const of = roster(
        layer('night', { start: '2026-01-01T00:00', windows: [window('22:00-06:00')] }),
        layer('morning', { start: '2026-01-01T00:00', windows: [window('06:00-14:00')] }),
        layer('evening', { start: '2026-01-01T00:00', windows: [window('14:00-22:00')] }),
      )
      expect(who(of, instant)).toBe('night')
    },
  )

  it('of a window that ends at 24:00 and one that begins at 00:00', () => {
    const of = roster(
      layer('late', { start: '2026-01-01T00:00', windows: [window('12:00-24:00')] }),
      layer('early', { start: '2026-01-01T00:00', windows: [window('00:00-12:00')] }),
    )
    expect(['2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z', '2026-03-02T12:00:00Z'].map((one) => who(of, one))).toEqual(
      ['late', 'early', 'late'],
    )
  })
})

describe('windows', () => {
  it('Paris, daily, Monday to Friday, two people: never both, and the weekend skips nobody', () => {
    const of = roster(
      layer('U1 U2', {
        timeZone: 'Europe/Paris',
        start: '2024-01-01T08:00',
        every: day,
        windows: [window('08:00-18:00', workdays)],
      }),
    )
    expect(
      listed(of, '2024-01-01T00:00Z', '2024-01-10T00:00Z', 'Europe/Paris').map((line) => line.slice(0, 13)),
    ).toEqual([
      'U1 2024-01-01',
      'U2 2024-01-02',
      'U1 2024-01-03',
      'U2 2024-01-04',
      'U1 2024-01-05',
      'U2 2024-01-08',
      'U1 2024-01-09',
    ])
  })

  it('with seven people a weekday each: everybody has her turn', () => {
    const of = roster(layer('A B C D E F G', { start: '2024-01-01T00:00', every: day, windows: [wholeDays(workdays)] }))
    const people = new Set(shifts(of, at('2024-01-01T00:00Z'), at('2024-01-15T00:00Z')).map(({ person }) => person))
    expect([...people].join('')).toBe('ABCDEFG')
  })

  it('every two days count the days of duty: over a weekend too', () => {
    const of = roster(layer('A B C', { start: '2024-01-01T00:00', every: days(2), windows: [wholeDays(workdays)] }))
    const on = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '15'].map((date) =>
      who(of, `2024-01-${date}T12:00Z`),
    )
    expect(on).toEqual(['A', 'A', 'B', 'B', 'C', '', '', 'C', 'A', 'A', 'B', 'B', 'C'])
  })

  it('a week from Monday to Friday is one shift', () => {
    const of = roster(layer('A B', { start: '2024-01-01T00:00', windows: [wholeDays(workdays)] }))
    expect(listed(of, '2024-01-01T00:00Z', '2024-01-15T00:00Z')).toEqual([
      'A 2024-01-01T00:00+00:00..2024-01-06T00:00+00:00',
      'B 2024-01-08T00:00+00:00..2024-01-13T00:00+00:00',
    ])
  })

  it('London 08:30 to 17:30, made in summer, is 08:30 by the clock in winter', () => {
    const of = roster(
      layer('A', { timeZone: 'Europe/London', start: '2023-07-03T08:30', windows: [window('08:30-17:30')] }),
    )
    expect(listed(of, '2023-11-01T00:00Z', '2023-11-02T00:00Z')).toEqual([
      'A 2023-11-01T08:30+00:00..2023-11-01T17:30+00:00',
    ])
    expect(listed(of, '2024-04-01T00:00Z', '2024-04-02T00:00Z')).toEqual([
      'A 2024-04-01T07:30+00:00..2024-04-01T16:30+00:00',
    ])
  })

  it('crosses midnight on the days on which it begins', () => {
    const of = roster(layer('A', { start: '2024-01-01T00:00', windows: [window('22:00-06:00', [5])] }))
    expect(listed(of, '2024-01-01T00:00Z', '2024-01-13T00:00Z')).toEqual([
      'A 2024-01-05T22:00+00:00..2024-01-06T06:00+00:00',
      'A 2024-01-12T22:00+00:00..2024-01-13T00:00+00:00',
    ])
  })

  it.each([
    // From the first start to the last end: the hour that comes twice belongs to it twice.
    ['America/Chicago', '2020-11-01', '01:00-02:00', '2020-11-01T01:00-05:00', '2020-11-01T02:00-06:00', 2],
    ['America/Chicago', '2020-11-01', '01:30-01:45', '2020-11-01T01:30-05:00', '2020-11-01T01:45-06:00', 1.25],
    ['Australia/Lord_Howe', '2024-04-07', '01:45-03:00', '2024-04-07T01:45+11:00', '2024-04-07T03:00+10:30', 1.75],
    ['America/Sao_Paulo', '2018-02-17', '23:00-24:00', '2018-02-17T23:00-02:00', '2018-02-18T00:00-03:00', 2],
    ['Atlantic/Azores', '2024-10-26', '22:00-24:00', '2024-10-26T22:00+00:00', '2024-10-27T00:00-01:00', 3],
    // What is skipped begins and ends with the gap.
    ['America/Chicago', '2020-03-08', '02:30-04:00', '2020-03-08T03:00-05:00', '2020-03-08T04:00-05:00', 1],
    ['America/Chicago', '2020-03-08', '01:00-02:30', '2020-03-08T01:00-06:00', '2020-03-08T03:00-05:00', 1],
    ['Asia/Beirut', '2024-03-31', '00:15-02:00', '2024-03-31T01:00+03:00', '2024-03-31T02:00+03:00', 1],
    ['Africa/Cairo', '2024-04-25', '22:00-00:30', '2024-04-25T22:00+02:00', '2024-04-26T01:00+03:00', 2],
    ['Pacific/Apia', '2011-12-29', '20:00-08:00', '2011-12-29T20:00-10:00', '2011-12-31T00:00+14:00', 4],
  ])('%s, %s, %s', (timeZone, date, text, from, to, long) => {
    const weekday = Temporal.PlainDate.from(date).dayOfWeek as 1
    const of = roster(layer('A', { timeZone, start: `${date}T00:00`, windows: [window(text, [weekday])] }))
    const [first] = shifts(of, at(from).subtract({ hours: 40 }), at(to).add({ hours: 40 }))
    expect([first?.from.equals(at(from)), first?.to.equals(at(to))]).toEqual([true, true])
    expect(first?.to.since(first.from).total('hours')).toBe(long)
  })

  it.each([
    ['America/Chicago', '2020-03-08', '02:10-02:50'],
    ['Pacific/Apia', '2011-12-30', '09:00-17:00'],
  ])('%s, %s, %s lies in the gap and is none; the next is a week later', (timeZone, date, text) => {
    const weekday = Temporal.PlainDate.from(date).dayOfWeek as 1
    const of = roster(layer('A', { timeZone, start: `${date}T00:00`, windows: [window(text, [weekday])] }))
    const asked = at(`${date}T00:00[${timeZone}]`).add({ hours: 20 })
    const next = Temporal.PlainDate.from(date).add({ days: 7 }).toString()
    expect(whoIsOnCall(of, asked).until?.equals(at(`${next}T${text.slice(0, 5)}[${timeZone}]`))).toBe(true)
  })

  it('of whole days hand over once where a midnight comes twice', () => {
    const of = roster(
      layer('sat', { timeZone: 'Atlantic/Azores', start: '2024-10-01T00:00', windows: [wholeDays([6])] }),
      layer('sun', { timeZone: 'Atlantic/Azores', start: '2024-10-01T00:00', windows: [wholeDays([7])] }),
    )
    expect(listed(of, '2024-10-26T00:00Z', '2024-10-28T12:00Z', 'Atlantic/Azores')).toEqual([
      'sat 2024-10-26T00:00+00:00..2024-10-27T00:00+00:00',
      'sun 2024-10-27T00:00+00:00..2024-10-28T00:00-01:00',
    ])
  })

  it('that lie beside each other are one, and a whole day every day is always', () => {
    const of = roster(
      layer('A', { start: '2024-01-01T00:00', windows: [window('08:00-12:00'), window('12:00-17:00')] }),
    )
    expect(listed(of, '2024-01-02T00:00Z', '2024-01-03T00:00Z')).toEqual([
      'A 2024-01-02T08:00+00:00..2024-01-02T17:00+00:00',
    ])
    const always = roster(layer('A B', { start: '2024-01-01T09:00', windows: [wholeDays(everyDay)] }))
    expect(shifts(always, at('2024-01-01T09:00Z'), at('2024-01-15T09:00Z'))).toHaveLength(2)
  })

  it('are cut by hand-offs: every 6 hours within 08:00 to 18:00', () => {
    const of = roster(layer('A B', { start: '2024-01-01T08:00', every: hours(6), windows: [window('08:00-18:00')] }))
    expect(listed(of, '2024-01-01T00:00Z', '2024-01-02T12:00Z')).toEqual([
      'A 2024-01-01T08:00+00:00..2024-01-01T14:00+00:00',
      'B 2024-01-01T14:00+00:00..2024-01-01T18:00+00:00',
      'A 2024-01-02T08:00+00:00..2024-01-02T12:00+00:00',
    ])
  })
})

describe('following the sun', () => {
  const region = (people: string, timeZone: string, text: string) =>
    layer(people, { timeZone, start: '2024-01-01T00:00', windows: [window(text)] })
  const net = layer('net', { start: '2024-01-01T00:00', priority: -1 })
  const of = roster(
    region('asia', 'Asia/Shanghai', '09:00-17:00'),
    region('europe', 'Europe/Lisbon', '09:00-17:00'),
    region('america', 'America/New_York', '12:00-20:00'),
    net,
  )

  it('closes without a gap in winter', () => {
    expect(listed(of, '2024-01-10T01:00Z', '2024-01-11T01:00Z')).toEqual([
      'asia 2024-01-10T01:00+00:00..2024-01-10T09:00+00:00',
      'europe 2024-01-10T09:00+00:00..2024-01-10T17:00+00:00',
      'america 2024-01-10T17:00+00:00..2024-01-11T01:00+00:00',
    ])
  })

  it('leaves to the layer beneath what the clocks of two continents leave between them', () => {
    // New York is already on summer time, Lisbon is not.
    expect(listed(of, '2024-03-12T01:00Z', '2024-03-13T01:00Z')).toEqual([
      'asia 2024-03-12T01:00+00:00..2024-03-12T09:00+00:00',
      'europe 2024-03-12T09:00+00:00..2024-03-12T17:00+00:00',
      'america 2024-03-12T16:00+00:00..2024-03-13T00:00+00:00',
      'net 2024-03-13T00:00+00:00..2024-03-13T01:00+00:00',
    ])
  })

  it('works in zones of half and quarter hours', () => {
    const halves = roster(
      region('kolkata', 'Asia/Kolkata', '09:00-17:30'),
      region('kathmandu', 'Asia/Kathmandu', '17:45-01:45'),
    )
    expect(listed(halves, '2024-01-10T00:00Z', '2024-01-10T22:00Z')).toEqual([
      'kolkata 2024-01-10T03:30+00:00..2024-01-10T12:00+00:00',
      'kathmandu 2024-01-10T12:00+00:00..2024-01-10T20:00+00:00',
    ])
  })
})

describe('a temporary schedule', () => {
  const base = schedule(layer('A B', { start: '2026-12-01T09:00', every: day }))
  const feast = {
    name: 'feast',
    timeZone: 'Europe/Lisbon',
    from: '2026-12-24T18:00',
    to: '2026-12-26T09:00',
    layers: [layer('X', { timeZone: 'Europe/Lisbon', start: '2026-12-24T18:00' })],
  }
  const of = rosterOf({ ...base, temporary: [feast] })

  it('replaces all layers for its span, half-open', () => {
    expect(listed(of, '2026-12-24T09:00Z', '2026-12-27T09:00Z')).toEqual([
      'B 2026-12-24T09:00+00:00..2026-12-24T18:00+00:00',
      'X 2026-12-24T18:00+00:00..2026-12-26T09:00+00:00',
      'B 2026-12-26T09:00+00:00..2026-12-27T09:00+00:00',
    ])
  })

  it('voids the overrides that were made before it, and takes those made since', () => {
    const override = (at: string, person: string) =>
      ({
        id: `payment#${person}`,
        kind: 'override',
        person,
        instead: null,
        by: person,
        at,
        from: '2026-12-25T00:00Z',
        to: '2026-12-25T06:00Z',
      }) as const
    const known: Roster = {
      ...of,
      versions: [
        { at: '2026-11-01T00:00Z', definition: base },
        { at: '2026-12-10T00:00Z', definition: { ...base, temporary: [feast] } },
      ],
      changes: [override('2026-12-01T00:00Z', 'early'), override('2026-12-20T00:00Z', 'late')],
    }
    expect(who(known, '2026-12-25T01:00Z')).toBe('late')
    expect(who({ ...known, changes: known.changes.slice(0, 1) }, '2026-12-25T01:00Z')).toBe('X')
  })
})
