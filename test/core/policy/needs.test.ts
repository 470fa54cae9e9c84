import { describe, expect, it } from 'vitest'
import { type Given, missing, type Needs } from '../../../src/core/policy/needs.ts'
import { actAtOnce, approve, waitingFor } from '../../../src/core/rollback/decide.ts'
import type { RollbackEvent } from '../../../src/core/rollback/events.ts'
import { breakGlass } from '../../../src/core/rollback/glass.ts'
import { recheck } from '../../../src/core/rollback/recheck.ts'
import { isRefusal } from '../../../src/core/rollback/refusal.ts'
import type { Rollback } from '../../../src/core/rollback/state.ts'
import { at, change, planOf, policy, proposed, told } from '../rollback/kit.ts'

const given = (person: string, ...counts: string[]): Given => ({ person, counts })

describe('what is missing', () => {
  it.each<[string, Needs, Given[], Needs]>([
    ['nothing where nothing is needed', { approvals: 0, kinds: [] }, [], { approvals: 0, kinds: [] }],
    ['two of many', { approvals: 2, kinds: [] }, [given('a', 'approval')], { approvals: 1, kinds: [] }],
    [
      'each person counts once, though she could for both',
      { approvals: 1, kinds: ['database'] },
      [given('a', 'approval', 'database')],
      { approvals: 0, kinds: ['database'] },
    ],
    [
      'whoever can do less does that, whichever came first',
      { approvals: 1, kinds: ['database'] },
      [given('a', 'approval', 'database'), given('b', 'approval')],
      { approvals: 0, kinds: [] },
    ],
    [
      'a kind is no plain approval',
      { approvals: 1, kinds: ['database'] },
      [given('a', 'database'), given('b', 'database')],
      { approvals: 1, kinds: [] },
    ],
    [
      'nobody counts for what is not needed',
      { approvals: 1, kinds: [] },
      [given('a', 'database')],
      { approvals: 1, kinds: [] },
    ],
  ])('%s', (_, needs, all, left) => {
    expect(missing(needs, all)).toEqual(left)
    const turned = missing(needs, [...all].reverse())
    expect(turned.approvals + turned.kinds.length).toBe(left.approvals + left.kinds.length)
  })
})

const plan = planOf(change('eu', [], { layer: 'database' }))
const rule = policy({ also: { database: ['dan'] }, emergency: ['tom'], breakGlass: ['ana'], commander: 'ana' })
const story = (...events: RollbackEvent[]) => told(proposed({ plan, policy: rule }), ...events)
const by = (state: Rollback, person: string, more = rule) => ({
  person,
  policy: more,
  standing: 'member' as const,
  hash: state.hash,
  preview: state.preview,
})
const events = (decision: readonly RollbackEvent[] | object): RollbackEvent[] => {
  if (isRefusal(decision)) throw new Error(decision.refused)
  return [...(decision as readonly RollbackEvent[])]
}
const no = (decision: object) => (isRefusal(decision) ? decision : null)

describe('a plan that changes a database', () => {
  const asked = story()
  it('waits for both kinds, in any order, and nothing else counts', () => {
    expect(waitingFor(asked, rule)).toEqual(['tom', 'ana', 'dan'])
    const [first] = events(approve(asked, by(asked, 'dan'), at(1)))
    if (!first) throw new Error('no event')
    const half = story(first)
    expect(half.phase).toBe('awaiting-approval')
    expect(waitingFor(half, rule)).toEqual(['tom', 'ana'])
    expect(story(first, ...events(approve(half, by(half, 'tom'), at(2)))).phase).toBe('approved')
    const plain = story(...events(approve(asked, by(asked, 'tom'), at(1))))
    expect(no(approve(plain, by(plain, 'ana'), at(2)))).toMatchObject({
      refused: 'second-kind',
      kinds: ['database'],
      approvers: ['dan'],
    })
  })

  it('is not run by acting at once alone; a broken glass runs it, and says whom it passed over', () => {
    const [urgent] = events(actAtOnce(asked, by(asked, 'tom'), at(1)))
    if (!urgent) throw new Error('no event')
    const half = story(urgent)
    expect([half.phase, waitingFor(half, rule)]).toEqual(['awaiting-approval', ['dan']])
    expect(no(actAtOnce(asked, by(asked, 'ana'), at(1)))).toMatchObject({ refused: 'not-at-once', may: ['tom'] })
    const consent = { ...by(asked, 'ana'), via: 'chat', review: 'review-R-1' } as const
    expect(no(breakGlass(asked, consent, ' ', at(1)))).toEqual({ refused: 'no-reason' })
    const [broken] = events(breakGlass(asked, consent, 'nobody answers', at(1)))
    if (broken?.type !== 'rollback.glass-broken') throw new Error('no glass')
    expect(broken.data.concerned).toEqual(['mei', 'tom', 'dan'])
    expect(story(broken).phase).toBe('approved')
    expect(no(breakGlass(asked, { ...consent, person: 'tom' }, 'x', at(1)))).toMatchObject({ refused: 'no-glass' })
  })
})

describe('before the first step the same is asked again', () => {
  const plain = (more = {}) => policy({ emergency: ['tom'], breakGlass: ['ana'], ...more })
  const voided = (state: Rollback, now = plain()) => recheck(state, now, () => false).map(({ data }) => data)
  const asked = told(proposed({ policy: plain() }))
  it('of who acted at once, and of who broke the glass', () => {
    const urgent = told(proposed({ policy: plain() }), ...events(actAtOnce(asked, by(asked, 'tom', plain()), at(1))))
    expect([urgent.phase, voided(urgent)]).toEqual(['approved', []])
    expect(voided(urgent, plain({ emergency: ['kai'] }))).toEqual([{ person: 'tom', why: 'no-longer-allowed' }])
    const consent = { ...by(asked, 'ana', plain()), via: 'chat', review: 'review-R-1' } as const
    const broken = told(proposed({ policy: plain() }), ...events(breakGlass(asked, consent, 'now', at(1))))
    expect(voided(broken, plain({ breakGlass: [] }))).toEqual([{ person: 'ana', why: 'no-longer-allowed' }])
    const gone: RollbackEvent = {
      type: 'rollback.approval-voided',
      v: 1,
      data: { person: 'ana', why: 'no-longer-allowed' },
    }
    const after = told(proposed({ policy: plain() }), ...events(breakGlass(asked, consent, 'now', at(1))), gone)
    expect([after.phase, after.glass?.counts, waitingFor(after, plain())]).toEqual([
      'awaiting-approval',
      false,
      ['tom', 'ana'],
    ])
  })

  it('of who asked, where nobody else had to agree: then somebody must', () => {
    const free = plain({ approvals: 0, approve: ['tom', 'ana'] })
    const alone = told(proposed({ policy: free }))
    expect([alone.phase, voided(alone, free)]).toEqual(['approved', []])
    const [gone] = recheck(alone, plain({ approvals: 0, propose: ['tom'] }), () => false)
    if (!gone) throw new Error('not voided')
    expect(gone.data).toEqual({ person: 'mei', why: 'no-longer-allowed' })
    const after = told(proposed({ policy: free }), gone)
    expect([after.phase, waitingFor(after, free)]).toEqual(['awaiting-approval', ['tom', 'ana']])
    const [agreed] = events(approve(after, by(after, 'tom', free), at(3)))
    if (!agreed) throw new Error('no event')
    expect(told(proposed({ policy: free }), gone, agreed).phase).toBe('approved')
  })
})
