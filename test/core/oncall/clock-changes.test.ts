import { describe, expect, it } from 'vitest'
import { shifts } from '../../../src/core/oncall/on-call.ts'
import { at, day, days, hours, hoursOf, layer, listed, month, roster, week, who } from './kit.ts'

/** From, to, by the clock of the zone, of the shifts around a change. */
const around = (zone: string, start: string, every: typeof day, from: string, to: string, people = 'A B') =>
  listed(roster(layer(people, { timeZone: zone, start, every })), `${from}[${zone}]`, `${to}[${zone}]`, zone).map(
    (line) => line.replace(/(T\d\d:\d\d)([+-]\d\d:\d\d)/g, '$1$2'),
  )

describe('a hand-off that the clock skips is the first instant after the gap', () => {
  it('Chicago, daily 02:30', () => {
    expect(around('America/Chicago', '2020-03-06T02:30', day, '2020-03-07T02:30', '2020-03-10T02:30')).toEqual([
      'B 2020-03-07T02:30-06:00..2020-03-08T03:00-05:00',
      'A 2020-03-08T03:00-05:00..2020-03-09T02:30-05:00',
      'B 2020-03-09T02:30-05:00..2020-03-10T02:30-05:00',
    ])
  })

  it.each([
    // Half an hour only, at 02:00.
    ['Australia/Lord_Howe', '2024-10-05', '02:15', '2024-10-06T02:30+11:00'],
    // At midnight: the day begins at 01:00.
    ['America/Sao_Paulo', '2018-11-03', '00:00', '2018-11-04T01:00-02:00'],
    ['America/Sao_Paulo', '2018-11-03', '00:59', '2018-11-04T01:00-02:00'],
    ['Africa/Cairo', '2024-04-25', '00:30', '2024-04-26T01:00+03:00'],
    ['Asia/Beirut', '2024-03-30', '00:00', '2024-03-31T01:00+03:00'],
    ['America/Asuncion', '2023-09-30', '00:45', '2023-10-01T01:00-03:00'],
    ['Atlantic/Azores', '2024-03-30', '00:30', '2024-03-31T01:00+00:00'],
    ['America/Havana', '2024-03-09', '00:10', '2024-03-10T01:00-04:00'],
    // Two hours.
    ['Antarctica/Troll', '2024-03-30', '02:00', '2024-03-31T03:00+02:00'],
  ])('%s, %s, daily at %s', (zone, before, time, handOff) => {
    const of = roster(layer('A B', { timeZone: zone, start: `${before}T${time}`, every: day }))
    const [first, second] = shifts(of, at(`${before}T${time}[${zone}]`), at(handOff).add({ hours: 3 }))
    expect(first?.to.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' })).toBe(handOff)
    expect([first?.person, second?.person]).toEqual(['A', 'B'])
    expect(second?.from.equals(at(handOff))).toBe(true)
  })
})

describe('a hand-off that the clock shows twice is its first occurrence', () => {
  it('Chicago, daily 01:30: 25 hours', () => {
    expect(around('America/Chicago', '2020-10-30T01:30', day, '2020-10-31T01:30', '2020-11-03T01:30')).toEqual([
      'B 2020-10-31T01:30-05:00..2020-11-01T01:30-05:00',
      'A 2020-11-01T01:30-05:00..2020-11-02T01:30-06:00',
      'B 2020-11-02T01:30-06:00..2020-11-03T01:30-06:00',
    ])
  })

  it.each([
    ['Australia/Lord_Howe', '2024-04-06', '01:45', '2024-04-07T01:45+11:00', 24.5],
    ['Atlantic/Azores', '2024-10-26', '00:30', '2024-10-27T00:30+00:00', 25],
    ['America/Havana', '2024-11-02', '00:15', '2024-11-03T00:15-04:00', 25],
    ['America/Sao_Paulo', '2018-02-16', '23:30', '2018-02-17T23:30-02:00', 25],
    ['Africa/Cairo', '2024-10-30', '23:15', '2024-10-31T23:15+03:00', 25],
    ['Asia/Beirut', '2024-10-25', '23:00', '2024-10-26T23:00+03:00', 25],
    ['Antarctica/Troll', '2024-10-26', '01:30', '2024-10-27T01:30+02:00', 26],
  ])('%s, %s, daily at %s', (zone, before, time, handOff, long) => {
    const of = roster(layer('A B', { timeZone: zone, start: `${before}T${time}`, every: day }))
    const all = shifts(of, at(`${before}T${time}[${zone}]`), at(handOff).add({ hours: 40 }))
    expect(all[0]?.to.equals(at(handOff))).toBe(true)
    expect(all.slice(0, 2).map(hoursOf)).toEqual([24, long])
  })

  it('midnight, where the clock goes back at midnight: the day before has 25 hours, the hand-off one instant', () => {
    const of = roster(layer('A B', { timeZone: 'America/Sao_Paulo', start: '2018-02-17T00:00', every: day }))
    expect(listed(of, '2018-02-17T02:00Z', '2018-02-19T03:00Z', 'America/Sao_Paulo')).toEqual([
      'A 2018-02-17T00:00-02:00..2018-02-18T00:00-03:00',
      'B 2018-02-18T00:00-03:00..2018-02-19T00:00-03:00',
    ])
  })
})

describe('a week is a week by the clock', () => {
  it.each([
    ['America/Chicago', '2017-03-10T08:00', 167],
    ['America/Chicago', '2017-11-04T08:00', 169],
    ['Europe/London', '2024-03-28T09:00', 167],
    ['Australia/Lord_Howe', '2024-10-01T09:00', 167.5],
    ['Australia/Lord_Howe', '2024-04-02T09:00', 168.5],
    ['Asia/Kolkata', '2024-03-28T09:00', 168],
    ['Pacific/Apia', '2011-12-26T09:00', 144],
    ['Africa/Casablanca', '2024-03-08T09:00', 169],
  ])('%s from %s: %d h', (zone, start, long) => {
    const of = roster(layer('A B', { timeZone: zone, start, every: week }))
    const [first] = shifts(of, at(`${start}[${zone}]`), at(`${start}[${zone}]`).add({ hours: 24 * 9 }))
    expect(first && hoursOf(first)).toBe(long)
  })

  it('however long ago it began: Chicago, Tuesdays 00:00 since 2024-10-01', () => {
    const of = roster(layer('A', { timeZone: 'America/Chicago', start: '2024-10-01T00:00' }))
    const one = (instant: string) => {
      const found = shifts(of, at('2024-10-01T00:00Z'), at('2025-06-01T00:00Z')).find(
        ({ from, to }) =>
          Temporal.Instant.compare(from, at(instant)) <= 0 && Temporal.Instant.compare(at(instant), to) < 0,
      )
      return `${found?.from.toString()} ${found?.to.toString()}`
    }
    expect(one('2024-11-04T12:00Z')).toBe('2024-10-29T05:00:00Z 2024-11-05T06:00:00Z')
    expect(one('2025-03-10T12:00Z')).toBe('2025-03-04T06:00:00Z 2025-03-11T05:00:00Z')
  })

  it('begins at midnight of its own zone, whatever day UTC has', () => {
    const of = roster(layer('A B C', { timeZone: '+01:00', start: '2024-01-01T00:00' }))
    expect(who(of, '2024-01-07T22:59:59Z')).toBe('A')
    expect(who(of, '2024-01-07T23:00:00Z')).toBe('B')
    expect(who(of, '2024-01-14T22:59:59.999Z')).toBe('B')
    expect(who(of, '2024-01-14T23:00Z')).toBe('C')
    const far = roster(layer('A B C', { timeZone: 'Pacific/Kiritimati', start: '2024-01-01T00:00' }))
    expect(['2024-01-07T09:59Z', '2024-01-07T10:00Z'].map((instant) => who(far, instant))).toEqual(['A', 'B'])
  })
})

describe('other turns', () => {
  it('every 12 hours is elapsed time: the clock moves, the turns do not', () => {
    const of = roster(layer('A B', { timeZone: 'Europe/London', start: '2024-03-30T08:00', every: hours(12) }))
    expect(listed(of, '2024-03-30T08:00Z', '2024-03-31T20:00Z', 'Europe/London')).toEqual([
      'A 2024-03-30T08:00+00:00..2024-03-30T20:00+00:00',
      'B 2024-03-30T20:00+00:00..2024-03-31T09:00+01:00',
      'A 2024-03-31T09:00+01:00..2024-03-31T21:00+01:00',
    ])
  })

  it('every 3 days is by the clock', () => {
    const of = roster(layer('A B', { timeZone: 'Europe/London', start: '2024-03-29T08:00', every: days(3) }))
    expect(listed(of, '2024-03-29T08:00Z', '2024-04-04T07:00Z', 'Europe/London')).toEqual([
      'A 2024-03-29T08:00+00:00..2024-04-01T08:00+01:00',
      'B 2024-04-01T08:00+01:00..2024-04-04T08:00+01:00',
    ])
  })

  it('monthly from the 31st: the last day of shorter months, and the 31st again', () => {
    const of = roster(layer('A B C', { timeZone: 'Europe/Paris', start: '2024-01-31T09:00', every: month }))
    expect(listed(of, '2024-01-31T08:00Z', '2024-05-31T07:00Z', 'Europe/Paris')).toEqual([
      'A 2024-01-31T09:00+01:00..2024-02-29T09:00+01:00',
      'B 2024-02-29T09:00+01:00..2024-03-31T09:00+02:00',
      'C 2024-03-31T09:00+02:00..2024-04-30T09:00+02:00',
      'A 2024-04-30T09:00+02:00..2024-05-31T09:00+02:00',
    ])
  })

  it('monthly on a hand-off that is skipped: Santiago, the 8th at 00:30', () => {
    const zone = 'America/Santiago'
    const of = roster(layer('A B', { timeZone: zone, start: '2024-08-08T00:30', every: month }))
    expect(listed(of, `2024-08-08T00:30[${zone}]`, `2024-10-08T00:30[${zone}]`, zone)).toEqual([
      'A 2024-08-08T00:30-04:00..2024-09-08T01:00-03:00',
      'B 2024-09-08T01:00-03:00..2024-10-08T00:30-03:00',
    ])
  })
})

describe('a date that a zone skipped', () => {
  it('Apia, daily 09:00: the hand-off of 30 December 2011 is the first instant of the 31st', () => {
    const of = roster(layer('A B C', { timeZone: 'Pacific/Apia', start: '2011-12-28T09:00', every: day }))
    expect(listed(of, '2011-12-28T19:00Z', '2011-12-31T19:00Z', 'Pacific/Apia')).toEqual([
      'A 2011-12-28T09:00-10:00..2011-12-29T09:00-10:00',
      'B 2011-12-29T09:00-10:00..2011-12-31T00:00+14:00',
      'C 2011-12-31T00:00+14:00..2011-12-31T09:00+14:00',
      'A 2011-12-31T09:00+14:00..2012-01-01T09:00+14:00',
    ])
  })

  it('Apia, daily at midnight: the skipped day is nobody’s, and nothing is left open', () => {
    const of = roster(layer('A B C', { timeZone: 'Pacific/Apia', start: '2011-12-28T00:00', every: day }))
    expect(listed(of, '2011-12-28T10:00Z', '2011-12-31T10:00Z', 'Pacific/Apia')).toEqual([
      'A 2011-12-28T00:00-10:00..2011-12-29T00:00-10:00',
      'B 2011-12-29T00:00-10:00..2011-12-31T00:00+14:00',
      'A 2011-12-31T00:00+14:00..2012-01-01T00:00+14:00',
    ])
  })

  it('Kwajalein, 21 August 1993', () => {
    const of = roster(layer('A B', { timeZone: 'Pacific/Kwajalein', start: '1993-08-20T12:00', every: day }))
    expect(listed(of, '1993-08-21T00:00Z', '1993-08-23T00:00Z', 'Pacific/Kwajalein')).toEqual([
      'A 1993-08-20T12:00-12:00..1993-08-22T00:00+12:00',
      'B 1993-08-22T00:00+12:00..1993-08-22T12:00+12:00',
      'A 1993-08-22T12:00+12:00..1993-08-23T12:00+12:00',
    ])
  })
})

it('a zone that leaves seconds behind: Monrovia, 7 January 1972', () => {
  const of = roster(layer('A B', { timeZone: 'Africa/Monrovia', start: '1972-01-05T00:20', every: day }))
  const [, second, third] = shifts(of, at('1972-01-05T00:00Z'), at('1972-01-09T00:00Z'))
  expect(second?.from.toString()).toBe('1972-01-06T01:04:30Z')
  // 00:00 became 00:44:30, so that 00:20 was skipped.
  expect(third?.from.toString()).toBe('1972-01-07T00:44:30Z')
})
