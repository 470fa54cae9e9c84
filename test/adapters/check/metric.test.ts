import { describe, expect, it } from 'vitest'
import { metric } from '../../../src/adapters/check/metric/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { CheckResult } from '../../../src/ports/check.ts'
import type { Monitor, Series, Span } from '../../../src/ports/monitor.ts'
import { plain, sayWording, wording } from '../../../src/text/say.ts'
import { ManualClock } from '../../kit/manual-clock.ts'

const never = new AbortController().signal
const now = '2026-03-02T09:10:00Z'
const nowMs = Date.parse(now)
const about = { releasedAt: '2026-03-02T09:00:00Z', askedAt: '2026-03-02T09:05:00Z', settledAt: '2026-03-02T09:08:00Z' }
const at = (instant: string) => Date.parse(instant)

/** What the metric was at an instant; null where it was nothing. */
type Course = (atMs: number) => number | null
const past: Course = (atMs) => (atMs < at(about.releasedAt) ? 0.001 : atMs < at(about.settledAt) ? 0.124 : null)
const thenWell: Course = (atMs) => past(atMs) ?? 0.001

interface Around {
  readonly newestMs?: number | null
  readonly reachMs?: number
  readonly fault?: Fault
  readonly config?: object
  readonly about?: typeof about
}

function monitorOf(courses: readonly Course[], around: Around): Monitor {
  const { newestMs = nowMs - 2000, reachMs = 60_000, fault } = around
  const valuesIn = ({ fromMs, toMs, stepMs }: Span): readonly Series[] =>
    courses.flatMap((course, index) => {
      const points = []
      for (let atMs = fromMs; atMs <= toMs; atMs += stepMs) {
        const value = course(atMs)
        if (value !== null) points.push({ atMs, value })
      }
      return points.length === 0 ? [] : [{ labels: courses.length > 1 ? { pod: `p${index}` } : {}, points }]
    })
  return {
    now: async () => [],
    range: async (_query, span) => {
      if (fault) throw fault
      return valuesIn(span)
    },
    newest: async () => newestMs,
    study: () => ({ reachMs, compared: null }),
    link: () => 'https://prometheus.example/graph',
    doctor: async () => [],
  }
}

function check(courses: readonly Course[], around: Around = {}) {
  const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
  const config = metric.config.parse({
    monitor: 'main',
    name: '5xx',
    query: 'q',
    above: '5%',
    for: '30s',
    ...around.config,
  })
  return metric.open(config, { ...platform, clock: new ManualClock(now), monitor: () => monitorOf(courses, around) })
}

const run = (courses: readonly Course[], around: Around = {}) =>
  check(courses, around).run(never, around.about ?? about)
const says = ({ seen }: CheckResult, language: 'en' | 'zh-CN' = 'en') => plain(sayWording(language, seen.wording))

