import { describe, expect, it } from 'vitest'
import type { Suspected } from '../../../src/core/alert/suspected.ts'
import { type Fire, joined } from '../../../src/core/incident/join.ts'
import type { Incident } from '../../../src/core/incident/state.ts'

const suspected = (version: string | null, doubts: readonly string[] = []): Suspected => ({
  symptom: { service: 'shop', environment: 'production', burning: [], calm: [], named: null },
  suspects: version
    ? [{ service: 'pay', version, regions: [], leadMs: 1, grounds: [], doubts: doubts.map((key) => ({ key })) }]
    : [],
  cleared: [],
  chosen: null,
})

const fire = (number: number, more: Partial<Incident> = {}, judged: Suspected | null = suspected('v5')): Fire => ({
  incident: {
    id: `INC-${number}`,
    cause: 'alert',
    drill: null,
    closed: null,
    rollbacks: [],
    automatic: [],
    ...more,
  } as unknown as Incident,
  suspected: judged,
})

const outcome = (one: Fire, ...others: readonly Fire[]): string => {
  const found = joined(one, others)
  return found ? `${found.younger.map(({ id }) => id)} → ${found.into.id}` : 'apart'
}

describe('fires that suspect the same release', () => {
  it.each<[string, string, Fire, readonly Fire[]]>([
    ['the younger joins the older', 'INC-10 → INC-9', fire(10), [fire(9)]],
    ['whichever of them is looked at', 'INC-10 → INC-9', fire(9), [fire(10)]],
    ['of three all join the oldest', 'INC-2,INC-3 → INC-1', fire(2), [fire(3), fire(1)]],
    ['not where another release is behind it', 'apart', fire(2), [fire(1, {}, suspected('v4'))]],
    ['not where nothing is suspected', 'apart', fire(2, {}, suspected(null)), [fire(1, {}, suspected(null))]],
    ['not where what it was judged by burns no more', 'apart', fire(2), [fire(1, {}, null)]],
    ['not on a mere guess', 'apart', fire(2, {}, suspected('v5', ['suspect.had-left'])), [fire(1)]],
    ['a small doubt is none', 'INC-2 → INC-1', fire(2, {}, suspected('v5', ['suspect.maybe-after'])), [fire(1)]],
    ['one with a rollback stays', 'apart', fire(2, { rollbacks: ['R-1'] }), [fire(1)]],
    ['but others join it', 'INC-2 → INC-1', fire(1, { rollbacks: ['R-1'] }), [fire(2)]],
    ['one that a person opened stays', 'apart', fire(2, { cause: 'hand' }), [fire(1)]],
    ['never a drill with what is real', 'apart', fire(2, { drill: 'D-1' }), [fire(1)]],
    ['nothing joins what is closed', 'apart', fire(2), [fire(1, { closed: { person: 'ana', note: '', at: '' } })]],
    ['alone', 'apart', fire(1), []],
  ])('%s', (_, wanted, one, others) => expect(outcome(one, ...others)).toBe(wanted))
})
