import { describe, expect, it } from 'vitest'
import type { OnCallEvent } from '../../../src/core/oncall/events.ts'
import { entitled, shifts, whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import { foldRoster, newRoster, type Roster, rosterOf, withCalendars } from '../../../src/core/oncall/roster.ts'
import { at, day, layer, listed, schedule, who, window } from './kit.ts'

const base = schedule(layer('A B', { start: '2026-03-02T09:00', every: day }))
const began = '2026-03-01T00:00Z'
const changed = (definition: typeof base | null, when: string): readonly [OnCallEvent, string] => [
  { type: 'schedule.changed', v: 1, data: { schedule: 'payment', definition } },
  when,
]
const fold = (...events: readonly (readonly [OnCallEvent, string])[]): Roster =>
  events.reduce((roster, [event, when]) => foldRoster(roster, event, when), newRoster('payment'))

const overridden = (
  id: string,
  person: string,
  from: string,
  to: string,
  instead: string | null = null,
  when = began,
): readonly [OnCallEvent, string] => [
  {
    type: 'oncall.overridden',
    v: 1,
    data: { id, schedule: 'payment', person, instead, from, to, over: [], anyway: false, by: person, reason: null },
  },
  when,
]
const withdrawn = (id: string, when: string): readonly [OnCallEvent, string] => [
  { type: 'oncall.withdrawn', v: 1, data: { id, schedule: 'payment', by: 'A' } },
  when,
]
const hour = (text: string) => `2026-03-02T${text}:00Z`

describe('an override', () => {
  it('lies over what was before, an override too: the later one wins', () => {
    const of = fold(
      changed(base, began),
      overridden('1', 'E', hour('22:00'), hour('23:00')),
      overridden('2', 'F', hour('22:00'), hour('22:30')),
    )
    expect(listed(of, hour('21:00'), '2026-03-03T00:00Z')).toEqual([
      'A 2026-03-02T21:00+00:00..2026-03-02T22:00+00:00',
      'F 2026-03-02T22:00+00:00..2026-03-02T22:30+00:00',
      'E 2026-03-02T22:30+00:00..2026-03-02T23:00+00:00',
      'A 2026-03-02T23:00+00:00..2026-03-03T00:00+00:00',
    ])
  })

  it('cuts the next shift where it begins: what is announced ends there', () => {
    const weekly = schedule(layer('A B', { start: '2026-07-27T09:00' }))
    const of = fold(changed(weekly, began), overridden('1', 'C', '2026-08-05T09:00Z', '2026-08-06T09:00Z'))
    expect(listed(of, '2026-08-03T09:00Z', '2026-08-10T09:00Z')).toEqual([
      'B 2026-08-03T09:00+00:00..2026-08-05T09:00+00:00',
      'C 2026-08-05T09:00+00:00..2026-08-06T09:00+00:00',
      'B 2026-08-06T09:00+00:00..2026-08-10T09:00+00:00',
    ])
    expect(whoIsOnCall(of, at('2026-08-04T00:00Z')).until?.toString()).toBe('2026-08-05T09:00:00Z')
  })

  it('of one of two leaves the other; of somebody who is not on call changes nothing', () => {
    const two = schedule(layer('A+B', { start: '2026-03-02T09:00', every: day }))
    const of = fold(
      changed(two, began),
      overridden('1', 'C', hour('12:00'), hour('13:00'), 'B'),
      overridden('2', 'D', hour('14:00'), hour('15:00'), 'Z'),
    )
    expect(['11:00', '12:00', '14:00'].map((time) => who(of, hour(time)))).toEqual(['A+B', 'A+C', 'A+B'])
  })

  it('instead of everybody fills a gap; instead of one it leaves it', () => {
    const office = schedule(layer('A', { start: '2026-03-02T09:00', every: day, windows: [window('09:00-17:00')] }))
    const of = fold(
      changed(office, began),
      overridden('1', 'C', hour('16:00'), hour('18:00')),
      overridden('2', 'D', '2026-03-03T16:00:00Z', '2026-03-03T18:00:00Z', 'A'),
    )
    expect(listed(of, hour('12:00'), '2026-03-04T00:00Z')).toEqual([
      'A 2026-03-02T12:00+00:00..2026-03-02T16:00+00:00',
      'C 2026-03-02T16:00+00:00..2026-03-02T18:00+00:00',
      'A 2026-03-03T09:00+00:00..2026-03-03T16:00+00:00',
      'D 2026-03-03T16:00+00:00..2026-03-03T17:00+00:00',
    ])
  })

  it('counts from when it was recorded, whatever it says', () => {
    const of = fold(changed(base, began), overridden('1', 'C', hour('10:00'), hour('20:00'), null, hour('12:00')))
    expect(['11:59', '12:00', '19:59', '20:00'].map((time) => who(of, hour(time)))).toEqual(['A', 'C', 'C', 'A'])
    expect(
      fold(changed(base, began), overridden('1', 'C', hour('10:00'), hour('11:00'), null, hour('12:00'))).changes,
    ).toEqual([])
  })

  it('that is withdrawn counted until then; one that had not begun never did', () => {
    const of = fold(
      changed(base, began),
      overridden('1', 'C', hour('10:00'), hour('20:00')),
      withdrawn('1', hour('15:00')),
    )
    expect(['10:00', '14:59', '15:00'].map((time) => who(of, hour(time)))).toEqual(['C', 'C', 'A'])
    const never = fold(
      changed(base, began),
      overridden('1', 'C', hour('10:00'), hour('20:00')),
      withdrawn('1', hour('09:00')),
    )
    expect(never.changes).toEqual([])
  })
})

describe('a swap', () => {
  it('exchanges two duties', () => {
    const swapped: OnCallEvent = {
      type: 'oncall.swapped',
      v: 1,
      data: {
        id: 'payment#1',
        schedule: 'payment',
        first: { person: 'A', from: '2026-03-02T09:00:00Z', to: '2026-03-03T09:00:00Z' },
        second: { person: 'B', from: '2026-03-03T09:00:00Z', to: '2026-03-04T09:00:00Z' },
        by: 'A',
        reason: null,
      },
    }
    const of = fold(changed(base, began), [swapped, began])
    expect(listed(of, '2026-03-02T09:00Z', '2026-03-05T09:00Z').map((line) => line.slice(0, 18))).toEqual([
      'B 2026-03-02T09:00',
      'A 2026-03-03T09:00',
      'A 2026-03-04T09:00',
    ])
    const back = foldRoster(of, ...withdrawn('payment#1', began))
    expect(['2026-03-02T10:00Z', '2026-03-03T10:00Z'].map((one) => who(back, one))).toEqual(['A', 'B'])
  })
})

describe('cover', () => {
  const asked = (from: string, to: string): readonly [OnCallEvent, string] => [
    {
      type: 'oncall.cover-asked',
      v: 1,
      data: { id: 'payment#1', schedule: 'payment', person: 'A', from, to, reason: null },
    },
    began,
  ]
  const taken = (when: string): readonly [OnCallEvent, string] => [
    { type: 'oncall.cover-taken', v: 1, data: { id: 'payment#1', schedule: 'payment', person: 'C' } },
    when,
  ]

  it('that spans two shifts with a gap is two shifts, and the gap stays', () => {
    const office = schedule(layer('A', { start: '2026-03-02T09:00', every: day, windows: [window('09:00-17:00')] }))
    const of = fold(changed(office, began), asked(hour('15:00'), '2026-03-03T11:00:00Z'), taken(began))
    expect(listed(of, hour('09:00'), '2026-03-03T17:00Z')).toEqual([
      'A 2026-03-02T09:00+00:00..2026-03-02T15:00+00:00',
      'C 2026-03-02T15:00+00:00..2026-03-02T17:00+00:00',
      'C 2026-03-03T09:00+00:00..2026-03-03T11:00+00:00',
      'A 2026-03-03T11:00+00:00..2026-03-03T17:00+00:00',
    ])
  })

  it('changes nothing until it is taken, and then from that instant', () => {
    const waiting = fold(changed(base, began), asked(hour('10:00'), hour('20:00')))
    expect([who(waiting, hour('12:00')), waiting.asks.length]).toEqual(['A', 1])
    const late = foldRoster(waiting, ...taken(hour('13:00')))
    expect([who(late, hour('12:00')), who(late, hour('13:00')), late.asks.length]).toEqual(['A', 'C', 0])
    expect(foldRoster(late, ...taken(hour('14:00')))).toBe(late)
  })
})

describe('an edit', () => {
  const other = schedule(layer('X Y', { start: '2026-03-01T09:00', every: day }))
  const of = fold(
    changed(base, began),
    changed(other, hour('12:00')),
    changed(null, hour('20:00')),
    changed(base, hour('22:00')),
  )

  it('counts from its load; a past instant is answered by what was in force then', () => {
    expect(listed(of, hour('09:00'), '2026-03-03T09:00Z')).toEqual([
      'A 2026-03-02T09:00+00:00..2026-03-02T12:00+00:00',
      'Y 2026-03-02T12:00+00:00..2026-03-02T20:00+00:00',
      'A 2026-03-02T22:00+00:00..2026-03-03T09:00+00:00',
    ])
  })

  it('that leaves a shift as it is does not cut it', () => {
    const renamed = { ...base, minRestMs: 0 }
    const same = fold(changed(base, began), changed(renamed, hour('12:00')))
    expect(shifts(same, at(hour('09:00')), at('2026-03-03T09:00Z'))).toHaveLength(1)
    expect(whoIsOnCall(same, at(hour('13:00'))).since?.toString()).toBe(hour('09:00'))
  })

  it('recorded by a clock that went back counts after the one before it', () => {
    const back = fold(changed(base, hour('12:00')), changed(other, hour('11:00')))
    expect(back.versions.map((version) => version.at)).toEqual([hour('12:00'), hour('12:00')])
    expect(who(back, hour('12:00'))).toBe('Y')
  })

  it('says when an instant lies before all that is known', () => {
    expect(whoIsOnCall(of, at('2026-02-28T12:00Z')).recorded).toBe(false)
    expect(whoIsOnCall(of, at(hour('10:00'))).recorded).toBe(true)
    expect(whoIsOnCall(rosterOf(base), at('2020-01-01T00:00Z')).recorded).toBe(true)
  })
})

describe('a schedule that is kept elsewhere', () => {
  const feed = { ...base, layers: [], feed: 'pagerduty' }
  const span = (title: string, people: readonly string[], start: string, end: string) => ({
    title,
    people,
    unknown: [],
    start,
    end,
  })
  const of = withCalendars(fold(changed(feed, began)), () => ({
    spans: [
      span('On Call - A', ['A'], hour('08:00'), hour('16:00')),
      span('On Call - B, C', ['B', 'C'], hour('12:00'), hour('20:00')),
    ],
    until: '2026-04-01T00:00:00Z',
    outages: [{ from: hour('14:00'), to: hour('18:00') }],
  }))

  it('puts on call whom it names', () => {
    expect(['07:59', '08:00', '12:00', '16:00', '20:00'].map((time) => who(of, hour(time)))).toEqual([
      '',
      'A',
      'A+B+C',
      'B+C',
      '',
    ])
  })

  it('that is too old gives nobody rights, and says so', () => {
    const stale = whoIsOnCall(of, at(hour('15:00')))
    expect([stale.people, entitled(stale), stale.stale?.since?.toString()]).toEqual([
      ['A', 'B', 'C'],
      [],
      hour('14:00'),
    ])
    expect(entitled(whoIsOnCall(of, at(hour('18:00'))))).toEqual(['B', 'C'])
  })

  it('that was never read gives nobody rights either', () => {
    const never = whoIsOnCall(
      withCalendars(fold(changed(feed, began)), () => null),
      at(hour('15:00')),
    )
    expect([never.people, never.stale]).toEqual([[], { since: null }])
  })
})