describe('the metric check', () => {
  it('passes when it is well over the window and near what it was, with the numbers in both languages', async () => {
    const result = await run([thenWell])
    expect(result.passed).toBe(true)
    expect(says(result)).toBe(
      '5xx 12.4 % → 0.1 % (limit 5 %, in the hour before the release 0.1 %), measured 2 sec ago',
    )
    expect(says(result, 'zh-CN')).toBe('5xx 12.4% → 0.1%（阈值 5%，发布前一小时 0.1%），2 秒前的数据')
    expect(result.seen.link).toBe('https://prometheus.example/graph')
    const { measured } = result.seen
    expect(measured).toMatchObject({ before: 0.124, now: 0.001, series: null, worst: { value: 0.124 } })
    expect(measured?.baseline?.lengthMs).toBeGreaterThan(3_500_000)
    expect(measured?.brokenMs).toBeGreaterThan(460_000)
    expect(measured?.brokenMs).toBeLessThan(500_000)
    expect(measured?.trace.values.length).toBeLessThan(130)
  })

  it('says for how long it was measured where that was less than an hour, and where it was not at all', async () => {
    const young = await run([(atMs) => (atMs < at('2026-03-02T08:52:00Z') ? null : thenWell(atMs))])
    expect(young.passed).toBe(true)
    expect(says(young)).toMatch(/in the 9 min before the release 0\.1 %|in the 8 min before the release 0\.1 %/)
    const newborn = await run([(atMs) => (atMs < at(about.releasedAt) ? null : thenWell(atMs))])
    expect(says(newborn)).toContain('nothing was measured before the release')
  })

  it.each<[string, Course, Around, string, RegExp]>([
    ['still broken', (atMs) => past(atMs) ?? 0.11, {}, 'check.metric-broken', /5xx is still 11 % \(limit 5 %/],
    [
      'broken once within the window',
      (atMs) => past(atMs) ?? (atMs < nowMs - 20_000 ? 0.06 : 0),
      {},
      'check.metric-broken',
      /5xx is still 6 %/,
    ],
    ['far from normal', (atMs) => past(atMs) ?? 0.04, {}, 'check.metric-not-normal', /far from what it was/],
    ['no value', (atMs) => past(atMs), {}, 'check.metric-no-data', /no data/],
    ['no sample at all', () => null, { newestMs: null }, 'check.metric-no-data', /no data/],
    [
      'a gap in the window',
      (atMs) => past(atMs) ?? (atMs > nowMs - 10_000 ? null : 0),
      {},
      'check.metric-gaps',
      /no value for part of the last 30 sec/,
    ],
    ['stale samples', thenWell, { newestMs: at(about.settledAt) - 1 }, 'check.metric-stale', /2 min/],
    ['too early', thenWell, { reachMs: 300_000 }, 'check.metric-waiting', /too early/],
    ['the window is not over', thenWell, { config: { for: '3m' } }, 'check.metric-waiting', /too early/],
  ])('does not pass: %s', async (_, course, around, code, words) => {
    const result = await run([course], around)
    expect([result.passed, result.seen.code]).toEqual([false, code])
    expect(says(result)).toMatch(words)
    expect(says(result, 'zh-CN')).not.toBe('')
  })

  it('judges by the limit alone what was broken before the release too', async () => {
    const result = await run([(atMs) => (atMs < at(about.settledAt) ? 0.2 : 0.049)])
    expect(result.passed).toBe(true)
    expect(says(result)).toContain('in the hour before the release 20 %')
  })

  it('of several series names the worst; one that has holes is not well', async () => {
    const burning = await run([thenWell, (atMs) => past(atMs) ?? 0.3])
    expect(burning.seen).toMatchObject({ code: 'check.metric-broken', measured: { series: '{pod="p1"}', now: 0.3 } })
    expect(says(burning)).toContain('5xx {pod="p1"} is still 30 %')
    const holed = await run([thenWell, (atMs) => past(atMs) ?? (atMs < nowMs - 20_000 ? null : 0)])
    expect(holed.seen.code).toBe('check.metric-gaps')
  })

  it('knows what has to stay above, in seconds and in numbers', async () => {
    const config = { above: undefined, below: 20, name: 'orders' }
    const orders = await run([(atMs) => (past(atMs) === 0.124 ? 4 : 31.4)], { config })
    expect(orders.passed).toBe(true)
    expect(says(orders)).toContain('orders 4 → 31 (at least 20, in the hour before the release 31)')
    const none = await run([(atMs) => (past(atMs) === 0.001 ? 31 : 4)], { config })
    expect(none.seen.code).toBe('check.metric-broken')
    const slow = await run([(atMs) => (past(atMs) === 0.124 ? 2.46 : 0.032)], {
      config: { above: '800ms', name: 'p95' },
    })
    expect(says(slow)).toContain('p95 2.5 s → 32 ms (limit 800 ms, in the hour before the release 32 ms)')
  })

  it('says so when the monitor cannot be asked, and does not pass', async () => {
    const hint = wording('monitor.late', { url: 'http://x', said: '' })
    const result = await run([thenWell], { fault: new Fault({ code: 'monitor.late', retry: 'yes', hint }) })
    expect(result).toMatchObject({ passed: false, seen: { code: 'monitor.late' } })
    expect(says(result)).toBe('5xx: http://x gave no answer in time.')
  })

  it('heeds abort, and knows how long it may need', async () => {
    const hint = wording('monitor.late', { url: 'http://x', said: '' })
    const failing = check([thenWell], { fault: new Fault({ code: 'monitor.late', retry: 'yes', hint }) })
    await expect(failing.run(AbortSignal.abort(new Error('stop')), about)).rejects.toThrow('stop')
    expect(failing.needsMs).toBe(90_000)
    expect(failing.name).toBe('5xx ≤ 5% (30s)')
  })

  it.each([
    [{}, /one of above and below/],
    [{ above: '5%', below: '1%' }, /one of above and below/],
    [{ above: 'much' }, /expected 5%/],
    [{ above: 5, unit: 'percent' }, /written like 5%/],
    [{ above: '5%', unit: 'seconds' }, /written like 500ms/],
    [{ above: '5%', name: '' }, /./],
    [{ above: '5%', for: 'soon' }, /time span/],
    [{ above: '5%', query: ' ' }, /./],
    [{ above: '5%', querry: 'up' }, /querry/],
  ])('does not take %j', (wrong, why) => {
    const read = metric.config.safeParse({ monitor: 'main', name: '5xx', query: 'up', ...wrong })
    expect(read.success).toBe(false)
    expect(JSON.stringify(read.error?.issues)).toMatch(why)
  })

  it('takes seconds as a plain number where the unit says so', () => {
    const read = { monitor: 'main', name: 'p95', query: 'q', above: 1.5, unit: 'seconds' }
    expect(metric.config.parse(read)).toMatchObject({
      limit: { side: 'above', value: 1.5 },
      unit: 'seconds',
      forMs: 30_000,
    })
  })
})
