import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { alerting, fire } from '../kit/alerting.ts'
import { type Story, seen, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let server: Server | undefined
afterEach(async () => {
  await all.close()
  server?.closeAllConnections()
  server?.close()
})

/** A Prometheus of one series: broken from an instant on. It answers once `open` does; null: it is broken itself. */
async function monitor(brokenFromMs: () => number | null, open: () => Promise<void> = async () => undefined) {
  server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    await open()
    const from = brokenFromMs()
    response.writeHead(from === null ? 503 : 200, { 'content-type': 'application/json' })
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(form.get(name)))
    const values: [number, string][] = []
    for (let at = start ?? 0; from !== null && at <= (end ?? 0) + 0.001; at += step || 1)
      if (at * 1000 >= from - 1) values.push([at, '0.4'])
    const isRange = request.url?.endsWith('query_range') === true
    const result = isRange && values.length > 0 ? [{ metric: { region: 'eu-1' }, values }] : []
    response.end(JSON.stringify({ status: 'success', data: { resultType: isRange ? 'matrix' : 'vector', result } }))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `{ main: { adapter: prometheus, url: "http://127.0.0.1:${(server.address() as AddressInfo).port}" } }`
}

const open = (monitors: string): Promise<Story> => all.open({ incident: 'thread', monitors, ...alerting })

async function ship(story: Story, version: string): Promise<void> {
  await story.ship(version)
  await seen(story, version, { regions: ['eu-1'] })
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const expression = 'errors:ratio > 0.05'
const cardSays = (story: Story, words: RegExp) =>
  until(
    `the card says ${words}`,
    () => {
      const said = textOf(story.keyed('/incident:INC-1')[0]?.blocks).replaceAll(/\s+/g, ' ')
      return words.test(said) ? said : undefined
    },
    15_000,
  )

/** The culprit, half a second later it burns, then a decoy; the alert tells of it five minutes after it began. */
async function decoyed(story: Story, began: { atMs: number }) {
  await ship(story, 'v1.8.0')
  await pause(1_100)
  began.atMs = Date.now()
  await pause(2_100)
  await ship(story, 'v1.8.1')
  await fire(story.bot.url, { fingerprint: 'a', region: 'eu-1', expression, startsAtMs: began.atMs + 300_000 })
}

describe('an alert that waited before it fired', () => {
  it('is taken back to when it began, by the monitor: what was shipped while it waited is cleared', async () => {
    const began = { atMs: 0 }
    const story = await open(await monitor(() => began.atMs))
    await decoyed(story, began)
    const card = await cardSays(
      story,
      /Suspect, a guess: checkout-svc v1\.8\.0 · shipped .{1,9} before it began in eu-1/,
    )
    expect(card).toContain('to v1.7.3')
    const [dated, ...more] = await story.eventsOf('incident.dated')
    expect(more).toEqual([])
    expect(dated?.data).toMatchObject({ service: 'checkout-svc', region: 'eu-1' })
    expect(Date.parse(dated?.data.since ?? '')).toBe(began.atMs)
    const judged = (await story.eventsOf('incident.suspected')).at(-1)
    expect(judged?.data.cleared.map(({ version, why }) => `${version} ${why.key}`)).toEqual([
      'v1.8.1 suspect.came-after',
    ])
    await until('the thread tells it', () =>
      textOf(story.slack.messages(team).map(({ blocks }) => blocks)).includes('5 min before the alert, by the monitor'),
    )
  }, 60_000)

  it('by the next process where the first one died before it was answered, and once', async () => {
    const began = { atMs: 0 }
    let asked = 0
    const held = new Promise<void>(() => undefined)
    const story = await open(
      await monitor(
        () => began.atMs,
        async () => (asked++ === 0 ? held : undefined),
      ),
    )
    await decoyed(story, began)
    await untilAsync('it is judged', async () => (await story.eventsOf('incident.suspected'))[0])
    await until('the monitor is asked', () => asked > 0)
    await story.restart()
    await cardSays(story, /Suspect, a guess: checkout-svc v1\.8\.0/)
    await story.restart()
    await fire(story.bot.url, { fingerprint: 'a', region: 'eu-1', expression, startsAtMs: began.atMs + 300_000 })
    await pause(1_500)
    expect(await story.eventsOf('incident.dated')).toHaveLength(1)
    expect(await story.eventsOf('incident.suspected')).toHaveLength(2)
  }, 60_000)

  it('that nobody can ask leaves the doubt in words; a monitor that broke is asked a few times', async () => {
    const story = await open(await monitor(() => null))
    await ship(story, 'v1.8.0')
    await fire(story.bot.url, { fingerprint: 'a', region: 'eu-1', expression, startsAtMs: Date.now() + 60_000 })
    await cardSays(
      story,
      /v1\.8\.0 · shipped .* before the first alert .* but it may have begun before: .* up to 5 min/,
    )
    expect((await story.eventsOf('incident.dated')).map(({ data }) => data.since)).toEqual([null])
    expect(await story.eventsOf('incident.suspected')).toHaveLength(2)
  }, 60_000)

  it('whose source tells no expression is doubted at once', async () => {
    const story = await open('{}')
    await ship(story, 'v1.8.0')
    await fire(story.bot.url, { fingerprint: 'a', region: 'eu-1', startsAtMs: Date.now() + 60_000 })
    await cardSays(story, /but it may have begun before/)
    expect(await story.eventsOf('incident.dated')).toEqual([])
    expect(await story.eventsOf('incident.suspected')).toHaveLength(1)
  }, 60_000)
})
