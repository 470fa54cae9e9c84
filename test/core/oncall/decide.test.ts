import { describe, expect, it } from 'vitest'
import { askCover, type OnCallFacts, override, swap, takeCover, withdraw } from '../../../src/core/oncall/decide.ts'
import type { OnCallEvent } from '../../../src/core/oncall/events.ts'
import { isOnCallRefusal, type OnCallRefusal } from '../../../src/core/oncall/refusal.ts'
import { foldRoster, type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import { at, day, hours, layer, schedule, who } from './kit.ts'

/** A, B, C and D a day each from Monday 2 March, 09:00 to 09:00. */
const base = rosterOf(schedule(layer('A B C D', { start: '2026-03-02T09:00', every: day })))
const now = '2026-03-02T12:00:00Z'
const facts = (more: Partial<OnCallFacts> = {}): OnCallFacts => ({
  now: at(now),
  circle: ['A', 'B', 'C', 'D', 'E', 'Learner'],
  shadows: ['Learner'],
  elsewhere: () => [],
  ...more,
})
const onDay = (date: number, from = '09:00', to = '09:00', next = 1) => ({
  from: `2026-03-${String(date).padStart(2, '0')}T${from}:00Z`,
  to: `2026-03-${String(date + next).padStart(2, '0')}T${to}:00Z`,
})
const asked = { instead: null, over: [], anyway: false, by: 'A', reason: null } as const

function done(roster: Roster, decision: readonly OnCallEvent[] | OnCallRefusal, when = now): Roster {
  if (isOnCallRefusal(decision)) throw new Error(JSON.stringify(decision))
  return decision.reduce((folded, event) => foldRoster(folded, event, when), roster)
}
const why = (decision: readonly OnCallEvent[] | OnCallRefusal) =>
  isOnCallRefusal(decision) ? decision.refused : `done ${decision.map(({ type }) => type).join()}`

describe('an override', () => {
  it('puts somebody on call for a span, with an id of the schedule', () => {
    const decision = override(base, { ...asked, person: 'E', ...onDay(3, '12:00', '18:00', 0) }, facts())
    const of = done(base, decision)
    expect(of.changes.map(({ id, kind }) => [id, kind])).toEqual([['payment#1', 'override']])
    expect(['2026-03-03T11:59Z', '2026-03-03T12:00Z', '2026-03-03T18:00Z'].map((one) => who(of, one))).toEqual([
      'B',
      'E',
      'B',
    ])
    const next = override(of, { ...asked, person: 'E', ...onDay(5, '12:00', '18:00', 0) }, facts())
    expect(done(of, next).changes.map(({ id }) => id)).toEqual(['payment#1', 'payment#2'])
  })

  it('puts a shadow on call by others, never by herself; she may only take back what is her own', () => {
    const hers = { ...asked, person: 'Learner', ...onDay(3) }
    const no = { refused: 'only-shadow', person: 'Learner', may: ['A', 'B', 'C', 'D', 'E'] }
    expect(override(base, { ...hers, by: 'Learner' }, facts())).toEqual(no)
    expect(override(base, { ...asked, by: 'Learner', person: 'C', ...onDay(3) }, facts())).toEqual(no)
    const of = done(base, askCover(base, { person: 'B', ...onDay(3), reason: null }, facts()))
    expect(takeCover(of, { id: 'payment#1', person: 'Learner' }, facts())).toEqual(no)
    expect(withdraw(of, { id: 'payment#1', by: 'Learner' }, facts())).toEqual(no)

    const put = done(of, override(of, hers, facts()))
    expect(who(put, '2026-03-03T12:00Z')).toBe('Learner')
    expect(why(withdraw(put, { id: 'payment#2', by: 'Learner' }, facts()))).toBe('done oncall.withdrawn')
  })

  it('begins now where its beginning is over', () => {
    const of = done(base, override(base, { ...asked, person: 'E', ...onDay(2, '09:00', '18:00', 0) }, facts()))
    expect(of.changes[0]?.from).toBe(now)
  })

  it('is refused in the past, empty, for the same person, for strangers, by strangers', () => {
    const refused = (more: Partial<Parameters<typeof override>[1]>, also: Partial<OnCallFacts> = {}) =>
      why(override(base, { ...asked, person: 'E', ...onDay(3), ...more }, facts(also)))
    expect(refused({ from: '2026-03-02T09:00:00Z', to: now })).toBe('span-past')
    expect(refused({ from: '2026-03-03T09:00:00Z', to: '2026-03-03T09:00:00Z' })).toBe('span-empty')
    expect(refused({ from: '2026-03-04T09:00:00Z', to: '2026-03-03T09:00:00Z' })).toBe('span-empty')
    expect(refused({ person: 'B', instead: 'B' })).toBe('same-person')
    expect(refused({ person: 'Mallory' })).toBe('not-of-schedule')
    expect(refused({ by: 'Mallory', person: 'Mallory' })).toBe('not-of-schedule')
    expect(refused({ by: 'Mallory' })).toBe('not-of-schedule')
    expect(refused({ instead: 'C' })).toBe('not-on-call')
    expect(refused({ person: 'B' })).toBe('already-on-call')
    const two = rosterOf(schedule(layer('A+B', { start: '2026-03-02T09:00', every: day })))
    expect(why(override(two, { ...asked, person: 'A', instead: 'B', ...onDay(3) }, facts()))).toBe('already-on-call')
  })

  it('over another one must say so: of two that say the same at once the second is refused', () => {
    const first = { ...asked, person: 'E', ...onDay(4, '12:00', '18:00', 0) }
    const of = done(base, override(base, first, facts()))
    const second = override(of, first, facts())
    expect(second).toMatchObject({ refused: 'overlaps', changes: [{ id: 'payment#1', person: 'E' }] })
    const other = { ...asked, person: 'A', anyway: true, ...onDay(4, '17:00', '20:00', 0) }
    expect(why(override(of, other, facts()))).toBe('overlaps')
    const over = done(of, override(of, { ...other, over: ['payment#1'] }, facts()))
    expect(['16:59', '17:00', '19:59', '20:00'].map((time) => who(over, `2026-03-04T${time}Z`))).toEqual([
      'E',
      'A',
      'A',
      'C',
    ])
  })

  it('beside another one, or of another person at the same time, is none of its business', () => {
    const two = rosterOf(schedule(layer('A+B', { start: '2026-03-02T09:00', every: day })))
    const of = done(two, override(two, { ...asked, person: 'C', instead: 'A', ...onDay(3) }, facts()))
    expect(why(override(of, { ...asked, person: 'D', instead: 'B', ...onDay(3) }, facts()))).toMatch('done')
    expect(why(override(of, { ...asked, person: 'C', instead: 'A', ...onDay(5) }, facts()))).toMatch('done')
    expect(why(override(of, { ...asked, person: 'C', instead: 'B', ...onDay(3) }, facts()))).toBe('overlaps')
  })
})

describe('rest', () => {
  it('before and after is what the schedule asks for: eight hours, and none at all', () => {
    // B has the 3rd from 09:00 to the 4th 09:00.
    const take = (from: string, to: string, roster = base) =>
      override(roster, { ...asked, person: 'B', from, to }, facts())
    expect(take('2026-03-04T12:00:00Z', '2026-03-04T18:00:00Z')).toEqual({
      refused: 'too-little-rest',
      person: 'B',
      restMs: 3 * 3_600_000,
      minRestMs: 8 * 3_600_000,
      shift: { from: '2026-03-04T04:00:00Z', to: '2026-03-04T09:00:00Z' },
    })
    expect(why(take('2026-03-04T16:59:00Z', '2026-03-04T18:00:00Z'))).toBe('too-little-rest')
    expect(why(take('2026-03-04T17:00:00Z', '2026-03-04T18:00:00Z'))).toMatch('done')
    expect(why(take('2026-03-02T20:00:00Z', '2026-03-03T01:30:00Z'))).toBe('too-little-rest')
    expect(why(take('2026-03-02T20:00:00Z', '2026-03-03T01:00:00Z'))).toMatch('done')
    expect(why(take('2026-03-04T09:00:00Z', '2026-03-04T18:00:00Z'))).toBe('too-little-rest')
    const restless = rosterOf({ ...schedule(...(base.versions[0]?.definition?.layers ?? [])), minRestMs: 0 })
    expect(why(take('2026-03-04T09:00:00Z', '2026-03-04T18:00:00Z', restless))).toMatch('done')
  })

  it('counts her shifts in other schedules; one at the very same time is no other shift', () => {
    const take = (from: string, to: string) =>
      override(
        base,
        { ...asked, person: 'E', ...onDay(4, '12:00', '18:00', 0) },
        facts({ elsewhere: () => [{ from, to }] }),
      )
    expect(why(take('2026-03-04T00:00:00Z', '2026-03-04T08:00:00Z'))).toBe('too-little-rest')
    expect(why(take('2026-03-04T00:00:00Z', '2026-03-04T04:00:00Z'))).toMatch('done')
    expect(why(take('2026-03-04T10:00:00Z', '2026-03-04T20:00:00Z'))).toMatch('done')
  })

  it('may be set aside by an override that says so, never by a cover', () => {
    const early = { ...asked, person: 'B', ...onDay(4, '12:00', '18:00', 0) }
    expect(override(base, { ...early, anyway: true }, facts())).toMatchObject([{ data: { anyway: true } }])
    const waiting = done(base, askCover(base, { person: 'C', reason: null, ...onDay(4, '12:00', '18:00', 0) }, facts()))
    expect(why(takeCover(waiting, { id: 'payment#1', person: 'B' }, facts()))).toBe('too-little-rest')
    expect(why(takeCover(waiting, { id: 'payment#1', person: 'A' }, facts()))).toMatch('done')
  })
})

describe('a swap', () => {
  const four = rosterOf({ ...schedule(...(base.versions[0]?.definition?.layers ?? [])), minRestMs: 0 })
  const between = (first: string, a: ReturnType<typeof onDay>, second: string, b: ReturnType<typeof onDay>) => ({
    first: { person: first, ...a },
    second: { person: second, ...b },
    by: 'A',
    reason: null,
  })

  it('gives each what the other had', () => {
    const of = done(four, swap(four, between('B', onDay(3), 'D', onDay(5)), facts()))
    expect(['03', '04', '05', '06'].map((date) => who(of, `2026-03-${date}T12:00Z`))).toEqual(['D', 'C', 'B', 'A'])
  })

  it('of neighbouring days is no conflict with itself', () => {
    const of = done(four, swap(four, between('B', onDay(3), 'C', onDay(4)), facts()))
    expect(['03', '04'].map((date) => who(of, `2026-03-${date}T12:00Z`))).toEqual(['C', 'B'])
  })

  it('that overlaps another one is refused, and one of what nobody has', () => {
    const of = done(four, swap(four, between('B', onDay(3), 'D', onDay(5)), facts()))
    expect(why(swap(of, between('B', onDay(3), 'D', onDay(5)), facts()))).toBe('overlaps')
    expect(why(swap(of, between('D', onDay(3), 'C', onDay(4)), facts()))).toBe('overlaps')
    expect(why(swap(four, between('B', onDay(4), 'D', onDay(5)), facts()))).toBe('not-on-call')
    expect(why(swap(four, between('B', onDay(3), 'B', onDay(7)), facts()))).toBe('same-person')
    expect(why(swap(four, between('A', onDay(1), 'B', onDay(3)), facts()))).toBe('span-past')
    expect(why(swap(four, between('B', onDay(3), 'Z', onDay(5)), facts()))).toBe('not-of-schedule')
  })

  it('that leaves one of them too little rest is refused', () => {
    expect(swap(base, between('B', onDay(3), 'C', onDay(8)), facts())).toMatchObject({
      refused: 'too-little-rest',
      person: 'B',
    })
    const nights = rosterOf(schedule(layer('A B C D', { start: '2026-03-02T09:00', every: hours(12) })))
    expect(
      why(swap(nights, between('B', onDay(2, '21:00', '09:00'), 'D', onDay(3, '21:00', '09:00')), facts())),
    ).toMatch('done')
  })
})

describe('cover', () => {
  const ask = { person: 'C', reason: 'dentist', ...onDay(4, '12:00', '18:00', 0) }
  const waiting = done(base, askCover(base, ask, facts()))

  it('is asked for one’s own duty, once', () => {
    expect(waiting.asks).toMatchObject([{ id: 'payment#1', person: 'C' }])
    expect(why(askCover(waiting, ask, facts()))).toBe('overlaps')
    expect(why(askCover(base, { ...ask, person: 'D' }, facts()))).toBe('not-on-call')
    expect(why(askCover(base, { ...ask, person: 'Mallory' }, facts()))).toBe('not-of-schedule')
    expect(why(askCover(base, { ...ask, from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, facts()))).toBe(
      'span-past',
    )
  })

  it('goes to the first one who takes it', () => {
    const of = done(waiting, takeCover(waiting, { id: 'payment#1', person: 'E' }, facts()))
    expect(who(of, '2026-03-04T12:00Z')).toBe('E')
    expect(takeCover(of, { id: 'payment#1', person: 'A' }, facts())).toEqual({
      refused: 'cover-taken',
      id: 'payment#1',
      by: 'E',
    })
  })

  it('is refused to the asker, to strangers, when it is over, and when it is none', () => {
    const refused = (person: string, id = 'payment#1', when = now) =>
      why(takeCover(waiting, { id, person }, facts({ now: at(when) })))
    expect(refused('C')).toBe('same-person')
    expect(refused('Mallory')).toBe('not-of-schedule')
    expect(refused('E', 'payment#1', '2026-03-04T18:00:00Z')).toBe('change-over')
    expect(refused('E', 'payment#9')).toBe('change-unknown')
  })

  it('of what one has by an override is asked and taken', () => {
    const of = done(base, override(base, { ...asked, person: 'E', ...onDay(6) }, facts()), '2026-03-02T11:00:00Z')
    const asking = done(of, askCover(of, { person: 'E', reason: null, ...onDay(6, '12:00', '18:00', 0) }, facts()))
    const taken = done(asking, takeCover(asking, { id: 'payment#2', person: 'C' }, facts()))
    expect(['11:00', '12:00', '18:00'].map((time) => who(taken, `2026-03-06T${time}Z`))).toEqual(['E', 'C', 'E'])
  })

  it('that somebody overrode meanwhile is refused', () => {
    const of = done(waiting, override(waiting, { ...asked, person: 'E', ...onDay(4) }, facts()), '2026-03-02T13:00:00Z')
    expect(why(takeCover(of, { id: 'payment#1', person: 'A' }, facts()))).toBe('overlaps')
  })
})

describe('withdrawing', () => {
  it('ends what lies ahead, and nothing else', () => {
    const of = done(base, override(base, { ...asked, person: 'E', ...onDay(4) }, facts()))
    expect(done(of, withdraw(of, { id: 'payment#1', by: 'D' }, facts())).changes).toEqual([])
    expect(why(withdraw(of, { id: 'payment#1', by: 'Mallory' }, facts()))).toBe('not-of-schedule')
    expect(withdraw(of, { id: 'payment#7', by: 'A' }, facts())).toEqual({
      refused: 'change-unknown',
      id: 'payment#7',
      known: ['payment#1'],
    })
    expect(why(withdraw(of, { id: 'payment#1', by: 'A' }, facts({ now: at('2026-03-05T09:00:00Z') })))).toBe(
      'change-over',
    )
  })

  it('takes back a request for cover, and a cover that was taken', () => {
    const asking = done(base, askCover(base, { person: 'C', reason: null, ...onDay(4) }, facts()))
    expect(done(asking, withdraw(asking, { id: 'payment#1', by: 'C' }, facts())).asks).toEqual([])
    const taken = done(asking, takeCover(asking, { id: 'payment#1', person: 'E' }, facts()))
    expect(who(done(taken, withdraw(taken, { id: 'payment#1', by: 'E' }, facts())), '2026-03-04T12:00Z')).toBe('C')
  })
})
