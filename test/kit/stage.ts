import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters } from '../../src/adapters/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { reloadable } from '../../src/config/live.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { type Bot, startBot } from '../../src/main/bot.ts'
import { type PlaygroundKubernetes, startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { type Message, startSlack, type Workspace } from '../../src/playground/slack/index.ts'
import type { Platform } from '../../src/ports/adapter.ts'
import { fastClock } from './fast-clock.ts'
import { type StageConfig, stageConfig, stageEnv } from './stage-config.ts'
import { clusterToken, deployment, workspaceSetup } from './stage-world.ts'
import { until } from './until.ts'

/** The whole bot in one process, beside a local workspace and a local cluster per region. */
export interface Stage {
  readonly slack: Workspace
  readonly clusters: Readonly<Record<'eu-1' | 'us-1', PlaygroundKubernetes>>
  readonly bot: Bot
  readonly log: readonly string[]
  /** Ships a release as CI would, in both regions or one, and waits until the cluster has taken it. */
  ship(version: string, regions?: readonly ('eu-1' | 'us-1')[]): Promise<void>
  /** The image a region's workload is to run, asked of the API server, not of the bot. */
  image(region: 'eu-1' | 'us-1'): string
  /** Messages that the bot sent to one person alone, or to a channel, until one holds a text. */
  told(user: string, text: string): Promise<Message>
  said(channel: string, text: string): Promise<Message>
  /** Changes the configuration and reloads it. */
  reconfigure(change: StageConfig): Promise<void>
  /** Stops the bot; `meanwhile` happens before it is started again on the same ledger. */
  restart(meanwhile?: () => unknown): Promise<void>
  readonly ledgerFile: string
  close(): Promise<void>
}

export async function stage(given: StageConfig & { readonly versions?: readonly string[] } = {}): Promise<Stage> {
  let options: StageConfig = given
  const folder = mkdtempSync(join(tmpdir(), 'astern-stage-'))
  const log: string[] = []
  const system = systemPlatform({ log: { level: 'debug', format: 'json', write: (line) => log.push(line) } })
  const { epochMilliseconds } = system.clock.now()
  const clock = given.clock ?? (given.speed ? fastClock(given.speed, epochMilliseconds) : system.clock)
  const platform: Platform = {
    ...system,
    clock,
    ...(given.alarm && { alarm: given.alarm }),
  }
  const slack = await startSlack(workspaceSetup)
  const [eu, us] = await Promise.all(
    [0, 1].map(() => startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5, slowMs: 400, backOffMs: 200 })),
  )
  if (!eu || !us) throw new TypeError('no cluster')
  const clusters = { 'eu-1': eu, 'us-1': us }
  const ship = async (version: string, regions: readonly ('eu-1' | 'us-1')[] = ['eu-1', 'us-1']) => {
    for (const region of regions) await deployment(clusters[region], version, 'checkout-svc', given.image?.(version))
  }
  for (const version of given.versions ?? ['v1.7.2', 'v1.7.3']) await ship(version)

  const env = { ...stageEnv(clusters), ...given.env }
  const load = () =>
    loadConfig('stage.yaml', {
      adapters,
      readFile: async () => stageConfig(slack.url, options),
      readSecret: (source) => ('env' in source ? (env[source.env] ?? null) : null),
    })
  const loaded = await load()
  if (!loaded.ok) throw new TypeError(loaded.problems.map(problemText).join('\n'))
  const live = reloadable(loaded.config, load)
  const ledgerFile = join(folder, 'ledger.db')
  const start = () => startBot({ live, platform, ledgerFile, host: '127.0.0.1', port: 0 })
  let bot = await start()
  await until('the bot listens', () => slack.sockets > 0)

  return {
    slack,
    clusters,
    log,
    ship,
    ledgerFile,
    get bot() {
      return bot
    },
    image: (region) => {
      const { spec } = clusters[region].get('deployments', 'shop', 'checkout-svc') as unknown as {
        spec: { template: { spec: { containers: { image: string }[] } } }
      }
      return spec.template.spec.containers[0]?.image ?? ''
    },
    told: (user, text) =>
      until(`${user} is told “${text}”`, () =>
        slack.ephemeral(user).find((message) => JSON.stringify(message).includes(text)),
      ),
    said: (channel, text) =>
      until(`#${channel} says “${text}”`, () =>
        slack.channels().some(({ id, name }) => id === channel || name === channel)
          ? slack.messages(channel).find((message) => JSON.stringify(message.blocks ?? message.text).includes(text))
          : undefined,
      ),
    async reconfigure(change) {
      options = { ...options, ...change }
      const reloaded = await live.reload()
      if (!reloaded.ok) throw new TypeError(reloaded.problems.map(problemText).join('\n'))
    },
    async restart(meanwhile) {
      await bot.close()
      await until('the bot is gone', () => slack.sockets === 0)
      await meanwhile?.()
      bot = await start()
      await until('the bot listens again', () => slack.sockets > 0)
    },
    async close() {
      await bot.close()
      await slack.close()
      await Promise.all([eu.close(), us.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
