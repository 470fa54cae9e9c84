import { describe, expect, it } from 'vitest'
import type { RollbackEvent } from '../../../src/core/rollback/events.ts'
import { next } from '../../../src/core/rollback/next.ts'
import { stepState } from '../../../src/core/rollback/state.ts'
import {
  abortAsked,
  added,
  applied,
  approved,
  at,
  failed,
  policy,
  proposed,
  sequence,
  settled,
  started,
  together,
  told,
} from './kit.ts'

const ok = [proposed(), approved('tom')]
const both = [proposed({ plan: together }), approved('tom')]
const done = (step: string) => [started(step), applied(step), settled(step)]
const voided: RollbackEvent = {
  type: 'rollback.approval-voided',
  v: 1,
  data: { person: 'tom', why: 'account-lost' },
}

/** What is due, in a word. */
function due(events: readonly RollbackEvent[], seconds = 100): string {
  const { start, follow, end, waitUntil } = next(told(...events), at(seconds))
  const ids = (steps: typeof start) => steps.map(({ id }) => id).join(',')
  return [end && `end ${end}`, start.length > 0 && `start ${ids(start)}`, follow.length > 0 && `follow ${ids(follow)}`]
    .concat(waitUntil && `wait ${waitUntil}`)
    .filter(Boolean)
    .join(' · ')
}

describe('next', () => {
  it.each<[string, readonly RollbackEvent[], string]>([
    ['waits for consent until it expires', [proposed()], `wait ${at(600)}`],
    ['waits again when a consent is void', [...ok, voided], `wait ${at(600)}`],
    [
      'one of two consents is not enough',
      [proposed({ policy: policy({ approvals: 2 }) }), approved('tom')],
      `wait ${at(600)}`,
    ],
    ['needs nobody', [proposed({ policy: policy({ approvals: 0 }) })], 'start eu'],
    ['starts the first region', ok, 'start eu'],
    ['follows what was begun, also by a process that died', [...ok, started('eu')], 'follow eu'],
    ['checks before the next region', [...ok, ...done('eu')], 'start eu.check'],
    ['goes on to the next region', [...ok, ...done('eu'), ...done('eu.check')], 'start us'],
    ['both at once', both, 'start eu,us'],
    ['restored: every step settled', [...both, ...done('eu'), ...done('us')], 'end restored'],
    ['a failed step starts nothing further', [...ok, started('eu'), failed('eu')], 'end failed'],
    ['the other region is followed to its end', [...both, started('eu'), started('us'), failed('eu')], 'follow us'],
    ['half done is called so', [...both, ...done('us'), started('eu'), failed('eu')], 'end failed'],
    [
      'checks failed in the first region: half done',
      [...ok, ...done('eu'), started('eu.check'), failed('eu.check')],
      'end failed',
    ],
    [
      'every region changed but not healthy',
      [...ok, ...done('eu'), ...done('eu.check'), ...done('us'), started('us.check'), failed('us.check')],
      'end not-restored',
    ],
    [
      'what fired since the plan was made is asked too, before it ends',
      [...both, ...done('eu'), ...done('us'), added('eu')],
      'start eu.alerts',
    ],
    [
      'and that it burns on is no restoration',
      [...both, ...done('eu'), ...done('us'), added('eu'), started('eu.alerts'), failed('eu.alerts')],
      'end not-restored',
    ],
    [
      'nor is it ended before that is known',
      [...both, ...done('eu'), ...done('us'), added('eu'), started('eu.alerts')],
      'follow eu.alerts',
    ],
    ['well too: restored', [...both, ...done('eu'), ...done('us'), added('eu'), ...done('eu.alerts')], 'end restored'],
    ['stopped before anything began', [...ok, abortAsked], 'end aborted'],
    ['stopped: the running step goes to its end', [...ok, started('eu'), abortAsked], 'follow eu'],
    ['stopped: then nothing further', [...ok, ...done('eu'), abortAsked], 'end aborted'],
    ['stopped when all was done is restored', [...both, ...done('eu'), ...done('us'), abortAsked], 'end restored'],
    ['ended stays ended', [...ok, { type: 'rollback.ended', v: 1, data: { ending: 'failed' } }], ''],
  ])('%s', (_, events, expected) => expect(due(events)).toBe(expected))

  it('Time is an input: expired exactly when its time is over', () => {
    expect(due([proposed()], 599)).toBe(`wait ${at(600)}`)
    expect(due([proposed()], 600)).toBe('end expired')
    expect(due(ok, 10_000)).toBe('start eu')
  })

  it('is one answer for one state', () => {
    const state = told(...ok)
    expect(next(state, at(1))).toEqual(next(state, at(1)))
    expect(state.plan).toEqual(sequence)
  })
})

describe('evolve', () => {
  it('keeps for each step where it stands and what was seen last', () => {
    const seen = [{ code: 'x', wording: { key: 'x' } }]
    const state = told(...ok, started('eu'), applied('eu'), {
      type: 'step.progressed',
      v: 1,
      data: { step: 'eu', progress: { done: 1, of: 3 }, seen },
    })
    expect(stepState(state, 'eu')).toMatchObject({
      state: 'applied',
      at: 'between',
      progress: { done: 1, of: 3 },
      seen,
    })
    expect(stepState(state, 'us')).toMatchObject({ state: 'waiting', at: 'from' })
    expect([state.phase, state.startedAt, state.version]).toEqual(['running', at(2), 5])
  })

  it('refuses a stream that does not begin with the proposal', () => {
    expect(() => told(approved('tom'))).toThrow(TypeError)
  })
})
