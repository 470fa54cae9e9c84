import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { alertSecret, alertSource, shopAlertmanager, shopRules } from './alerting.ts'
import { openChat } from './chat.ts'
import { configuration, secretNames } from './configuration.ts'
import type { Workspace as Organisation } from './dingtalk/index.ts'
import { type PlaygroundKubernetes, startKubernetes, type Token } from './kubernetes/index.ts'
import { openOrganisation } from './organisation.ts'
import { openPage } from './page/handle.ts'
import type { PlaygroundPagerDuty } from './pagerduty/index.ts'
import { startPhones } from './phones.ts'
import { startPrometheus } from './prometheus/index.ts'
import { startRegistry } from './registry/registry.ts'
import { namespace, type Region, regions } from './shop/catalogue.ts'
import { livePast } from './shop/past.ts'
import { Shop } from './shop/shop.ts'
import type { Workspace } from './slack/index.ts'

export interface PlaygroundOptions {
  readonly seed: number
  /** Divides the tour's reading times and the windows of verification; what the shop does takes as long as it takes. 1 by default. */
  readonly speed?: number
  /** Divides the shop's own pauses: how long pods take to start and stop, and between regions. 1 by default. */
  readonly pace?: number
  /** Unix milliseconds: what Slack and the clusters stamp. */
  readonly now?: () => number
  /** What links in chat are to begin with. */
  readonly url?: string
}

/** A company to play in: its chat, its two clusters, its shop. All of it in memory. */
export interface Playground {
  /** A complete configuration of the bot, as YAML. */
  readonly config: string
  /** The secrets that the configuration names. */
  readonly env: Readonly<Record<string, string>>
  readonly slack: Workspace
  readonly dingtalk: Organisation
  readonly clusters: Readonly<Record<Region, PlaygroundKubernetes>>
  readonly shop: Shop
  /** What is on whose phone; `GET /pages` at its address tells the same. */
  readonly phones: PlaygroundPagerDuty
  /** What burns is posted to the bot at this address from now on; before, and where nobody says, to nobody. */
  alertsTo(bot: string): void
  /** Serves the page under `/` and what it needs under `/playground/`; false for all else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  close(): Promise<void>
}

const dayMs = 86_400_000
const secret = (): string => randomBytes(18).toString('hex')

/** Starts everything; the shop is up and has customers when it resolves. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { seed, speed = 1, pace = 1, now = Date.now } = options
  const botToken = `xoxb-playground-${secret()}`
  const appToken = `xapp-playground-${secret()}`
  const clientSecret = secret()
  const ciToken = secret()
  const botKubeToken = secret()
  const alertToken = secret()
  const [slack, dingtalk, registry, prometheus, phones] = await Promise.all([
    openChat({ seed, now, botToken, appToken }),
    openOrganisation({ seed, now, clientSecret }),
    startRegistry(),
    startPrometheus({ now, everyMs: Math.max(250, 1000 / speed) }),
    startPhones(now, options.url),
  ])
  const shop = await Shop.open({ registry, prometheus, seed, pace, now, ciToken })
  const tokens = [tokenOfCi(ciToken), tokenOfBot(botKubeToken)]
  const cluster = async (region: Region): Promise<PlaygroundKubernetes> => {
    let agoMs = 0
    const started = await startKubernetes({
      tokens,
      kubelet: shop.kubelet(region),
      // A clock that is put forward makes old what watches said last.
      bookmarkMs: 5_000,
      now: () => now() - agoMs,
      nodes: [`${region}-a`, `${region}-b`],
    })
    const goBack = (days: number): void => {
      agoMs = days * dayMs
    }
    const runUrl = (run: number): string => shop.runUrl(run)
    await livePast({ cluster: started, region, registryHost: registry.host, runUrl, goBack })
    goBack(0)
    return started
  }
  const [eu, us] = await Promise.all([cluster('eu-1'), cluster('us-1')])
  const clusters = { 'eu-1': eu, 'us-1': us }
  await shop.begin(clusters)
  const alertmanager = shopAlertmanager({ now, bearer: alertToken, speed })
  const forMs = Math.max(1000, 10_000 / speed)
  prometheus.watch(shopRules(prometheus.everyMs, forMs), (alerts) => alertmanager.receive(alerts))
  const page = openPage({ slack, dingtalk, shop, phones: phones.server }, speed)
  const monitor = { url: prometheus.url, everyMs: prometheus.everyMs, forMs }
  const at = {
    slackUrl: slack.url,
    dingtalkUrl: dingtalk.url,
    registryHost: registry.host,
    pagerUrl: phones.server.url,
    nowMs: now(),
    webUrl: options.url,
    monitor,
    checkWindowMs: Math.max(10_000, 60_000 / speed),
  }
  return {
    config: configuration({ ...at, url: (service, region) => shop.url(service, region) }),
    env: {
      ...phones.env,
      [secretNames.botToken]: botToken,
      [secretNames.appToken]: appToken,
      [secretNames.clientSecret]: clientSecret,
      [alertSecret]: alertToken,
      ...Object.fromEntries(
        regions.map((region) => [secretNames[region], clusters[region].kubeconfig(botKubeToken, namespace)]),
      ),
    },
    slack,
    dingtalk,
    clusters,
    shop,
    phones: phones.server,
    alertsTo: (bot) => alertmanager.sendTo(`${bot}/alerts/${alertSource}`),
    handle: (request, response) => page.handle(request, response),
    close: async () => {
      page.close()
      alertmanager.close()
      await slack.close()
      await dingtalk.close()
      await Promise.all([eu.close(), us.close()])
      await prometheus.close()
      await shop.close()
      await registry.close()
      await phones.server.close()
    },
  }
}

const tokenOfCi = (token: string): Token => ({
  token,
  user: 'ci',
  rules: [
    {
      apiGroups: ['apps'],
      resources: ['deployments', 'statefulsets'],
      verbs: ['get', 'patch'],
      namespaces: [namespace],
    },
  ],
})

/** No more than the bot's own role grants. */
const tokenOfBot = (token: string): Token => ({
  token,
  user: 'system:serviceaccount:astern:astern',
  rules: [
    {
      apiGroups: ['apps'],
      resources: ['deployments', 'statefulsets'],
      verbs: ['get', 'list', 'watch', 'patch'],
      namespaces: [namespace],
    },
    {
      apiGroups: ['apps'],
      resources: ['replicasets', 'controllerrevisions'],
      verbs: ['list', 'watch'],
      namespaces: [namespace],
    },
    { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'], namespaces: [namespace] },
    { apiGroups: [''], resources: ['pods/log', 'configmaps'], verbs: ['get'], namespaces: [namespace] },
    { apiGroups: [''], resources: ['events', 'resourcequotas'], verbs: ['list'], namespaces: [namespace] },
  ],
})
