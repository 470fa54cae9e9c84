import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Message, startSlack, type Workspace } from '../../src/playground/slack/index.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stageConfig } from '../kit/stage-config.ts'
import { workspaceSetup } from '../kit/stage-world.ts'
import { type AlertScene, type AlertSetup, alertScene } from './alert-scene.ts'
import { aloneScene } from './alone-scene.ts'
import type { Cluster, Workload } from './clusters.ts'
import type { Order } from './composed.ts'
import { type DingTalkScene, dingtalkScene } from './dingtalk-scene.ts'

/** What stands outside the bot and outlives it: a workspace, a workload in each of two regions, a health endpoint, a folder. */
export interface Scene {
  readonly slack: Workspace
  /** Where the story is played in DingTalk, with Slack beside it. */
  readonly dingtalk: DingTalkScene | null
  /** Where the story begins with an alert. */
  readonly alerts: AlertScene | null
  readonly regions: readonly [Workload, Workload]
  readonly ledgerFile: string
  readonly logFile: string
  order(killAt: string | null, opensAfterMs?: number): Order
  /** Messages of ours with a key ending so, wherever they stand. */
  keyed(end: string): readonly Message[]
  close(): Promise<void>
}

/** So much faster than the clock on the wall do the bot's pauses, deadlines and rates run. */
const speed = 6

const nowMs = () => Math.floor(performance.timeOrigin + performance.now())
const leadMs = 2_000

let number = 0
const series = Math.floor(performance.timeOrigin).toString(36)

export interface SceneOptions {
  /** A folder for the ledger instead of one of its own. */
  readonly disk?: string | undefined
  /** Where people play the story: in DingTalk, with Slack beside it, or in Slack alone. */
  readonly chat?: Chat | undefined
  /** What was shipped, the newest last; a bad release where not given. */
  readonly versions?: readonly string[]
  /** More of the configuration: YAML of whole sections. */
  readonly sections?: string
  /** A Prometheus and an Alertmanager watch it. */
  readonly alerts?: AlertSetup
  /** Its policy lets the bot go back by itself, and its images are in a registry. */
  readonly alone?: true
}

export type Chat = 'slack' | 'dingtalk'

export async function scene(
  cluster: Cluster,
  { disk, chat, versions = ['v1.7.3', 'bad-1.8.0'], sections = '', alerts, alone }: SceneOptions = {},
): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'astern-chaos-'))
  const slack = await startSlack({ ...workspaceSetup, ackTimeoutMs: 1_500 })
  number += 1
  const namespaces = [`eu-${series}-${number}`, `us-${series}-${number}`] as const
  const store = alone ? await aloneScene() : null
  const [eu, us] = namespaces
  const regions = [cluster.workload(eu, store?.image), cluster.workload(us, store?.image)] as const
  const shipped = (version: string) => Promise.all(regions.map((workload) => workload.ship(version)))
  for (const version of versions.slice(0, -1)) await shipped(version)
  const watchedSinceMs = nowMs()
  const watched = alerts ? await alertScene(alerts, regions, speed, watchedSinceMs) : null
  // What ran before has a time of its own, by the whole seconds that clusters tell, in which it was measured.
  if (watched) await new Promise((resolve) => setTimeout(resolve, leadMs))
  await shipped(versions.at(-1) ?? '')
  const health = await serveHttp((_, response) => response.end('well'))
  const ledgerFile = join(disk ?? folder, 'ledger.db')
  const logFile = join(folder, 'log')
  const dingtalk = chat === 'dingtalk' ? await dingtalkScene() : null
  const sinceMs = watched ? watchedSinceMs : nowMs()
  const second = dingtalk ? { dingtalk: dingtalk.config } : {}
  const check = `{ http: "${health.url}/healthz" }`
  const config = stageConfig(slack.url, {
    namespaces,
    check,
    sections,
    ...second,
    ...watched?.config,
    ...store?.config,
  })
  const secrets = {
    SLACK_BOT_TOKEN: 'xoxb-stage-bot',
    SLACK_APP_TOKEN: 'xapp-stage-app',
    KUBECONFIG_EU: cluster.kubeconfig,
    KUBECONFIG_US: cluster.kubeconfig,
    ...dingtalk?.secrets,
    ...watched?.secrets,
  }
  return {
    slack,
    dingtalk,
    alerts: watched,
    regions,
    ledgerFile,
    logFile,
    order: (killAt, opensAfterMs = 0) => ({
      ledgerFile,
      logFile,
      config,
      secrets,
      killAt,
      opensAfterMs,
      speed,
      sinceMs,
    }),
    keyed: (end) =>
      slack
        .channels()
        .flatMap(({ id }) => slack.messages(id))
        .filter((message) => keyOf(message)?.endsWith(end) === true),
    async close() {
      await slack.close()
      await dingtalk?.close()
      await watched?.close()
      await store?.close()
      await health.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether the bot hears everybody who plays. */
export const isHeard = ({ slack, dingtalk }: Scene): boolean =>
  slack.sockets > 0 && (dingtalk === null || dingtalk.workspace.connections > 0)

export function keyOf(message: Message): string | undefined {
  const { event_payload } = (message.metadata ?? {}) as { event_payload?: { key?: string } }
  return event_payload?.key
}
