import { afterEach, describe, expect, it } from 'vitest'
import { type ShopMetrics, shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import { type Story, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
let metrics: ShopMetrics | undefined
afterEach(async () => {
  await close()
  await metrics?.stop()
})

const token = 'stage-alerts-token-0123456789'
const sections = '\nalertSources:\n  am: { adapter: alertmanager, bearer: { env: ALERTS_TOKEN } }\n'
const began = new Date().toISOString()
const share =
  'sum by (region) (rate(http_requests_total{code=~"5.."}[1s])) / sum by (region) (rate(http_requests_total[1s]))'
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The shop with a Prometheus and without any check of its own: what fired is all there is to go by. */
async function shop(more: Parameters<typeof open>[0] = {}) {
  metrics = await shopMetrics(['eu-1', 'us-1'])
  const on = await open({
    monitors: `{ main: { adapter: prometheus, url: "${metrics.url}" } }`,
    service: 'alerts: { wellFor: 1s }',
    checkWindow: '15s',
    versions: ['v1.7.3'],
    incident: 'thread',
    sections,
    env: { ALERTS_TOKEN: token },
    ...more,
  })
  await pause(3000)
  await on.ship('bad-1.8.0')
  return { on, metrics }
}

interface Of {
  readonly name?: string
  readonly expression?: string
  readonly resolved?: true
}

async function post(on: Story, regions: readonly string[], of: Of = {}) {
  const now = new Date().toISOString()
  const expression = of.expression ? `?g0.expr=${encodeURIComponent(of.expression)}` : ''
  const alerts = regions.map((region) => ({
    status: of.resolved ? 'resolved' : 'firing',
    labels: { alertname: of.name ?? 'HighErrorRate', service: 'checkout-svc', region },
    annotations: { summary: 'many 5xx' },
    startsAt: began,
    endsAt: of.resolved ? now : '0001-01-01T00:00:00Z',
    generatorURL: `http://prometheus.example/graph${expression}`,
    fingerprint: `${of.name ?? ''}${region}`,
  }))
  const response = await fetch(`${on.bot.url}/alerts/am`, {
    method: 'POST',
    body: JSON.stringify({ version: '4', truncatedAlerts: 0, alerts }),
    headers: { authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(200)
  await untilAsync('an incident hears of it', async () => (await on.eventsOf('incident.alerted'))[0])
}

describe('Success means verified: what fired is asked again', () => {
  it('in each region where it burns, by the expression of the alert, and the numbers are on the card', async () => {
    const { on, metrics } = await shop()
    metrics.burn((region) => (on.image(region as 'eu-1').endsWith('bad-1.8.0') ? 0.4 : 0))
    await pause(1500)
    await post(on, ['eu-1', 'us-1'], { expression: `${share} > 0.05` })
    const id = await on.propose('mei')
    expect(textOf(on.card(id)?.blocks)).toContain('eu-1: ask again what fired (HighErrorRate)')
    await on.approve(id)
    expect(await on.ended(id, 40_000)).toBe('restored')
    const measured = (await on.eventsOf('step.settled')).flatMap(({ data }) =>
      data.seen.flatMap((seen) => (seen.measured ? [{ step: data.step, ...seen.measured }] : [])),
    )
    expect(measured).toMatchObject([
      { step: 'eu-1.alerts', name: 'HighErrorRate', unit: 'percent', limit: { side: 'above', value: 0.05 }, now: 0 },
      { step: 'us-1.alerts', name: 'HighErrorRate', now: 0 },
    ])
    expect(measured[0]?.worst?.value).toBeGreaterThan(0.2)
    const card = textOf((await on.cardSays(id, '✅')).blocks)
    expect(card).toMatch(/HighErrorRate eu-1 (at worst )?\d\d(\.\d)? % → 0 %, us-1/)
    const thread = () => textOf(on.slack.messages('C0PAYMENT0').map(({ blocks }) => blocks))
    await until('the thread tells it', () =>
      thread().includes('what fired was asked again and is well (HighErrorRate)'),
    )
    // It never said that it ended, and nobody needed that.
    expect((await on.eventsOf('incident.alerted')).every(({ data }) => data.firing > 0)).toBe(true)
  }, 90_000)

  it('by the next process, where the first one ended in the middle of it', async () => {
    const { on, metrics } = await shop()
    metrics.burn(() => 0.4)
    await pause(1500)
    await post(on, ['eu-1', 'us-1'], { expression: `${share} > 0.05` })
    const id = await on.propose('mei')
    await on.approve(id)
    const begun = async () => (await on.eventsOf('step.started')).some(({ data }) => data.step === 'us-1.alerts')
    await untilAsync('it is asked again', async () => (await begun()) || undefined)
    await on.restart()
    metrics.burn(() => 0)
    expect(await on.ended(id, 40_000)).toBe('restored')
    const settled = (await on.eventsOf('step.settled')).map(({ data }) => data.step)
    expect(settled.toSorted()).toEqual(['eu-1', 'eu-1.alerts', 'us-1', 'us-1.alerts'])
  }, 90_000)

  it('and that its source calls it ended helps nobody while it burns', async () => {
    const { on, metrics } = await shop({ checkWindow: '3s' })
    metrics.burn((region) => (region === 'us-1' ? 0.3 : 0))
    await pause(1500)
    await post(on, ['eu-1', 'us-1'], { expression: `${share} > 0.05` })
    const id = await on.propose('mei')
    await post(on, ['eu-1', 'us-1'], { resolved: true })
    await on.approve(id)
    expect(await on.ended(id, 40_000)).toBe('not-restored')
    const card = textOf((await on.cardSays(id, 'wrong suspect')).blocks)
    expect(card).toMatch(/HighErrorRate is still \d\d(\.\d)? % in us-1/)
    const failed = await on.eventsOf('step.failed')
    expect(failed.map(({ data }) => data.step)).toEqual(['us-1.alerts'])
  }, 90_000)

  it('also what fired only after its plan was made, and by the next process where the first one ended in between', async () => {
    const { on, metrics } = await shop()
    metrics.burn(() => 0.4)
    await pause(1500)
    await post(on, ['eu-1'], { expression: `${share} > 0.05` })
    const id = await on.propose('mei')
    await post(on, ['us-1'], { expression: `${share} > 0.05` })
    await post(on, ['eu-1'], { name: 'ErrorBudgetBurn', expression: `${share} > 0.01` })
    await untilAsync('the incident hears of both', async () =>
      (await on.eventsOf('incident.alerted')).find(({ data }) => data.firing === 3),
    )
    await on.approve(id)
    await untilAsync('what was known is asked', async () =>
      (await on.eventsOf('step.started')).find(({ data }) => data.step === 'eu-1.alerts'),
    )
    await on.restart()
    metrics.burn((region) => (region === 'us-1' ? 0.4 : 0))
    await untilAsync('what fired since is asked', async () =>
      (await on.eventsOf('step.started')).find(({ data }) => data.step === 'us-1.alerts'),
    )
    await on.restart()
    metrics.burn(() => 0)
    expect(await on.ended(id, 40_000)).toBe('restored')
    const added = await on.eventsOf('rollback.checks-added')
    expect(added.map(({ data }) => data.steps.map((step) => `${step.id}: ${step.checks}`))).toEqual([
      ['eu-1.alerts-2: ErrorBudgetBurn', 'us-1.alerts: HighErrorRate,ErrorBudgetBurn'],
    ])
    const settled = (await on.eventsOf('step.settled')).map(({ data }) => data.step)
    expect(settled.toSorted()).toEqual(['eu-1', 'eu-1.alerts', 'eu-1.alerts-2', 'us-1', 'us-1.alerts'])
    expect(textOf((await on.cardSays(id, '✅')).blocks)).toMatch(
      /ErrorBudgetBurn (eu-1 )?(at worst )?\d\d(\.\d)? % → 0 %/,
    )
    await until('the thread tells it', () =>
      textOf(on.slack.messages('C0PAYMENT0').map(({ blocks }) => blocks)).includes('since the plan was made'),
    )
  }, 90_000)

  it('and where nothing had fired yet when it was asked for, what burns by the end is no restoration', async () => {
    const { on, metrics } = await shop({ checkWindow: '3s' })
    metrics.burn((region) => (region === 'us-1' ? 0.3 : 0))
    await pause(1500)
    const id = await on.propose('mei')
    expect(textOf(on.card(id)?.blocks)).not.toContain('ask again what fired')
    await post(on, ['us-1'], { expression: `${share} > 0.05` })
    await untilAsync('its incident hears of it', async () => (await on.eventsOf('incident.alerted'))[0])
    await on.approve(id)
    expect(await on.ended(id, 40_000)).toBe('not-restored')
    expect(textOf((await on.cardSays(id, 'wrong suspect')).blocks)).toMatch(
      /HighErrorRate is still \d\d(\.\d)? % in us-1/,
    )
    expect((await on.eventsOf('step.failed')).map(({ data }) => data.step)).toEqual(['us-1.alerts'])
  }, 90_000)

  it('No data is never well: a monitor without samples of the region leaves it open', async () => {
    const { on, metrics } = await shop({ checkWindow: '3s' })
    metrics.burn(() => 0.4)
    await pause(1500)
    await post(on, ['eu-1', 'us-1'], { expression: `${share} > 0.05` })
    const id = await on.propose('mei')
    metrics.vanish()
    await on.approve(id)
    expect(await on.ended(id, 40_000)).toBe('not-restored')
    await on.cardSays(id, 'nobody can tell whether it is well')
  }, 90_000)

  it('No rollback is concluded good from one "resolved"', async () => {
    const { on } = await shop({ checkWindow: '8s' })
    await post(on, ['eu-1', 'us-1'])
    const id = await on.propose('mei')
    await on.approve(id)
    await post(on, ['eu-1', 'us-1'], { resolved: true })
    expect(await on.ended(id, 60_000)).toBe('not-restored')
    await on.cardSays(id, 'which alone never shows that all is well')
    await on.restart()
    const failed = await untilAsync('it is recorded', async () => (await on.eventsOf('step.failed'))[0])
    expect(failed.data.seen).toMatchObject([{ code: 'check.alert-only-ended' }])
  }, 90_000)
})
