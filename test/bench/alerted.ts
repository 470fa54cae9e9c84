import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { startSlack } from '../../src/playground/slack/index.ts'
import { serveHttp } from '../kit/loopback.ts'
import { startExporter } from '../kit/prometheus/exporter.ts'
import { stageConfig, stageEnv } from '../kit/stage-config.ts'
import { clusterToken, deployment, workspaceSetup } from '../kit/stage-world.ts'
import { startProgram } from '../live/program.ts'
import { inFolder, runBot } from './process.ts'
import { compared, type Measure } from './row.ts'

const rounds = 8
const roundWithinMs = 60_000
const token = 'bench-alerts-token'
const team = 'C0PAYMENT0'
const tom = 'U0TOM00000'

/** As quick as people set them: a scrape and an evaluation a second, a few seconds until it fires and until it is told. */
const rules = {
  groups: [{ name: 'shop', rules: [{ alert: 'HighErrorRate', expr: 'burning > 0.05', for: '3s' }] }],
}

/** Fault → card on the screen, beside fault → Alertmanager's webhook at somebody who listens. Debian's Prometheus and Alertmanager. */
export const alerted: Measure = (say) =>
  inFolder(async (folder) => {
    const file = (name: string, value: object): string => {
      writeFileSync(join(folder, name), JSON.stringify(value))
      return join(folder, name)
    }
    const slack = await startSlack(workspaceSetup)
    const cluster = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 })
    await deployment(cluster, 'v1.7.3')
    const exporter = await startExporter()
    let heardMs: number | null = null
    const listener = await serveHttp((request, response) => {
      heardMs ??= performance.now()
      request.resume().on('end', () => response.end())
    })
    const sections = '\nalertSources:\n  am: { adapter: alertmanager, bearer: { env: ALERTS_TOKEN } }\n'
    const bot = await runBot({
      folder,
      config: stageConfig(slack.url, { incident: 'channel', sections }),
      env: { ...stageEnv({ 'eu-1': cluster, 'us-1': cluster }), ALERTS_TOKEN: token },
      ledger: join(folder, 'ledger', 'ledger.db'),
      says: 'astern listens',
    })
    const astern = `${(JSON.parse(bot.line) as { url: string }).url}/alerts/am`
    const webhook = (url: string) => ({ url, http_config: { authorization: { credentials: token } } })
    const routes = file('alertmanager.yml', {
      route: { receiver: 'both', group_by: ['...'], group_wait: '1s', group_interval: '2s', repeat_interval: '1h' },
      receivers: [{ name: 'both', webhook_configs: [webhook(astern), webhook(listener.url)] }],
    })
    const notifier = await startProgram('prometheus-alertmanager', (address) => [
      `--config.file=${routes}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ])
    const main = file('prometheus.yml', {
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: [file('rules.yml', rules)],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(notifier.url).host] }] }] },
      scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [exporter.address] }] }],
    })
    const prometheus = await startProgram('prometheus', (address) => [
      `--config.file=${main}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ])
    const card = (id: string): boolean =>
      slack
        .channels()
        .some(({ id: channel }) =>
          slack.messages(channel).some(({ metadata }) => JSON.stringify(metadata ?? '').includes(`/incident:${id}"`)),
        )

    /** One fault: how long until the webhook, and until the card. A new series each time, so that nothing is a repeat. */
    async function round(number: number): Promise<{ webhookMs: number; cardMs: number }> {
      const id = `INC-${number}`
      const show = (value: number) =>
        exporter.show(`burning{service="checkout-svc",region="eu-1",round="${number}"} ${value}`)
      show(0)
      await delay(2_500 + Math.random() * 1_000)
      heardMs = null
      const began = performance.now()
      show(0.4)
      while (!card(id)) {
        if (performance.now() - began > roundWithinMs) throw new Error(`no card of ${id}`)
        await delay(2)
      }
      const cardMs = performance.now() - began
      while (heardMs === null) await delay(2)
      const webhookMs = heardMs - began
      await slack.as(tom).command(team, `/incident close ${id} measured`)
      return { webhookMs, cardMs }
    }

    try {
      const ours: number[] = []
      const theirs: number[] = []
      for (let number = 1; number <= rounds + 1; number++) {
        const { webhookMs, cardMs } = await round(number)
        if (number === 1) continue
        ours.push(cardMs)
        theirs.push(webhookMs)
      }
      const after = ours.map((one, index) => Math.round(one - (theirs[index] ?? Number.NaN)))
      say(`from the webhook to the card: ${after.join(' ')} ms`)
      const beside = 'fault → Alertmanager’s webhook'
      return [compared({ name: 'fault → card on the screen', unit: 'ms', ours, theirs, beside, atMost: 1.1 })]
    } finally {
      await prometheus.stop()
      await notifier.stop()
      await bot.stop('SIGKILL')
      await Promise.all([slack.close(), cluster.close(), listener.stop(), exporter.stop()])
    }
  })
