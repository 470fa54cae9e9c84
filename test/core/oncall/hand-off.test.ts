import { describe, expect, it } from 'vitest'
import { dueHandOff, duties, nextEdge, nextHandOff } from '../../../src/core/oncall/hand-off.ts'
import { foldRoster, type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import { at, day, layer, roster, schedule, week, window } from './kit.ts'

const overridden = (of: Roster, person: string, from: string, to: string, recordedAt: string): Roster =>
  foldRoster(
    of,
    {
      type: 'oncall.overridden',
      v: 1,
      data: {
        id: `payment#${of.numbered + 1}`,
        schedule: 'payment',
        person,
        instead: null,
        over: [],
        anyway: false,
        by: person,
        reason: null,
        from,
        to,
      },
    },
    recordedAt,
  )
const told = (handOff: ReturnType<typeof dueHandOff>) =>
  handOff && `${handOff.from.join('+') || '–'} → ${handOff.to.join('+') || '–'} ${handOff.at}`

describe('the next hand-off', () => {
  it('ends where an override begins: Aug 3–5, not –10', () => {
    const base = roster(layer('A B', { start: '2026-07-27T00:00', every: week }))
    expect(nextHandOff(base, at('2026-08-01T12:00Z'))).toMatchObject({
      at: at('2026-08-03T00:00Z'),
      to: ['B'],
      until: at('2026-08-10T00:00Z'),
    })
    const of = overridden(base, 'C', '2026-08-05T00:00:00Z', '2026-08-10T00:00:00Z', '2026-08-01T00:00:00Z')
    expect(nextHandOff(of, at('2026-08-01T12:00Z'))).toMatchObject({
      at: at('2026-08-03T00:00Z'),
      to: ['B'],
      until: at('2026-08-05T00:00Z'),
    })
  })

  it('is none where the same people take turn after turn', () => {
    expect(
      nextHandOff(roster(layer('A', { start: '2026-07-27T00:00', every: day })), at('2026-08-01T12:00Z')),
    ).toBeNull()
  })

  it('a shadow that comes and goes is none, a gap is one', () => {
    const of = roster(
      layer('A', { start: '2026-01-05T00:00', windows: [window('09:00-17:00')] }),
      layer('S', { start: '2026-01-05T00:00', shadow: true, windows: [window('10:00-12:00')] }),
    )
    const all = duties(of, at('2026-08-03T00:00Z'), at('2026-08-04T00:00Z'))
    expect(all.map(({ people, from }) => `${people.join() || '–'} ${from.toString().slice(11, 16)}`)).toEqual([
      '– 00:00',
      'A 09:00',
      '– 17:00',
    ])
  })
})

describe('what is to be told', () => {
  const base: Roster = {
    ...rosterOf(schedule(layer('A B C', { start: '2026-08-03T09:00', every: day }))),
    versions: [
      { at: '2026-08-03T10:00:00Z', definition: schedule(layer('A B C', { start: '2026-08-03T09:00', every: day })) },
    ],
  }

  it('nothing while who began goes on; each hand-off once', () => {
    expect(dueHandOff(base, null, at('2026-08-03T10:00Z'))).toBeNull()
    expect(dueHandOff(base, null, at('2026-08-04T08:59:59.999Z'))).toBeNull()
    const first = dueHandOff(base, null, at('2026-08-04T09:00Z'))
    expect(told(first)).toBe('A → B 2026-08-04T09:00:00Z')
    expect(dueHandOff(base, first, at('2026-08-04T09:00Z'))).toBeNull()
    expect(dueHandOff(base, first, at('2026-08-05T08:59Z'))).toBeNull()
    expect(told(dueHandOff(base, first, at('2026-08-05T09:01Z')))).toBe('B → C 2026-08-05T09:00:00Z')
  })

  it('a clock that is set back repeats nothing, and comes to the next one again', () => {
    const first = dueHandOff(base, null, at('2026-08-04T09:00Z'))
    expect(dueHandOff(base, first, at('2026-08-04T08:30Z'))).toBeNull()
    expect(dueHandOff(base, first, at('2026-08-04T09:30Z'))).toBeNull()
  })

  it('of several that were missed only the newest, and none when it came back to the same people', () => {
    const first = dueHandOff(base, null, at('2026-08-04T09:00Z'))
    expect(told(dueHandOff(base, first, at('2026-08-06T12:00Z')))).toBe('C → A 2026-08-06T09:00:00Z')
    expect(dueHandOff(base, first, at('2026-08-07T12:00Z'))).toBeNull()
  })

  it('a change by hand as well, and nobody', () => {
    const of = overridden(base, 'C', '2026-08-03T11:00:00Z', '2026-08-03T12:00:00Z', '2026-08-03T11:00:00Z')
    expect(told(dueHandOff(of, null, at('2026-08-03T11:00Z')))).toBe('A → C 2026-08-03T11:00:00Z')
    const ended: Roster = {
      ...base,
      versions: [
        ...base.versions,
        { at: '2026-08-03T13:00:00Z', definition: schedule(layer('A', { start: '2030-01-01T00:00' })) },
      ],
    }
    expect(told(dueHandOff(ended, null, at('2026-08-03T14:00Z')))).toBe('A → – 2026-08-03T13:00:00Z')
  })

  it('clocks that change are one hand-off each: the skipped one, and the first of two', () => {
    const chicago = (start: string): Roster => {
      const definition = schedule(layer('A B', { start, every: day, timeZone: 'America/Chicago' }))
      return { ...rosterOf(definition), versions: [{ at: '2020-01-01T00:00:00Z', definition }] }
    }
    const spring = chicago('2020-03-06T02:30')
    const before = { at: at('2020-03-07T08:30Z'), to: ['B'] }
    expect(dueHandOff(spring, before, at('2020-03-08T07:59:59Z'))).toBeNull()
    expect(told(dueHandOff(spring, before, at('2020-03-08T08:00Z')))).toBe('B → A 2020-03-08T08:00:00Z')
    const autumn = chicago('2020-10-30T01:30')
    const last = { at: at('2020-10-31T06:30Z'), to: ['B'] }
    const once = dueHandOff(autumn, last, at('2020-11-01T06:30Z'))
    expect(told(once)).toBe('B → A 2020-11-01T06:30:00Z')
    expect(dueHandOff(autumn, once, at('2020-11-01T07:30Z'))).toBeNull()
  })

  it('looks again when anything begins or ends', () => {
    expect(nextEdge(base, at('2026-08-03T10:30Z'))?.toString()).toBe('2026-08-04T09:00:00Z')
  })
})
