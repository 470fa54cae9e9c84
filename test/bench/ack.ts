import http from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { sign, startSlack } from '../../src/playground/slack/index.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stageConfig, stageEnv } from '../kit/stage-config.ts'
import { clusterToken, deployment, workspaceSetup } from '../kit/stage-world.ts'
import { inFolder, run, runBot } from './process.ts'
import { compared, type Measure, median, quantile } from './row.ts'

const perSecond = 500
const secondsPerRound = 4
const rounds = 5
const { signingSecret, botToken } = workspaceSetup.app

let sent = 0

/** One slash command, signed as Slack signs it; resolves with how long it was waited for, from when it was due. */
function command(agent: http.Agent, url: string, responseUrl: string, dueMs: number): Promise<number> {
  sent += 1
  const body = new URLSearchParams({
    token: 'verification',
    team_id: 'T0STAGE000',
    team_domain: 'stage',
    channel_id: 'C0PAYMENT0',
    channel_name: 'payment',
    user_id: 'U0TOM00000',
    user_name: 'tom',
    command: '/astern-help',
    text: `please ${sent}`,
    api_app_id: 'A0ASTERN00',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: `1.2.${performance.timeOrigin}${sent}`,
  }).toString()
  const timestamp = String(Math.floor(Date.now() / 1000))
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': sign(signingSecret, timestamp, body),
        },
      },
      (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - dueMs)
          else reject(new Error(`answered with ${response.statusCode}`))
        })
      },
    )
    request.once('error', (error) => {
      // The server closed an idle connection just then: https://nodejs.org/api/http.html#requestreusedsocket
      if (request.reusedSocket) command(agent, url, responseUrl, dueMs).then(resolve, reject)
      else reject(error)
    })
    request.end(body)
  })
}

/** As many per second as asked for, whether or not they are answered. */
async function flood(url: string, responseUrl: string): Promise<readonly number[]> {
  const agent = new http.Agent({ keepAlive: true })
  const all: Promise<number>[] = []
  const began = performance.now()
  for (let one = 0; one < perSecond * secondsPerRound; one++) {
    const dueMs = began + (one * 1000) / perSecond
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 1) await delay(earlyMs)
    all.push(command(agent, url, responseUrl, Math.max(dueMs, performance.now())))
  }
  return Promise.all(all).finally(() => agent.destroy())
}

/** How long Slack waits for the acknowledgement of a slash command, at 500 a second, each durable first. */
export const ack: Measure = (say) =>
  inFolder(async (folder) => {
    const slack = await startSlack(workspaceSetup)
    let answers = 0
    const sink = await serveHttp((request, response) => {
      answers += 1
      request.resume().once('end', () => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'))
    })
    const cluster = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 })
    await deployment(cluster, 'v1.7.3')
    const config = stageConfig(slack.url, {})
      .replace('mode: socket', 'mode: http')
      .replace('appToken: { env: SLACK_APP_TOKEN }', 'signingSecret: { env: SLACK_SIGNING_SECRET }')
    const env = { ...stageEnv({ 'eu-1': cluster, 'us-1': cluster }), SLACK_SIGNING_SECRET: signingSecret }
    const ledger = join(folder, 'ledger', 'ledger.db')
    const bot = await runBot({ folder, config, env, ledger, says: 'astern listens' })
    const echo = await run(
      ['test/bench/bolt-echo.ts', join(folder, 'echo.db'), slack.url, botToken, signingSecret],
      'listens on',
    )
    const urls = [
      `${(JSON.parse(bot.line) as { url: string }).url}/slack/events`,
      `http://127.0.0.1:${echo.line.split(' ').at(-1)}/slack/events`,
    ] as const
    try {
      await delay(2_000)
      const turn = (index: 0 | 1) => flood(urls[index], sink.url)
      await turn(0)
      await turn(1)
      const p99 = { ours: [] as number[], echo: [] as number[] }
      const middle = { ours: [] as number[], echo: [] as number[] }
      const used = [bot.cpuMs(), echo.cpuMs()] as const
      for (let round = 0; round < rounds; round++) {
        for (const [name, index] of [
          ['ours', 0],
          ['echo', 1],
        ] as const) {
          const times = await turn(index)
          p99[name].push(quantile(times, 0.99))
          middle[name].push(median(times))
          await delay(1_500)
        }
      }
      const deliveries = rounds * perSecond * secondsPerRound
      const each = [bot, echo].map((one, index) => ((one.cpuMs() - (used[index] ?? 0)) / deliveries).toFixed(2))
      say(`processor time for each: ${each.join(' beside ')} ms; ours answers, too`)
      say(
        `medians: ${median(middle.ours).toFixed(1)} ms beside ${median(middle.echo).toFixed(1)} ms; ${answers} answers`,
      )
      return [
        compared({
          name: `slash-command ack at ${perSecond}/s, p99`,
          unit: 'ms',
          ours: p99.ours,
          theirs: p99.echo,
          beside: 'a bare Bolt echo that commits one SQLite row first',
          atMost: 1.5,
        }),
      ]
    } finally {
      await Promise.all([bot.stop('SIGKILL'), echo.stop('SIGKILL')])
      await Promise.all([slack.close(), sink.stop(), cluster.close()])
    }
  })
