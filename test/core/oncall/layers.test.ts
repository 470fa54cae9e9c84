import { describe, expect, it } from 'vitest'
import { whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import { type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import { at, day, layer, listed, roster, schedule, who, window } from './kit.ts'

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
