import { describe, expect, it } from 'vitest'
import type { World } from '../../src/app/world.ts'
import type { Standing } from '../../src/core/alert/standing.ts'
import type { AskedAlert, CheckStep, Plan } from '../../src/core/rollback/plan.ts'
import type { Rollback } from '../../src/core/rollback/state.ts'
import { alertsOf } from '../../src/engine/alert-step.ts'
import type { Check, CheckResult } from '../../src/ports/check.ts'
import { plain, sayWording } from '../../src/text/say.ts'
import { check } from '../core/rollback/kit.ts'
import { ManualClock } from '../kit/manual-clock.ts'

const now = '2026-03-02T09:10:00Z'
const alert = (expression: string | null = null): AskedAlert => ({
  service: 'shop',
  environment: 'production',
  source: 'sentry',
  name: 'TypeError',
  expression,
})

const about = { releasedAt: now, askedAt: now, settledAt: now }
const passes = async (): Promise<CheckResult> => ({
  passed: true,
  tookMs: 1,
  seen: { code: 'metric', wording: { key: 'metric' } },
})

/** What the step of a region comes to: `beside` is what else the plan checks. */
async function run(standing: Standing, beside: readonly CheckStep[], alerts = [alert()]): Promise<CheckResult[]> {
  const world = {
    clock: new ManualClock(now),
    config: () => ({ service: () => ({ asking: { wellForMs: 30_000 } }) }),
    estate: () => ({
      alertCheck: (_: string, of: AskedAlert): Check | null => (of.expression ? { name: of.name, run: passes } : null),
    }),
  } as unknown as World
  const step: CheckStep = {
    ...check('eu'),
    region: 'eu',
    id: 'eu.alerts',
    checks: alerts.map(({ name }) => name),
    alerts,
  }
  const plan = { service: 'shop', environment: 'production', steps: [...beside, step] } as unknown as Plan
  const checks = alertsOf(world, { plan } as Rollback, step, alerts, { standing: () => standing })
  return Promise.all(checks.map((one) => one.run(new AbortController().signal, about)))
}

const ended = (heardAt: string): Standing => ({ state: 'ended', at: '2026-03-02T09:07:00Z', heardAt })
const longAgo = ended('2026-03-02T09:08:00Z')
const configured: CheckStep = { ...check('eu'), region: 'eu' }
const codes = (results: readonly CheckResult[]) =>
  results.map(({ seen, passed, final }) => [seen.code, passed, ...(final ? ['for good'] : [])])

describe('an alert whose expression nobody can ask', () => {
  it('is well when its source said that it ended and a check of the region was measured beside it', async () => {
    expect(codes(await run(longAgo, [configured]))).toEqual([['check.alert-ended', true]])
  })

  it('that ended is never enough by itself: the rollback is not taken for good, and the text says what to do', async () => {
    const [result] = await run(longAgo, [])
    expect(codes(result ? [result] : [])).toEqual([['check.alert-only-ended', false, 'for good']])
    const said = (language: 'en' | 'zh-CN') => plain(sayWording(language, result?.seen.wording ?? { key: '' }))
    expect(said('en')).toContain('give eu a check')
    expect(said('zh-CN')).toContain('为 eu 配置检查项')
    // A check of another region says nothing of this one.
    expect(codes(await run(longAgo, [{ ...configured, region: 'us' }]))).toEqual([
      ['check.alert-only-ended', false, 'for good'],
    ])
  })

  it('that ended a moment ago, still fires, fell silent or was never heard of is not well', async () => {
    expect(codes(await run(ended('2026-03-02T09:09:40Z'), [configured]))).toMatchObject([
      ['check.alert-just-ended', false],
    ])
    expect(codes(await run({ state: 'fires' }, [configured]))).toMatchObject([['check.alert-not-ended', false]])
    expect(codes(await run({ state: 'unknown' }, [configured]))).toMatchObject([['check.alert-not-ended', false]])
  })

  it('whose source tells no times counts neither way', async () => {
    expect(codes(await run({ state: 'untold' }, [configured]))).toMatchObject([['check.alert-untold', true]])
  })

  it('stands beside one whose expression was asked: that is a measure', async () => {
    const both = [alert(), { ...alert('up == 0'), name: 'Down' }]
    expect(codes(await run(longAgo, [], both))).toMatchObject([
      ['check.alert-ended', true],
      ['metric', true],
    ])
  })
})
