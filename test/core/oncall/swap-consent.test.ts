import { describe, expect, it } from 'vitest'
import { type OnCallFacts, override, withdraw } from '../../../src/core/oncall/decide.ts'
import type { OnCallEvent } from '../../../src/core/oncall/events.ts'
import { isOnCallRefusal, type OnCallRefusal } from '../../../src/core/oncall/refusal.ts'
import { foldRoster, type Roster, rosterOf } from '../../../src/core/oncall/roster.ts'
import { answerSwap, askSwap, lapsed } from '../../../src/core/oncall/swap-consent.ts'
import { at, day, layer, schedule, who } from './kit.ts'

/** A, B, C and D a day each from Monday 2 March, 09:00 to 09:00. */
const base = rosterOf({
  ...schedule(layer('A B C D', { start: '2026-03-02T09:00', every: day })),
  minRestMs: 0,
})
const now = '2026-03-02T12:00:00Z'
const facts = (when = now): OnCallFacts => ({
  now: at(when),
  circle: ['A', 'B', 'C', 'D'],
  shadows: [],
  elsewhere: () => [],
})
const onDay = (date: number) => ({ from: `2026-03-0${date}T09:00:00Z`, to: `2026-03-0${date + 1}T09:00:00Z` })

function done(roster: Roster, decision: readonly OnCallEvent[] | OnCallRefusal, when = now): Roster {
  if (isOnCallRefusal(decision)) throw new Error(JSON.stringify(decision))
  return decision.reduce((folded, event) => foldRoster(folded, event, when), roster)
}
const asked = (days: readonly [number, number] = [4, 5]) =>
  done(
    base,
    askSwap(
      base,
      { first: { person: 'C', ...onDay(days[0]) }, second: { person: 'D', ...onDay(days[1]) }, by: 'C', reason: null },
      facts(),
    ),
  )
const answer = (agrees: boolean, person = 'D') => ({ id: 'payment#1', person, agrees })

describe('a swap', () => {
  it('changes nothing until the other one agrees; then under the same id', () => {
    const waits = asked()
    expect([who(waits, '2026-03-04T12:00Z'), who(waits, '2026-03-05T12:00Z')]).toEqual(['C', 'D'])
    expect(waits.swaps).toMatchObject([{ id: 'payment#1', expiresAt: '2026-03-03T12:00:00Z' }])
    const agreed = done(waits, answerSwap(waits, answer(true), facts()))
    expect([who(agreed, '2026-03-04T12:00Z'), who(agreed, '2026-03-05T12:00Z')]).toEqual(['D', 'C'])
    expect([agreed.swaps, agreed.numbered]).toEqual([[], 1])
    expect(answerSwap(agreed, answer(true), facts())).toEqual({ refused: 'swap-over', id: 'payment#1', agreed: true })
  })

  it('is answered by her alone, and not after its time', () => {
    const waits = asked()
    expect(answerSwap(waits, answer(true, 'C'), facts())).toMatchObject({ refused: 'swap-not-yours', person: 'D' })
    expect(answerSwap(waits, answer(true), facts('2026-03-03T12:00:00Z'))).toMatchObject({ refused: 'swap-over' })
    expect(lapsed(waits, at('2026-03-03T11:59:59Z'))).toEqual([])
    const late = done(waits, lapsed(waits, at('2026-03-03T12:00:00Z')))
    expect([late.swaps, who(late, '2026-03-04T12:00Z')]).toEqual([[], 'C'])
    expect(answerSwap(late, answer(true), facts())).toMatchObject({ refused: 'swap-over', agreed: false })
    expect(answerSwap(base, answer(true), facts())).toMatchObject({ refused: 'change-unknown' })
  })

  it('declined or withdrawn it is over', () => {
    const waits = asked()
    expect(done(waits, answerSwap(waits, answer(false), facts())).swaps).toEqual([])
    const gone = done(waits, withdraw(waits, { id: 'payment#1', by: 'C' }, facts()))
    expect(answerSwap(gone, answer(true), facts())).toMatchObject({ refused: 'swap-over' })
  })

  it('that begins soon waits no longer than that', () => {
    const soon = { first: { person: 'A', ...onDay(2) }, second: { person: 'B', ...onDay(3) }, by: 'A', reason: null }
    const waits = done(base, askSwap(base, soon, facts()))
    expect(waits.swaps).toMatchObject([{ first: { from: '2026-03-02T12:00:00Z' }, expiresAt: '2026-03-03T09:00:00Z' }])
  })

  it('is decided anew when she agrees: what came between refuses it', () => {
    const waits = asked()
    const between = done(
      waits,
      override(
        waits,
        { person: 'A', instead: 'C', over: [], anyway: false, by: 'A', reason: null, ...onDay(4) },
        facts(),
      ),
    )
    expect(answerSwap(between, answer(true), facts())).toMatchObject({ refused: 'overlaps' })
  })
})
