import { afterEach, expect, it } from 'vitest'
import { type ShopMetrics, shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import { stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
let metrics: ShopMetrics | undefined
afterEach(async () => {
  await close()
  await metrics?.stop()
})

const rate = (code: string) => `sum by (region) (rate(http_requests_total{code=~\\"${code}\\"}[1s]))`

async function shop() {
  metrics = await shopMetrics(['eu-1', 'us-1'])
  const on = await open({
    incident: 'thread',
    monitors: `{ main: { adapter: prometheus, url: "${metrics.url}" } }`,
    service: `watch: [{ name: 5xx, monitor: main, query: "${rate('5..')} / ${rate('...')}", above: 5%, for: 2s }]`,
  })
  return { on, metrics }
}

it('what Astern watches itself opens an incident, is told to who leads, and its end is told', async () => {
  const { on, metrics } = await shop()
  metrics.burn((region) => (region === 'eu-1' ? 0.4 : 0))
  const card = await until('the card stands', () => on.keyed('/incident:INC-1')[0], 15_000)
  const text = textOf(card.blocks)
  expect(text).toContain('5xx')
  expect(text).toContain('eu-1')
  expect(text).toMatch(/\d\d(\.\d+)? %, more than 5 % for 2 sec/)
  expect(JSON.stringify(card.blocks)).toContain('"user_id":"U0ANA00000"')
  const [told] = await on.eventsOf('incident.alerted')
  expect(told?.data).toMatchObject({ firing: 1, burning: [{ environment: 'production', region: 'eu-1' }] })
  expect(told?.data.alerts[0]).toMatchObject({ source: 'watch', expression: expect.stringContaining('rate(') })
  // A restart tells nothing anew.
  await on.restart()
  metrics.burn(() => 0)
  await untilAsync(
    'the end is told',
    async () => (await on.eventsOf('incident.alerted')).find(({ data }) => data.news === 'ended'),
    15_000,
  )
  expect((await on.eventsOf('alert.received')).map(({ data }) => data.alerts.map(({ status }) => status))).toEqual([
    ['firing'],
    ['resolved'],
  ])
  expect(await on.eventsOf('incident.opened')).toHaveLength(1)
}, 60_000)

it('a monitor that is gone ends nothing', async () => {
  const { on, metrics } = await shop()
  metrics.burn(() => 0.4)
  await untilAsync('it is told', async () => (await on.eventsOf('incident.alerted'))[0], 15_000)
  metrics.vanish()
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  const told = (await on.eventsOf('alert.received')).flatMap(({ data }) => data.alerts.map(({ status }) => status))
  expect(new Set(told)).toEqual(new Set(['firing']))
}, 60_000)
