import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { alertmanager } from '../../src/adapters/alert-source/alertmanager/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import type { Alert } from '../../src/core/alert/alert.ts'
import { type Bot, startBot } from '../../src/main/bot.ts'
import { embeddedConfig } from '../../src/main/embedded.ts'
import { tellAlert } from '../../src/main/tour/alert-story.ts'
import { alertTexts } from '../../src/main/tour/alert-texts.ts'
import { slackHand } from '../../src/main/tour/hands.ts'
import { playgroundGround } from '../../src/main/tour/playground-ground.ts'
import { Watch } from '../../src/main/tour/watch.ts'
import { alertSecret, alertSource, shopRules } from '../../src/playground/alerting.ts'
import { Secret } from '../../src/ports/secret.ts'
import { freePort, type Program, startProgram } from './program.ts'

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const everyMs = 1000

type Ground = Awaited<ReturnType<typeof playgroundGround>>

/** What the playground configured, with another monitor, and the addresses of its balancers. */
function around(ground: Ground) {
  const config = parseYaml(ground.config) as {
    monitors: { main: { url: string } }
    services: Record<
      string,
      { environments: { production: { regions: Record<string, { checks: { http?: { url: string } }[] }> } } }
    >
  }
  const places = Object.values(config.services).flatMap((service) =>
    Object.values(service.environments.production.regions),
  )
  const balancers = places.flatMap(({ checks }) => checks.flatMap(({ http }) => (http ? [new URL(http.url).host] : [])))
  return { monitor: config.monitors.main.url, balancers }
}

/** Between Alertmanager and the bot: keeps what was posted, and is not there for the first one. */
async function recorder(to: () => string) {
  const posts: {
    readonly body: Buffer
    readonly headers: Record<string, string | undefined>
    readonly answer: number
  }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const body = Buffer.concat(parts)
      const headers = { authorization: request.headers.authorization, 'content-type': request.headers['content-type'] }
      const sent = { method: 'POST', body, headers: headers as Record<string, string> }
      const answer = posts.length === 0 ? 503 : (await fetch(to() + request.url, sent)).status
      posts.push({ body, headers, answer })
      response.writeHead(answer).end()
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${port}`, posts, stop: () => new Promise((resolve) => server.close(resolve)) }
}

/** Debian's Prometheus and Alertmanager watch the playground's shop, with the rules that the playground itself has. */
describe('a real Prometheus and a real Alertmanager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'astern-alerting-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const stops: (() => Promise<unknown>)[] = []
  let ground: Ground
  let bot: Bot | undefined
  let posted: Awaited<ReturnType<typeof recorder>>
  let prometheus: Program

  beforeAll(async () => {
    ground = await playgroundGround({ seed: 1, speed: 1, now: Date.now })
    stops.push(() => ground.close())
    const { monitor, balancers } = around(ground)
    posted = await recorder(() => bot?.url ?? '')
    stops.push(posted.stop)
    const bearer = ground.env[alertSecret] ?? ''
    const receiver = `${posted.url}/alerts/${alertSource}`
    const routes = file(
      'alertmanager.yml',
      `route: { receiver: astern, group_by: [alertname, service], group_wait: 1s, group_interval: 3s, repeat_interval: 1h }
receivers:
  - name: astern
    webhook_configs: [{ url: '${receiver}', http_config: { authorization: { credentials: '${bearer}' } } }]
`,
    )
    const notifier = await startProgram('prometheus-alertmanager', (address) => [
      `--config.file=${routes}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ])
    stops.push(() => notifier.stop())
    const rules = shopRules(everyMs, 10_000).map(({ alert, expr, forMs, labels }) => ({
      alert,
      expr,
      for: `${forMs}ms`,
      labels,
      annotations: { summary: '{{ $value | humanizePercentage }} on {{ $labels.service }} in {{ $labels.region }}' },
    }))
    const main = file(
      'prometheus.yml',
      JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
        rule_files: [file('rules.yml', JSON.stringify({ groups: [{ name: 'shop', rules }] }))],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(notifier.url).host] }] }] },
        scrape_configs: [{ job_name: 'balancers', static_configs: [{ targets: balancers }] }],
      }),
    )
    prometheus = await startProgram('prometheus', (address) => [
      `--config.file=${main}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      `--web.external-url=http://prometheus.example`,
    ])
    stops.push(() => prometheus.stop())
    const config = ground.config.replaceAll(monitor, prometheus.url)
    const live = await embeddedConfig({ ...ground, config })
    bot = await startBot({ live, platform, ledgerFile: join(folder, 'ledger.db'), host: '127.0.0.1', port: 0 })
    stops.push(async () => bot?.close())
  })

  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('fault, alert, one card with the right suspect, approval, rollback, verified, resolved', async () => {
    const lines: string[] = []
    const watch = new Watch(platform.clock, (line) => lines.push(line))
    const took = await tellAlert(ground, slackHand(ground), watch, alertTexts('en')).catch((cause: unknown) => {
      throw new Error(lines.join('\n'), { cause })
    })
    expect(took.fromFaultMs).toBeLessThan(300_000)
  })

  it('post what the adapter reads: firing and resolved of one episode, with the expression that fired', async () => {
    const bearer = new Secret({ env: alertSecret })
    bearer.resolve(() => ground.env[alertSecret] ?? null)
    const source = alertmanager.open({ bearer }, platform)
    const read = (body: Buffer, authorization: string | undefined) =>
      source.read({ headers: { authorization }, query: new URLSearchParams(), body })
    expect(posted.posts.map(({ answer }) => answer)).toEqual([503, ...posted.posts.slice(1).map(() => 200)])
    const told = posted.posts.map(({ body, headers }) => {
      const intake = read(body, headers.authorization)
      if ('refused' in intake) throw new Error(intake.why)
      return intake.alerts
    })
    // What was answered 503 came again as it was: nothing is lost.
    expect(told[1]?.map(({ fingerprint }) => fingerprint)).toEqual(
      expect.arrayContaining(told[0]?.map(({ fingerprint }) => fingerprint) ?? []),
    )
    const episodes = Map.groupBy(told.flat(), ({ fingerprint }) => fingerprint)
    expect(episodes.size).toBe(2)
    for (const episode of episodes.values()) {
      const same = (of: (alert: Alert) => unknown) => new Set(episode.map(of)).size
      expect([same(({ startsAt }) => startsAt), same(({ labels }) => JSON.stringify(labels))]).toEqual([1, 1])
      expect(episode.at(-1)).toMatchObject({
        status: 'resolved',
        name: 'HighErrorRate',
        labels: { service: 'checkout-svc', severity: 'critical' },
        summary: expect.stringMatching(/^\d+(\.\d+)?% on checkout-svc in (eu-1|us-1)$/),
        expression: expect.stringMatching(/^sum by .* > 0\.05$/),
        link: expect.stringContaining('http://prometheus.example/graph?g0.expr='),
      })
      expect(episode[0]).toMatchObject({ status: 'firing', endsAt: null })
    }
    expect(read(posted.posts[0]?.body ?? Buffer.of(), 'Bearer wrong')).toMatchObject({ refused: 401 })
  })
})
