import { describe, expect, it } from 'vitest'
import type { Score } from '../../../src/core/drill/stage.ts'
import type { Question, Readiness, ReadinessFacts } from '../../../src/core/readiness/facts.ts'
import { readiness, worstFirst } from '../../../src/core/readiness/readiness.ts'
import type { Release } from '../../../src/core/release/release.ts'

const now = '2026-11-23T10:00:00Z'
const sha = (digit: string) => `sha256:${digit.repeat(64)}`

const release = (version: string, more: Partial<Release> = {}): Release => ({
  id: `id-${version}`,
  version,
  images: [{ container: 'app', reference: `registry.example/checkout@${sha('a')}` }],
  since: '2026-11-01T08:00:00Z',
  available: true,
  kept: 'target',
  ...more,
})
const past = (...releases: readonly Release[]) => releases.map((one) => ({ release: one, rolledBackFrom: false }))

const score = (tookMs: number | null, passed: boolean): Score => {
  const stage = { tookMs, withinMs: 300_000, met: passed }
  return {
    stages: { notice: stage, acknowledge: stage, decide: stage, 'roll-back': stage, verify: stage },
    skipped: [],
    passed,
  }
}

const whole: ReadinessFacts = {
  service: 'checkout-svc',
  tier: 'critical',
  environments: [
    { name: 'production', units: ['eu a'] },
    { name: 'staging', units: ['staging a'] },
  ],
  targets: [{ lane: 'eu-1', current: release('v3'), past: past(release('v2'), release('v1')) }],
  migrations: 'reversible',
  schedule: { name: 'payment', staffed: true, stale: false, gap: null },
  paging: { pagers: ['phones'], acknowledgedAt: '2026-10-01T03:00:00Z' },
  drill: {
    last: { id: 'D-3', at: '2026-10-20T10:00:00Z', score: score(221_000, true) },
    planned: null,
    scenarios: ['bad-release'],
  },
  now,
}

const findingOf = (facts: Partial<ReadinessFacts>, question: Question) => {
  const found = readiness({ ...whole, ...facts }).findings.find((one) => one.question === question)
  return `${found?.answer} ${found?.why.key.replace(`readiness.${question}-`, '')} → ${found?.next?.key.replace('readiness.next-', '') ?? ''}`
}
const target = (more: Partial<ReadinessFacts['targets'][number]>) => ({
  targets: [{ lane: 'eu-1', current: release('v3'), past: past(release('v2'), release('v1')), ...more }],
})
const tagOnly = (digest?: string) =>
  release('v3', { images: [{ container: 'app', reference: 'shop/checkout:v3', ...(digest && { digest }) }] })

