import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { stagePager } from '../kit/pages/stage-pager.ts'
import { type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
afterEach(() => all.close())

const token = 'stage-alerts-token-0123456789'
const sections = `
alertSources:
  am: { adapter: alertmanager, bearer: { env: ALERTS_TOKEN } }
`
const open = (options: Parameters<typeof all.open>[0] = {}): Promise<Story> =>
  all.open({ incident: 'thread', sections, env: { ALERTS_TOKEN: token }, ...options })

/** What a real Alertmanager posted, with an alert of the stage in it. */
const posted = JSON.parse(
  readFileSync(new URL('../fixtures/alertmanager/webhook-firing.json', import.meta.url), 'utf8'),
) as { alerts: Record<string, unknown>[] }

interface Firing {
  readonly fingerprint: string
  readonly status?: 'firing' | 'resolved'
  readonly region?: string
  readonly service?: string
  readonly name?: string
  readonly summary?: string
  /** Seconds after the first. */
  readonly began?: number
}

const firstMs = Date.parse('2026-11-22T19:36:49.256Z')
const iso = (ms: number) => new Date(ms).toISOString()

function payload(alerts: readonly Firing[], truncatedAlerts = 0): string {
  const [sample] = posted.alerts
  return JSON.stringify({
    ...posted,
    truncatedAlerts,
    alerts: alerts.map((one) => ({
      ...sample,
      status: one.status ?? 'firing',
      fingerprint: one.fingerprint,
      labels: {
        ...(sample?.labels as object),
        alertname: one.name ?? 'HighErrorRate',
        service: one.service ?? 'checkout-svc',
        ...(one.region && { region: one.region }),
      },
      annotations: { summary: one.summary ?? '5xx ratio 41.29% on checkout' },
      startsAt: iso(firstMs + (one.began ?? 0) * 1000),
      endsAt: one.status === 'resolved' ? iso(firstMs + 600_000) : '0001-01-01T00:00:00Z',
    })),
  })
}

const post = (story: Story, body: string, to = 'am', bearer = token): Promise<Response> =>
  fetch(`${story.bot.url}/alerts/${to}`, { method: 'POST', body, headers: { authorization: `Bearer ${bearer}` } })

const fire = async (story: Story, ...alerts: readonly Firing[]): Promise<void> => {
  expect((await post(story, payload(alerts))).status).toBe(200)
}

const cardOf = (story: Story, id: string) => story.keyed(`/incident:${id}`)[0]
const says = (story: Story, id: string, text: string, withinMs = 15_000) =>
  until(
    `the card of ${id} says “${text}”`,
    () => (textOf(cardOf(story, id)?.blocks).includes(text) ? cardOf(story, id) : undefined),
    withinMs,
  )
const thread = (story: Story) => textOf(story.slack.messages(team).map(({ blocks }) => blocks)).replaceAll(/\s+/g, ' ')

describe('an alert', () => {
  it('opens one incident with a card that names it; repeats and a second region change that card', async () => {
    const story = await open()
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    const card = await says(story, 'INC-1', 'HighErrorRate')
    expect(textOf(card.blocks)).toContain('eu-1')
    expect(textOf(card.blocks)).toContain('5xx ratio 41.29% on checkout')
    expect(textOf(card.blocks)).toContain('Opened by an alert')
    expect(JSON.stringify(card.blocks)).toContain('https://prometheus.example/graph?g0.expr=service')
    await fire(story, { fingerprint: 'a', region: 'eu-1' }, { fingerprint: 'b', region: 'us-1', began: 30 })
    await says(story, 'INC-1', 'us-1')
    await says(story, 'INC-1', '2 alerts fire')
    await until('the thread tells it', () => thread(story).includes('it burns in eu-1 and us-1 now'))
    expect(await story.eventsOf('incident.opened')).toMatchObject([
      { data: { opener: null, cause: 'alert', service: 'checkout-svc', title: 'HighErrorRate' } },
    ])
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
    const [first, second] = await story.eventsOf('incident.alerted')
    expect(first?.data).toMatchObject({ news: 'began', firing: 1, environment: 'production' })
    expect(second?.data).toMatchObject({ news: 'spread', firing: 2, told: 3 })
    expect(second?.data.alerts[0]).toMatchObject({ expression: 'service:http_5xx:ratio > 0.05' })
  }, 30_000)

  it('whose incident has a channel of its own is told in the team’s by one line', async () => {
    const story = await open({ incident: 'channel' })
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    const line = await story.said(team, 'INC-1')
    const room = story.slack.channels().find(({ name }) => name.startsWith('inc-1'))
    expect(JSON.stringify(line)).toContain(String(room?.id))
    expect(textOf(line.blocks)).toContain('checkout-svc: HighErrorRate. INC-1')
    await fire(story, { fingerprint: 'b', region: 'us-1', began: 30 })
    await says(story, 'INC-1', '2 alerts fire')
    expect(story.slack.messages(team).filter((one) => JSON.stringify(one).includes('INC-1'))).toHaveLength(1)
  })

  it('that ended closes nothing; a slower twin changes nothing; what burns again is told', async () => {
    const story = await open({ speed: 10 })
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    await says(story, 'INC-1', 'HighErrorRate')
    await fire(story, { fingerprint: 'a', region: 'eu-1', status: 'resolved' })
    await says(story, 'INC-1', 'No alert fires any more')
    // A second Alertmanager that has not heard of the end.
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    // And an end of what never began.
    await fire(story, { fingerprint: 'unknown', status: 'resolved' })
    await fire(story, { fingerprint: 'a', region: 'eu-1', began: 900 })
    await until('it is told', () => thread(story).includes('it burns again in eu-1'), 15_000)
    expect((await story.eventsOf('incident.alerted')).map(({ data }) => data.news)).toEqual(['began', 'ended', 'again'])
    expect(story.bot.world.desk.openIncidents().map(({ id }) => id)).toEqual(['INC-1'])
    expect(await story.eventsOf('incident.closed')).toEqual([])
  }, 30_000)

  it('of a closed incident does not open it again, nor another one; what begins later opens the next', async () => {
    const story = await open({ speed: 10 })
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    await says(story, 'INC-1', 'HighErrorRate')
    await story.type('tom', '/incident close INC-1 seen to')
    await until('it is closed', () => story.bot.world.desk.openIncidents().length === 0)
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    await fire(story, { fingerprint: 'b', region: 'us-1', began: 60 })
    await says(story, 'INC-2', 'us-1')
    const told = (await story.eventsOf('incident.opened')).map(({ data }) => data.id)
    expect(told).toEqual(['INC-1', 'INC-2'])
    await story.restart()
    await fire(story, { fingerprint: 'a', region: 'eu-1' }, { fingerprint: 'b', region: 'us-1', began: 60 })
    await says(story, 'INC-2', 'told 5 times')
    expect(await story.eventsOf('incident.opened')).toHaveLength(2)
  }, 40_000)

  it('of two services opens two incidents; of none it is counted and kept', async () => {
    const story = await open()
    await fire(
      story,
      { fingerprint: 'a', region: 'eu-1' },
      { fingerprint: 'p', service: 'payment-svc', name: 'Slow' },
      { fingerprint: 'x', service: 'nobody-svc' },
    )
    await says(story, 'INC-1', 'HighErrorRate')
    await says(story, 'INC-2', 'Slow')
    const metrics = async () => (await fetch(`${story.bot.url}/metrics`)).text()
    expect(await metrics()).toContain('astern_alerts_unplaced_total{source="am"} 1')
    expect((await story.eventsOf('alert.received'))[0]?.data.alerts).toHaveLength(3)
  }, 30_000)

  it('that came while the bot was being stopped is told by the next one, once', async () => {
    const story = await open()
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    await says(story, 'INC-1', 'HighErrorRate')
    // Durable, and the process ends before anything was made of it.
    await Promise.all([fire(story, { fingerprint: 'p', service: 'payment-svc', name: 'Slow' }), story.restart()])
    await says(story, 'INC-2', 'Slow')
    await fire(story, { fingerprint: 'a', region: 'eu-1' }, { fingerprint: 'p', service: 'payment-svc', name: 'Slow' })
    await story.restart()
    expect(await story.eventsOf('incident.opened')).toHaveLength(2)
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
    expect(story.keyed('/incident:INC-2')).toHaveLength(1)
  }, 40_000)

  it('that the record does not take is answered 503; told again, it is there once', async () => {
    const story = await open()
    const { ledger } = story.bot.world
    const append = ledger.append.bind(ledger)
    const { Fault } = await import('../../src/core/fault.ts')
    ledger.append = () => Promise.reject(new Fault({ code: 'ledger.full', retry: 'yes', hint: { key: 'ledger.full' } }))
    const refused = await post(story, payload([{ fingerprint: 'a', region: 'eu-1' }]))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    ledger.append = append
    await fire(story, { fingerprint: 'a', region: 'eu-1' })
    await says(story, 'INC-1', '1 alert fires')
    expect(await story.eventsOf('alert.received')).toHaveLength(1)
  }, 30_000)

  it('comes while another holds the record: 503 after a while, and told again it is there once', async () => {
    const story = await open()
    const other = new Database(story.ledgerFile)
    other.exec('begin immediate')
    const same = payload([{ fingerprint: 'a', region: 'eu-1' }])
    const [one, two] = await Promise.all([post(story, same), post(story, same)])
    expect([one, two].map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [503, '5'],
      [503, '5'],
    ])
    // Held for less long than that, nobody hears of it.
    const third = post(story, same)
    await new Promise((resolve) => setTimeout(resolve, 300))
    other.exec('rollback')
    other.close()
    expect((await third).status).toBe(200)
    await says(story, 'INC-1', '1 alert fires')
    expect(await story.eventsOf('alert.received')).toHaveLength(1)
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
  }, 30_000)

  it('is refused with the status that makes its sender do the right thing', async () => {
    const story = await open()
    const good = payload([{ fingerprint: 'a' }])
    expect((await post(story, good, 'am', 'wrong')).status).toBe(401)
    expect((await post(story, good, 'nowhere')).status).toBe(404)
    expect((await post(story, '{"version":"3"}')).status).toBe(400)
    expect((await post(story, `{"version":"4","pad":"${'x'.repeat(9 * 1024 * 1024)}"`)).status).toBe(413)
    expect(
      await untilAsync('nothing was recorded', async () => (await story.eventsOf('alert.received')).length === 0),
    ).toBe(true)
  }, 30_000)
})

