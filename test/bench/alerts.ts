import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { startSlack } from '../../src/playground/slack/index.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stageConfig, stageEnv } from '../kit/stage-config.ts'
import { clusterToken, deployment, workspaceSetup } from '../kit/stage-world.ts'
import { inFolder, runBot } from './process.ts'
import { compared, type Measure, median, type Row } from './row.ts'

const rounds = 5
const posts = 400
const perPost = 50
const atOnce = 8
const goalPerSecond = 5_000
const token = 'bench-alerts-token'

let made = 0
const labels = () => ({
  alertname: 'HighErrorRate',
  service: 'checkout-svc',
  region: 'eu-1',
  instance: `pod-${made++}`,
})

const webhook = (): string => {
  const alerts = Array.from({ length: perPost }, () => {
    const own = labels()
    return {
      status: 'firing',
      labels: own,
      annotations: { summary: '5xx ratio 41.29% on checkout' },
      startsAt: new Date().toISOString(),
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example/graph?g0.expr=up',
      fingerprint: own.instance,
    }
  })
  return JSON.stringify({ version: '4', truncatedAlerts: 0, alerts })
}

/** What Prometheus posts to Alertmanager: `POST /api/v2/alerts`. */
const fromPrometheus = (): string =>
  JSON.stringify(
    Array.from({ length: perPost }, () => ({
      labels: labels(),
      annotations: { summary: '5xx ratio 41.29% on checkout' },
      startsAt: new Date().toISOString(),
      generatorURL: 'http://prometheus.example/graph?g0.expr=up',
    })),
  )

/** Alerts per second that were answered with 200. */
async function storm(url: string, body: () => string): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })
  const bodies = Array.from({ length: posts }, body)
  const one = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`answered with ${response.statusCode}`))
        })
      })
      request.once('error', reject).end(text)
    })
  const began = performance.now()
  const senders = Array.from({ length: atOnce }, async () => {
    for (let text = bodies.pop(); text !== undefined; text = bodies.pop()) await one(text)
  })
  await Promise.all(senders).finally(() => agent.destroy())
  return (posts * perPost) / ((performance.now() - began) / 1000)
}

/** Debian's package calls it prometheus-alertmanager. */
const alertmanager = ['prometheus-alertmanager', 'alertmanager'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
)

async function startAlertmanager(folder: string): Promise<{ url: string; child: ChildProcess } | null> {
  if (!alertmanager) return null
  const free = await serveHttp(() => undefined)
  const { port } = free
  await free.stop()
  const file = join(folder, 'alertmanager.yml')
  writeFileSync(file, 'route: { receiver: none }\nreceivers: [{ name: none }]\n')
  const args = [
    `--config.file=${file}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]
  const child = spawn(alertmanager, args, { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 100; tries++) {
    const ready = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return { url: `${url}/api/v2/alerts`, child }
    await delay(100)
  }
  child.kill('SIGKILL')
  throw new Error('Alertmanager does not start')
}

/** Alerts that are durable and answered per second, while incidents are made of them. */
export const alerts: Measure = (say) =>
  inFolder(async (folder) => {
    const slack = await startSlack(workspaceSetup)
    const cluster = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 })
    await deployment(cluster, 'v1.7.3')
    const sections = '\nalertSources:\n  am: { adapter: alertmanager, bearer: { env: ALERTS_TOKEN } }\n'
    const config = stageConfig(slack.url, { incident: 'thread', sections })
    const env = { ...stageEnv({ 'eu-1': cluster, 'us-1': cluster }), ALERTS_TOKEN: token }
    const ledger = join(folder, 'ledger', 'ledger.db')
    const bot = await runBot({ folder, config, env, ledger, says: 'astern listens' })
    const url = `${(JSON.parse(bot.line) as { url: string }).url}/alerts/am`
    const other = await startAlertmanager(folder)
    if (!other) say('Alertmanager is not installed: nothing to stand beside')
    const ours: number[] = []
    const theirs: number[] = []
    try {
      await delay(2_000)
      await storm(url, webhook)
      if (other) await storm(other.url, fromPrometheus)
      for (let round = 0; round < rounds; round++) {
        await delay(1_500)
        ours.push(await storm(url, webhook))
        if (other) theirs.push(await storm(other.url, fromPrometheus))
      }
    } finally {
      other?.child.kill('SIGKILL')
      await bot.stop('SIGKILL')
      await Promise.all([slack.close(), cluster.close()])
    }
    const name = `durable alerts, ${perPost} in a request`
    const rate: Row = {
      name,
      value: `${median(ours).toFixed(0)}/s (${Math.min(...ours).toFixed(0)}–${Math.max(...ours).toFixed(0)}, ${rounds} rounds)`,
      beside: 'nothing',
      ratio: null,
      goal: `≥ ${goalPerSecond}/s`,
      met: median(ours) >= goalPerSecond,
    }
    if (!other) return [rate]
    const beside = 'Alertmanager’s own POST, which keeps them in memory'
    return [rate, compared({ name: `${name}, beside`, unit: '/s', ours, theirs, beside, atLeast: 0.5 })]
  })
