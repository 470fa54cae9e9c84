import { describe, expect, it } from 'vitest'
import { type Plan, planHash, previewDigest } from '../../../src/core/rollback/plan.ts'
import { change, check, planOf, release, sequence } from './kit.ts'

const changed = (more: Parameters<typeof change>[2]): Plan => planOf(change('eu', [], more), ...sequence.steps.slice(1))
const warning = (code: string) => ({ code, wording: { key: code } })

describe('the plan’s hash', () => {
  it.each<[string, Plan]>([
    ['another target', planOf(change('ap'), ...sequence.steps.slice(1))],
    ['another release to go to', changed({ to: release('v0') })],
    ['another release that runs', changed({ from: release('v3') })],
    ['another etag', changed({ etag: 'moved' })],
    ['another order', { ...sequence, order: 'together' }],
    ['a step less', planOf(...sequence.steps.slice(0, 2))],
    ['steps the other way round', planOf(...[...sequence.steps].reverse())],
    ['another wait', planOf(change('eu', ['us']), ...sequence.steps.slice(1))],
    ['another check', planOf(change('eu'), { ...check('eu'), checks: ['tcp'] }, ...sequence.steps.slice(2))],
    ['a warning more', changed({ warnings: [warning('argo')] })],
    ['another environment', { ...sequence, environment: 'staging' }],
  ])('changes with %s', (_, plan) => expect(planHash(plan)).not.toBe(planHash(sequence)))

  it.each<[string, Plan]>([
    ['the ETA', changed({ etaMs: 5_000 })],
    ['a deadline', changed({ deadlineMs: 1 })],
    ['evidence on a release', changed({ to: release('v1', { by: 'ci', changeCause: 'x', available: true }) })],
  ])('does not change with %s', (_, plan) => expect(planHash(plan)).toBe(planHash(sequence)))

  it('does not change with the wording or the order of warnings', () => {
    const one = changed({ warnings: [warning('a'), warning('b')] })
    const other = changed({ warnings: [{ code: 'b', wording: { key: 'other' } }, warning('a')] })
    expect(planHash(one)).toBe(planHash(other))
  })

  it('is the same for ever', () => {
    expect(planHash(sequence)).toMatchInlineSnapshot(
      `"a67a7ad546fc861da0c734c758316b5e64111f6995a43e820e5d31aee302fac2"`,
    )
  })
})

describe('the preview’s digest', () => {
  it('changes with what was shown, and with nothing else', () => {
    const shown = previewDigest(sequence)
    expect(previewDigest(changed({ preview: [] }))).not.toBe(shown)
    expect(previewDigest(changed({ to: release('v0') }))).not.toBe(shown)
    expect(previewDigest(changed({ etag: 'moved', etaMs: 1 }))).toBe(shown)
  })
})