describe('a hundred thousand alerts', () => {
  it('leave one card that was changed a few dozen times, and slash commands answer meanwhile', async () => {
    const story = await open()
    const posts = 400
    const each = 250
    const started = performance.now()
    const storm = Array.from({ length: posts }, (_, index) => async () => {
      const body = payload(
        Array.from({ length: each }, (_, at) => ({
          fingerprint: `${index}-${at}`,
          region: at % 2 === 0 ? 'eu-1' : 'us-1',
          name: `HighErrorRate${at % 7}`,
          began: index,
        })),
      )
      const asked = performance.now()
      expect((await post(story, body)).status).toBe(200)
      return performance.now() - asked
    })
    const took: number[] = []
    const senders = Array.from({ length: 8 }, async () => {
      for (let one = storm.shift(); one; one = storm.shift()) took.push(await one())
    })
    const asked = performance.now()
    await story.candidates('mei')
    expect(performance.now() - asked).toBeLessThan(3_000)
    await Promise.all(senders)
    expect(Math.max(...took)).toBeLessThan(1_000)
    await says(story, 'INC-1', '100,000 alerts fire', 30_000)
    const seconds = Math.ceil((performance.now() - started) / 1000)
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
    expect((await story.eventsOf('incident.alerted')).length).toBeLessThanOrEqual(seconds + 2)
    const changes = story.slack.calls('chat.update')
    expect(changes.length).toBeLessThan(40)
    // The reply to a storm is no storm: the thread is short.
    expect(story.slack.messages(team).length).toBeLessThan(8)
  }, 120_000)
})

describe('whoever is on call', () => {
  it('is woken by an alert, and owns the post-mortem', async () => {
    const pager = await stagePager()
    try {
      const config = pager.config()
      const story = await open({
        ...config,
        sections: `${config.sections ?? ''}${sections}`,
        env: { ...config.env, ALERTS_TOKEN: token },
      })
      pager.connect(story)
      await fire(story, { fingerprint: 'a', region: 'eu-1' })
      await until('Tom’s phone rings', () => pager.rang()[0] === 'tom')
      expect(pager.server.pages()[0]?.title).toContain('INC-1 “HighErrorRate”')
      pager.answer('tom')
      await says(story, 'INC-1', 'Tom is on it since')
      await story.type('ana', '/incident close INC-1 it went away')
      const owed = async () => (await story.eventsOf('follow-up.opened'))[0]
      expect((await untilAsync('the post-mortem has an owner', owed)).data.owner).toBe('tom')
    } finally {
      await pager.stop()
    }
  }, 30_000)
})
