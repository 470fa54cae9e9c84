import { describe, expect, it } from 'vitest'
import type { Standing } from '../../../src/core/policy/policy.ts'
import {
  abort,
  approve,
  type Consent,
  type Proposal,
  propose,
  reject,
  waitingFor,
} from '../../../src/core/rollback/decide.ts'
import { recheck } from '../../../src/core/rollback/recheck.ts'
import { isRefusal } from '../../../src/core/rollback/refusal.ts'
import type { Rollback } from '../../../src/core/rollback/state.ts'
import { abortAsked, approved, at, planOf, policy, proposal, proposed, started, told } from './kit.ts'

const outcome = (decision: ReturnType<typeof propose>): string =>
  isRefusal(decision) ? decision.refused : decision.map(({ type }) => type).join(' ')

const standings: Standing[] = ['guest', 'stranger', 'bot', 'deactivated', 'other-organisation', 'could-not-ask']
const blocker = { region: 'us', code: 'x', wording: { key: 'x' } }
const lock = { target: 'shop/production/eu/app', rollback: 'R-0', by: 'tom' }

describe('propose', () => {
  it.each<[string, Partial<Proposal>, string]>([
    ['as it should be', {}, 'rollback.proposed'],
    ['anyone may', { requester: 'lin', policy: policy({ propose: 'anyone' }) }, 'rollback.proposed'],
    ['nobody has to agree', { policy: policy({ approvals: 0, approve: [] }) }, 'rollback.proposed'],
    ['not in the list', { requester: 'lin' }, 'may-not-propose'],
    ['no reason', { reason: ' \n ' }, 'no-reason'],
    ['somebody holds the lock', { locks: [lock] }, 'locked'],
    ['a blocker', { blockers: [blocker] }, 'blocked'],
    ['nothing to change', { plan: planOf() }, 'nothing-to-do'],
    ['only she could approve', { requester: 'tom', policy: policy({ approve: ['tom'] }) }, 'nobody-approves'],
    ['too few approvers', { policy: policy({ approvals: 3 }) }, 'nobody-approves'],
    ...standings.map((standing): [string, Partial<Proposal>, string] => [standing, { standing }, 'standing']),
  ])('%s', (_, more, expected) => expect(outcome(propose(proposal(more), at(0)))).toBe(expected))

  it('expires after as long as the tier says', () => {
    const event = proposed({ policy: policy({ expiresAfterMs: 90_000 }) })
    expect(event.type === 'rollback.proposed' && event.data.expiresAt).toBe(at(90))
  })
})

const waiting = told(proposed())
const consent = (more: Partial<Consent> = {}): Consent => ({
  person: 'tom',
  standing: 'member',
  hash: waiting.hash,
  preview: waiting.preview,
  policy: policy(),
  ...more,
})

describe('approve', () => {
  const running = told(proposed(), approved('tom'), started('eu'))
  const two = policy({ approvals: 2 })
  it.each<[string, Rollback, Partial<Consent>, number, string]>([
    ['as it should be', waiting, {}, 1, 'rollback.approved'],
    ['the requester', waiting, { person: 'mei' }, 1, 'self-approval'],
    ['the requester, though listed', told(proposed({ requester: 'tom' })), {}, 1, 'self-approval'],
    [
      'the requester, where the tier allows it',
      told(proposed({ requester: 'tom', policy: policy({ fourEyes: false }) })),
      { policy: policy({ fourEyes: false }) },
      1,
      'rollback.approved',
    ],
    ['somebody else', waiting, { person: 'lin' }, 1, 'not-an-approver'],
    ['who lost the right since', waiting, { policy: policy({ approve: ['ana'] }) }, 1, 'not-an-approver'],
    ['another plan', waiting, { hash: 'other' }, 1, 'plan-differs'],
    ['another preview', waiting, { preview: 'other' }, 1, 'plan-differs'],
    ['at the very end', waiting, {}, 599, 'rollback.approved'],
    ['too late', waiting, {}, 600, 'expired'],
    ['already running', running, { person: 'ana' }, 3, 'not-waiting'],
    ['twice by one', told(proposed({ policy: two }), approved('tom')), { policy: two }, 2, 'already-approved'],
    ...standings.map((standing): [string, Rollback, Partial<Consent>, number, string] => [
      standing,
      waiting,
      { standing },
      1,
      'standing',
    ]),
  ])('%s', (_, state, more, seconds, expected) => {
    const of = consent({ hash: state.hash, preview: state.preview, ...more })
    expect(outcome(approve(state, of, at(seconds)))).toBe(expected)
  })

  it('every no names who may', () => {
    expect(approve(waiting, consent({ person: 'lin' }), at(1))).toMatchObject({ approvers: ['tom', 'ana'] })
    expect(waitingFor(told(proposed({ requester: 'tom' })), policy())).toEqual(['ana'])
  })
})

describe('reject and abort', () => {
  const running = told(proposed(), approved('tom'), started('eu'))
  const stopping = told(proposed(), approved('tom'), started('eu'), abortAsked)
  it.each<[string, ReturnType<typeof propose>, string]>([
    ['an approver rejects', reject(waiting, consent(), 'no'), 'rollback.rejected'],
    ['the requester takes it back', reject(waiting, consent({ person: 'mei' }), 'no'), 'rollback.rejected'],
    ['somebody else rejects', reject(waiting, consent({ person: 'lin' }), 'no'), 'not-an-approver'],
    ['without a reason', reject(waiting, consent(), '  '), 'no-reason'],
    ['what runs', reject(running, consent(), 'no'), 'not-waiting'],
    ['a guest rejects', reject(waiting, consent({ standing: 'guest' }), 'no'), 'standing'],
    ['the requester aborts', abort(running, consent({ person: 'mei' }), ''), 'rollback.abort-asked'],
    ['somebody else aborts', abort(running, consent({ person: 'lin' }), ''), 'not-an-approver'],
    ['what waits', abort(waiting, consent(), ''), 'not-running'],
    ['twice', abort(stopping, consent(), ''), 'already-aborting'],
    ['a stranger aborts', abort(running, consent({ standing: 'stranger' }), ''), 'standing'],
  ])('%s', (_, decision, expected) => expect(outcome(decision)).toBe(expected))
})

describe('recheck', () => {
  const state = told(proposed(), approved('tom'))
  const voids = (
    of: Rollback,
    rule = policy(),
    lost: (person: string, since: number) => boolean = () => false,
  ): unknown[] => recheck(of, rule, lost).map(({ data }) => data)
  it('voids what no longer counts, before the first effect and never after', () => {
    expect(voids(state)).toEqual([])
    expect(voids(state, policy({ approve: ['ana'] }))).toEqual([{ person: 'tom', why: 'no-longer-allowed' }])
    expect(voids(state, policy(), (person) => person === 'tom')).toEqual([{ person: 'tom', why: 'account-lost' }])
    expect(voids(told(proposed(), approved('tom'), started('eu')), policy({ approve: [] }))).toEqual([])
    expect(voids(waiting, policy({ approve: [] }))).toEqual([])
  })

  it('asks what was lost since the approval, not before', () => {
    const asked: number[] = []
    voids(state, policy(), (_, since) => asked.push(since) === 0)
    expect(asked).toEqual([2])
  })
})
