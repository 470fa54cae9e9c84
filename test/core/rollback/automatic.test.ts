import { describe, expect, it } from 'vitest'
import { asternId } from '../../../src/core/actor.ts'
import type { Policy, Standing } from '../../../src/core/policy/policy.ts'
import { abort, propose, waitingFor } from '../../../src/core/rollback/decide.ts'
import { concernedBy } from '../../../src/core/rollback/glass.ts'
import { next } from '../../../src/core/rollback/next.ts'
import { recheck } from '../../../src/core/rollback/recheck.ts'
import { isRefusal } from '../../../src/core/rollback/refusal.ts'
import { stillNeeds } from '../../../src/core/rollback/state.ts'
import { at, change, planOf, policy, proposal, proposed, started, told } from './kit.ts'

const line = 'policies.low.automatic'
const alone = (more: Partial<Policy> = {}) =>
  policy({ tier: 'low', human: false, automatic: { afterMs: 60_000, line }, ...more })
const asked = (more: Parameters<typeof proposal>[0] = {}) =>
  ({ requester: asternId, policy: alone(), automatic: { line, due: 7 }, ...more }) as const
const outcome = (more: Parameters<typeof proposal>[0] = {}) => {
  const decision = propose(proposal(asked(more)), at(0))
  return isRefusal(decision) ? decision.refused : decision.map(({ type }) => type).join()
}
const freeze = {
  id: 'F-1',
  scope: { services: [], environments: [], regions: [] },
  from: at(0),
  to: at(60),
  reason: 'fair',
  person: null,
}

describe('a rollback that nobody asked for', () => {
  it('runs with nobody consenting, and says so', () => {
    const state = told(proposed(asked()))
    expect(state).toMatchObject({ requester: 'astern', phase: 'approved', approvals: [], automatic: { line, due: 7 } })
    expect(stillNeeds(state)).toEqual({ approvals: 0, kinds: [] })
    expect(next(state, at(1)).start.map(({ id }) => id)).toEqual(['eu'])
  })

  it.each<[string, Parameters<typeof outcome>[0], string]>([
    ['of a critical service', { policy: alone({ tier: 'critical' }) }, 'needs-a-person'],
    ['where a human is wanted', { policy: alone({ human: true }) }, 'needs-a-person'],
    ['that no policy allows', { policy: alone({ automatic: null }) }, 'needs-a-person'],
    [
      'with a kind of its own',
      { policy: alone({ also: { database: ['ivo'] } }), plan: planOf(change('eu', [], { layer: 'database' })) },
      'needs-a-person',
    ],
    // People may in an open incident; Astern alone may not, and overrides nothing.
    ['in a freeze', { freezes: [freeze], inIncident: true, override: 'urgent' }, 'frozen'],
    ['of what another holds', { locks: [{ target: 'x', rollback: 'R-9', by: 'mei' }] }, 'locked'],
    ['with a blocker', { blockers: [{ region: 'eu', code: 'gone', wording: { key: 'x' } }] }, 'blocked'],
    ['of nothing', { plan: planOf() }, 'nothing-to-do'],
    ['that nobody could approve', { policy: alone({ approve: [] }) }, 'rollback.proposed'],
  ])('%s', (_, more, expected) => expect(outcome(more)).toBe(expected))

  it('is a request of people again where the policy is another one before it begins', () => {
    const state = told(proposed(asked()))
    expect(recheck(state, alone(), () => false)).toEqual([])
    const [voided, ...more] = recheck(state, alone({ automatic: null }), () => false)
    expect(more).toEqual([])
    expect(voided?.data).toEqual({ person: 'astern', why: 'no-longer-allowed' })
    if (!voided) throw new TypeError('nothing was voided')
    for (const approvals of [0, 1]) {
      const waiting = told(proposed(asked({ policy: alone({ approvals }) })), voided)
      expect(waiting).toMatchObject({ phase: 'awaiting-approval', automatic: null })
      expect(waitingFor(waiting, policy())).toEqual(['tom', 'ana'])
    }
    expect(recheck(told(proposed(asked()), started('eu')), alone({ automatic: null }), () => false)).toEqual([])
  })

  it('is aborted by those who could have stopped it before; nobody is taken for Astern', () => {
    const running = told(proposed(asked()), started('eu'))
    const by = (person: string, standing: Standing = 'member') =>
      abort(running, { person, standing, policy: alone() }, '')
    expect(isRefusal(by('tom'))).toBe(false)
    // She may start one, and no more than that.
    expect(isRefusal(by('mei'))).toBe(false)
    expect(by('lin')).toMatchObject({ refused: 'not-an-approver' })
    expect(by('mei', 'guest')).toMatchObject({ refused: 'standing' })
    expect(by(asternId)).toMatchObject({ refused: 'not-an-approver' })
    expect(concernedBy(running, alone())).not.toContain(asternId)
  })
})
