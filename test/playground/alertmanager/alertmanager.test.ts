import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { fingerprint } from '../../../src/playground/alertmanager/fingerprint.ts'
import { type Alert, needsUpdate, sorted, webhook } from '../../../src/playground/alertmanager/group.ts'
import { Alertmanager } from '../../../src/playground/alertmanager/index.ts'
import { type Loopback, serveHttp } from '../../kit/loopback.ts'
import { until } from '../../kit/until.ts'

/** What Alertmanager 0.25 posted. */
const real = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), 'utf8'))

const alertOf = (posted: ReturnType<typeof real>['alerts'][number]): Alert => ({
  labels: posted.labels,
  annotations: posted.annotations,
  startsAt: Date.parse(posted.startsAt),
  endsAt: posted.status === 'firing' ? null : Date.parse(posted.endsAt),
  generatorURL: posted.generatorURL,
})

it.each(['webhook-firing', 'webhook-resolved'])('posts what a real Alertmanager posted: %s', (name) => {
  const posted = real(name)
  const { receiver, groupLabels, externalURL, alerts } = posted
  expect(webhook(receiver, groupLabels, alerts.map(alertOf), externalURL)).toEqual(posted)
})

const alert = (region: string, endsAt: number | null = null): Alert => ({
  labels: { alertname: 'HighErrorRate', service: 'checkout-svc', region },
  annotations: {},
  startsAt: 1000,
  endsAt,
  generatorURL: 'http://127.0.0.1/graph?g0.expr=up',
})

describe('a group has news', () => {
  const told = (...alerts: Alert[]) => ({ at: 0, ...sorted(alerts) })
  it.each<[string, boolean, ReturnType<typeof told> | null, Alert[], number]>([
    ['when something fires that was not told', true, null, [alert('eu-1')], 0],
    ['not when it ended before anybody was told', false, null, [alert('eu-1', 5)], 0],
    ['not when all of it was told', false, told(alert('eu-1')), [alert('eu-1')], 0],
    ['when one more fires', true, told(alert('eu-1')), [alert('eu-1'), alert('us-1')], 0],
    ['when one of two ended', true, told(alert('eu-1'), alert('us-1')), [alert('eu-1'), alert('us-1', 5)], 0],
    ['when the last one ended', true, told(alert('eu-1')), [alert('eu-1', 5)], 0],
    ['when it fires for long', true, told(alert('eu-1')), [alert('eu-1')], 60_000],
  ])('%s', (_, news, last, alerts, now) => {
    expect(needsUpdate(last, alerts, now, 60_000)).toBe(news)
  })
})

it('tells alerts apart by their labels alone, in any order', () => {
  expect(fingerprint({ b: '2', a: '1' })).toBe(fingerprint({ a: '1', b: '2' }))
  expect(fingerprint({ a: '1' })).not.toBe(fingerprint({ a: '2' }))
})

describe('the playground’s Alertmanager', () => {
  const open: { stop(): unknown }[] = []
  afterEach(async () => {
    for (const one of open.splice(0)) await one.stop()
  })

  async function start(answer: () => number) {
    const posts: { status: string; alerts: { status: string }[] }[] = []
    const tried: number[] = []
    const server: Loopback = await serveHttp((request, response) => {
      let text = ''
      request.on('data', (part) => {
        text += String(part)
      })
      request.on('end', () => {
        expect(request.headers.authorization).toBe('Bearer secret')
        const status = answer()
        tried.push(status)
        if (status === 200) posts.push(JSON.parse(text))
        response.writeHead(status).end()
      })
    })
    const alertmanager = new Alertmanager({
      now: Date.now,
      receiver: 'astern',
      bearer: 'secret',
      externalURL: 'http://alertmanager.example',
      groupBy: ['alertname', 'service'],
      groupWaitMs: 30,
      groupIntervalMs: 60,
      repeatIntervalMs: 60_000,
    })
    open.push({ stop: () => alertmanager.close() }, server)
    return { alertmanager, posts, tried, url: server.url }
  }

  it('waits while nobody listens, then tells what fires together, and each end once', async () => {
    const { alertmanager, posts, url } = await start(() => 200)
    alertmanager.receive([alert('eu-1')])
    alertmanager.receive([alert('us-1')])
    await new Promise((resolve) => setTimeout(resolve, 150))
    alertmanager.sendTo(url)
    await until('both are told', () => posts[0])
    alertmanager.receive([alert('eu-1', 5), alert('us-1')])
    await until('one has ended', () => posts[1])
    alertmanager.receive([alert('us-1', 6)])
    await until('both have', () => posts[2])
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(posts.map(({ status, alerts }) => [status, alerts.map((one) => one.status)])).toEqual([
      ['firing', ['firing', 'firing']],
      ['firing', ['resolved', 'firing']],
      ['resolved', ['resolved']],
    ])
  })

  it('tries again after a 503 and tells anew after a 400', async () => {
    const answers = [503, 400]
    const { alertmanager, posts, tried, url } = await start(() => answers.shift() ?? 200)
    alertmanager.sendTo(url)
    alertmanager.receive([alert('eu-1')])
    await until('it is told', () => posts[0])
    expect(tried).toEqual([503, 400, 200])
  })
})
