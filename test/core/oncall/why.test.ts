import { describe, expect, it } from 'vitest'
import { foldRoster } from '../../../src/core/oncall/roster.ts'
import { explain } from '../../../src/core/oncall/why.ts'
import { at, day, hours, layer, roster, window } from './kit.ts'

const clocks = (of: ReturnType<typeof roster>, instant: string) =>
  explain(of, at(instant)).clocks.map(
    (one) => `${one.timeZone} ${one.at} ${one.byMinutes} ${one.inside ? 'inside' : 'later'} ${one.people}`,
  )

describe('why', () => {
  it('tells a change of the clock inside the shift, before and after it', () => {
    const of = roster(layer('A B', { timeZone: 'Europe/London', start: '2026-03-23T09:00' }))
    const inside = 'Europe/London 2026-03-29T01:00:00Z 60 inside A'
    expect(clocks(of, '2026-03-24T12:00Z')).toEqual([inside])
    // It lies behind; the next one is told too.
    expect(clocks(of, '2026-03-29T12:00Z')).toEqual([inside, 'Europe/London 2026-10-25T01:00:00Z -60 later A'])
    expect(clocks(of, '2026-04-01T12:00Z')).toEqual(['Europe/London 2026-10-25T01:00:00Z -60 later B'])
  })

  it('tells of each zone of those on call, and of none where the clock never changes', () => {
    const of = roster(
      layer('A', { timeZone: 'Australia/Lord_Howe', start: '2026-01-05T09:00' }),
      layer('B', { timeZone: 'Asia/Kolkata', start: '2026-01-05T09:00' }),
    )
    expect(clocks(of, '2026-03-02T12:00Z')).toEqual(['Australia/Lord_Howe 2026-04-04T15:00:00Z -30 later A'])
  })

  it('tells a hand-off that the clock skips, and one that it shows twice', () => {
    const skips = roster(layer('A B', { timeZone: 'America/Chicago', start: '2020-03-06T02:30', every: day }))
    const [moved] = explain(skips, at('2020-03-08T12:00Z')).handOffs
    expect(moved).toMatchObject({ edge: 'begin', clock: 'skips', typed: '02:30' })
    expect(moved?.at.toString()).toBe('2020-03-08T08:00:00Z')
    expect(explain(skips, at('2020-03-07T12:00Z')).handOffs).toMatchObject([{ edge: 'end', clock: 'skips' }])
    expect(explain(skips, at('2020-03-10T12:00Z')).handOffs).toEqual([])
    const twice = roster(layer('A B', { timeZone: 'America/Chicago', start: '2020-10-30T01:30', every: day }))
    expect(explain(twice, at('2020-11-01T12:00Z')).handOffs).toMatchObject([
      { edge: 'begin', clock: 'twice', typed: '01:30' },
    ])
    const elapsed = roster(layer('A B', { timeZone: 'America/Chicago', start: '2020-10-30T01:30', every: hours(12) }))
    expect(explain(elapsed, at('2020-11-01T12:00Z')).handOffs).toEqual([])
  })

  it('tells what comes next, and who would be on call without what people changed', () => {
    const of = foldRoster(
      roster(layer('A B', { start: '2026-03-02T09:00', every: day, windows: [window('09:00-17:00')] })),
      {
        type: 'oncall.overridden',
        v: 1,
        data: {
          id: 'payment#1',
          schedule: 'payment',
          person: 'C',
          instead: 'A',
          from: '2026-03-02T12:00:00Z',
          to: '2026-03-02T20:00:00Z',
          over: [],
          anyway: false,
          by: 'A',
          reason: null,
        },
      },
      '2026-03-02T10:00:00Z',
    )
    const why = explain(of, at('2026-03-02T13:00Z'))
    expect([why.now.people, why.otherwise, why.next?.people, why.next?.at.toString()]).toEqual([
      ['C'],
      ['A'],
      [],
      '2026-03-02T17:00:00Z',
    ])
    expect(explain(of, at('2026-03-02T18:00Z')).next?.people).toEqual(['B'])
    expect(explain(of, at('2026-03-02T11:00Z')).otherwise).toBeNull()
  })
})