describe('readiness', () => {
  it('finds nothing to do where all is there', () => {
    const { findings } = readiness(whole)
    expect(findings.map(({ answer, next }) => [answer, next])).toEqual(findings.map(() => ['ready', null]))
    expect(findings).toHaveLength(9)
  })

  const cases: readonly [Question, Partial<ReadinessFacts>, string][] = [
    ['containers', target({ current: release('v3', { images: [] }) }), 'missing bare → containers'],
    ['containers', target({ current: null }), 'unknown unseen → look'],
    ['isolated', { environments: [{ name: 'production', units: ['eu a'] }] }, 'missing one → isolated'],
    [
      'isolated',
      {
        environments: [
          { name: 'production', units: ['eu a', 'us a'] },
          { name: 'staging', units: ['us a'] },
        ],
      },
      'missing shared → isolated',
    ],
    ['tagged', target({ current: release('latest') }), 'missing nameless → tagged'],
    ['tagged', target({ current: release('sha256:0123456789ab') }), 'missing nameless → tagged'],
    ['tagged', target({ past: past(release('v3', { id: 'other' })) }), 'doubtful twice → tagged'],
    ['tagged', target({ current: null, past: [] }), 'unknown unseen → look'],
    ['digests', target({ current: tagOnly() }), 'missing loose → digests'],
    ['digests', target({ current: tagOnly(sha('b')) }), 'doubtful resolved → digests'],
    ['migrations', { migrations: null }, 'unknown unsaid → migrations-say'],
    ['migrations', { migrations: 'one-way' }, 'missing one-way → migrations'],
    ['migrations', { migrations: 'none' }, 'ready none → '],
    ['candidates', target({ past: past(release('v2')) }), 'doubtful one → candidates'],
    ['candidates', target({ past: past(release('v2', { available: false })) }), 'missing none → candidates'],
    ['candidates', target({ past: past(release('v2', { drill: 'D-1' })) }), 'missing none → candidates'],
    ['candidates', target({ past: [{ release: release('v2'), rolledBackFrom: true }] }), 'missing none → candidates'],
    ['on-call', { schedule: null }, 'missing no-schedule → schedule'],
    ['on-call', { schedule: { name: 'p', staffed: false, stale: false, gap: null } }, 'missing nobody → staff'],
    ['on-call', { schedule: { name: 'p', staffed: true, stale: true, gap: null } }, 'doubtful stale → calendar'],
    [
      'on-call',
      { schedule: { name: 'p', staffed: true, stale: false, gap: { from: now, to: now } } },
      'doubtful gap → staff',
    ],
    ['paging', { paging: { pagers: [], acknowledgedAt: now } }, 'missing none → pager'],
    ['paging', { paging: { pagers: ['x'], acknowledgedAt: null } }, 'doubtful unproven → page'],
    ['paging', { paging: { pagers: ['x'], acknowledgedAt: '2026-08-20T10:00:00Z' } }, 'doubtful stale → page'],
    ['drilled', { drill: { last: null, planned: null, scenarios: [] } }, 'missing never → drill-scenario'],
    ['drilled', { drill: { last: null, planned: null, scenarios: ['a'] } }, 'missing never → drill-plan'],
    [
      'drilled',
      { drill: { last: null, planned: { id: 'D-4', at: now }, scenarios: ['a'] } },
      'missing never → drill-planned',
    ],
    [
      'drilled',
      {
        drill: {
          last: { id: 'D-1', at: '2026-08-23T10:00:00Z', score: score(1, true) },
          planned: null,
          scenarios: ['a'],
        },
      },
      'missing stale → drill-plan',
    ],
    [
      'drilled',
      {
        drill: {
          last: { id: 'D-1', at: '2026-08-25T10:00:00Z', score: score(1, true) },
          planned: null,
          scenarios: ['a'],
        },
      },
      'ready yes → ',
    ],
    [
      'drilled',
      { drill: { ...whole.drill, last: { id: 'D-1', at: now, score: score(null, false) } } },
      'doubtful unfinished → drill-plan',
    ],
    [
      'drilled',
      { drill: { ...whole.drill, last: { id: 'D-1', at: now, score: score(9e5, false) } } },
      'doubtful slow → drill-plan',
    ],
    [
      'drilled',
      {
        drill: {
          ...whole.drill,
          last: {
            id: 'D-1',
            at: now,
            score: {
              ...score(1, true),
              stages: { ...score(1, true).stages, verify: { tookMs: null, withinMs: null, met: false } },
            },
          },
        },
      },
      'doubtful alerts → drill-plan',
    ],
  ]
  it.each(cases)('%s %#', (question, facts, expected) => {
    expect(findingOf(facts, question)).toBe(expected)
  })

  it('counts what a drill broke for nothing, and takes the region with the fewest', () => {
    const { findings } = readiness({
      ...whole,
      targets: [
        ...whole.targets,
        { lane: 'us-1', current: release('v9', { drill: 'D-1', version: 'latest' }), past: past(release('v2')) },
      ],
    })
    const said = (question: Question) => findings.find((one) => one.question === question)
    expect(said('tagged')?.answer).toBe('ready')
    expect(said('candidates')).toMatchObject({ answer: 'doubtful', why: { values: { count: 1, where: 'us-1' } } })
  })

  it('puts the worst first: findings of a service, and services, the more important one before', () => {
    const of = (service: string, tier: string, facts: Partial<ReadinessFacts>): Readiness =>
      readiness({ ...whole, ...facts, service, tier })
    const { findings } = of('a', 'low', {
      schedule: null,
      migrations: null,
      paging: { pagers: ['x'], acknowledgedAt: null },
    })
    expect(findings.slice(0, 3).map(({ answer }) => answer)).toEqual(['missing', 'doubtful', 'unknown'])
    const all = [
      of('ready', 'critical', {}),
      of('b', 'low', { schedule: null }),
      of('a', 'critical', { schedule: null }),
      of('worst', 'low', { schedule: null, migrations: 'one-way' }),
    ]
    expect(worstFirst(all).map(({ service }) => service)).toEqual(['worst', 'a', 'b', 'ready'])
  })
})
