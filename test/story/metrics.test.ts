import { afterEach, expect, it } from 'vitest'
import { type ShopMetrics, shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import { stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
let metrics: ShopMetrics | undefined
afterEach(async () => {
  await close()
  await metrics?.stop()
})

const query =
  'sum(rate(http_requests_total{region=\\"REGION\\",code=~\\"5..\\"}[1s])) / sum(rate(http_requests_total{region=\\"REGION\\"}[1s]))'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The shop with a Prometheus, and a check of 5xx in each region. */
async function shop(checkWindow: string) {
  metrics = await shopMetrics(['eu-1', 'us-1'])
  const on = await open({
    monitors: `{ main: { adapter: prometheus, url: "${metrics.url}" } }`,
    check: `{ metric: { monitor: main, name: 5xx, query: "${query}", above: 5%, for: 1s } }`,
    checkWindow,
    versions: ['v1.7.3'],
  })
  // Something has to be measured before the release, whose time clusters tell in whole seconds.
  await pause(4000)
  return { on, metrics }
}

it('Success means verified: restored with the numbers of before, now, the limit and what was normal', async () => {
  const { on, metrics } = await shop('20s')
  metrics.burn((region) => (on.image(region as 'eu-1').endsWith('bad-1.8.0') ? 0.4 : 0))
  await on.ship('bad-1.8.0')
  await pause(1500)
  const id = await on.propose('mei')
  await on.approve(id)
  expect(await on.ended(id, 40_000)).toBe('restored')

  const told = (await on.eventsOf('step.settled')).flatMap(({ data }) =>
    data.seen.flatMap((seen) => seen.measured ?? []),
  )
  expect(told).toHaveLength(2)
  for (const measured of told) {
    expect(measured).toMatchObject({ name: '5xx', unit: 'percent', limit: { side: 'above', value: 0.05 }, now: 0 })
    expect(measured.worst?.value).toBeGreaterThan(0.2)
    expect(measured.baseline?.value).toBe(0)
    expect(measured.brokenMs).toBeGreaterThan(0)
    expect(Date.parse(measured.settledAt)).toBeGreaterThan(Date.parse(measured.releasedAt))
  }
  const card = textOf((await on.cardSays(id, '✅')).blocks)
  expect(card).toMatch(
    /5xx eu-1 (at worst )?\d\d(\.\d)? % → 0 %, us-1 (at worst )?\d\d(\.\d)? % → 0 % \(limit 5 %, in the .+ before the release 0 %\)/,
  )
  expect(card).toContain('2 checks passed')
  // A picture of it, in the card, with words for those who do not see it.
  const picture = (on.card(id)?.blocks ?? []).find(({ type }) => type === 'image')
  expect(picture?.alt_text).toMatch(/^Plot of eu-1 and us-1: 5xx/)
  expect(on.slack.files().map(({ name }) => name)).toEqual([expect.stringMatching(/^plot-.*\.png$/)])
  const canvas = await until('the post-mortem is drafted', () => on.slack.canvases()[0])
  expect(canvas.sections.map(({ markdown }) => markdown).join('\n')).toMatch(/5xx in eu-1: at worst \d\d/)
}, 90_000)

it('still burning after the change: not restored, wrong suspect, with the numbers', async () => {
  const { on, metrics } = await shop('2s')
  metrics.burn(() => 0.25)
  await on.ship('bad-1.8.0')
  await pause(1500)
  const id = await on.propose('mei')
  await on.approve(id)
  // One after the other: the second region is left alone when the first does not get well.
  expect(await on.ended(id, 40_000)).toBe('failed')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([
    'shop.test/checkout-svc:v1.7.3',
    'shop.test/checkout-svc:bad-1.8.0',
  ])
  const [failed] = await on.eventsOf('step.failed')
  expect(failed?.data.seen[0]).toMatchObject({ code: 'check.metric-broken', measured: { name: '5xx' } })
  const stopped = textOf((await on.cardSays(id, 'wrong suspect')).blocks)
  expect(stopped).toMatch(/stopped half-way \(eu-1 on v1\.7\.3, us-1 still bad-1\.8\.0\): 5xx is still 25 % in eu-1/)

  const rest = await on.propose('mei')
  await on.approve(rest)
  expect(await on.ended(rest, 40_000)).toBe('not-restored')
  const card = textOf((await on.cardSays(rest, 'wrong suspect')).blocks)
  expect(card).toMatch(/is on v1\.7\.3 in us-1, but 5xx is still 25 % in us-1: still burning, wrong suspect\?/)
  expect(card).toMatch(/limit 5 %/)
  expect(card).toContain('look beyond this release')
}, 90_000)

it('stale and missing numbers are never taken for well', async () => {
  const { on, metrics } = await shop('2s')
  await on.ship('bad-1.8.0')
  const id = await on.propose('mei', { regions: 'eu-1' })
  metrics.vanish()
  await on.approve(id)
  expect(await on.ended(id, 40_000)).toBe('not-restored')
  const [failed] = await on.eventsOf('step.failed')
  expect(failed?.data.seen.map(({ code }) => code)).toEqual(['check.metric-no-data'])
  await on.cardSays(id, '5xx: no data, which is never taken for well')
  await on.cardSays(id, 'nobody can tell whether it is well')
}, 90_000)
