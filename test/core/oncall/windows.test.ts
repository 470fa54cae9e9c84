import { describe, expect, it } from 'vitest'
import { shifts, whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import { at, day, days, everyDay, hours, layer, listed, roster, who, wholeDays, window, workdays } from './kit.ts'

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

  it('that end later than one that begins later: nobody is on call since the last end', () => {
    const of = roster(
      layer('A', { start: '2024-01-01T00:00', windows: [window('22:00-01:00', [4]), window('00:00-00:01', [5])] }),
    )
    for (const date of ['05', '07', '08', '10'])
      expect(whoIsOnCall(of, at(`2024-01-${date}T12:00Z`)).since?.toString()).toBe('2024-01-05T01:00:00Z')
  })
})
