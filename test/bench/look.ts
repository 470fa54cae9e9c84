import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type JsonObject, type PlaygroundKubernetes, startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { startSlack, type Workspace } from '../../src/playground/slack/index.ts'
import { serveHttp } from '../kit/loopback.ts'
import { imageOf } from '../kit/oci-registry/image.ts'
import { stageConfig, stageEnv } from '../kit/stage-config.ts'
import { clusterToken, workspaceSetup } from '../kit/stage-world.ts'
import { inFolder, type Running, runBot } from './process.ts'
import { type Measure, quantile } from './row.ts'

const many = Number(process.env.WORKLOADS ?? 10_000)
const few = 10
const revisions = 10
const rounds = 12
/** Until each of the workloads was asked for once. */
const warmRounds = 3
/** No more at once than the pace that the Slack adapter keeps lets through, and then a pause. */
const perRound = 4
const pauseMs = 6_000
const user = 'U0MEI00000'
const channel = 'C0PAYMENT0'

const name = (number: number) => `svc-${number}`

/** A registry that has every image, for the card asks whether each is still there. */
function registry() {
  const { manifest } = imageOf('app')
  return serveHttp((request, response) => {
    const type = request.url?.includes('/manifests/') ? manifest.mediaType : 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'docker-content-digest': manifest.digest })
    response.end(request.method === 'HEAD' ? undefined : manifest.bytes)
  })
}

function workload(cluster: PlaygroundKubernetes, images: string, number: number): void {
  const labels = { app: name(number) }
  const template = (revision: number): JsonObject => ({
    metadata: { labels: { ...labels, 'app.kubernetes.io/version': `v1.${revision}.0` } },
    spec: { containers: [{ name: 'app', image: `${images}/${name(number)}:v1.${revision}.0` }] },
  })
  const metadata = { name: name(number), namespace: 'shop' }
  const spec = { replicas: 1, selector: { matchLabels: labels } }
  const made = cluster.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, annotations: { 'deployment.kubernetes.io/revision': String(revisions) } },
    spec: { ...spec, template: template(revisions) },
  })
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: name(number), uid: made.metadata.uid }
  for (let revision = 1; revision < revisions; revision++) {
    const hash = { 'pod-template-hash': `r${revision}` }
    const pods = template(revision)
    const podLabels = { ...(pods.metadata as { labels: JsonObject }).labels, ...hash }
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name(number)}-r${revision}`,
        namespace: 'shop',
        labels: { ...labels, ...hash },
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
        ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { ...labels, ...hash } },
        template: { ...pods, metadata: { labels: podLabels } },
      },
    })
  }
}

/** The stage's configuration with its services replaced by so many. */
function configuration(slackUrl: string, images: string, count: number): string {
  const [head = ''] = stageConfig(slackUrl, {}).split('\nservices:')
  const service = (number: number) => `
  ${name(number)}:
    tier: critical
    team: payment
    channels: { slack: ${channel} }
    environments:
      production: { regions: { eu-1: { targets: { app: { connection: eu, kind: Deployment, namespace: shop, name: ${name(number)} } } } } }`
  return `${head}\nregistries: { "${images}": { plainHttp: true } }\nservices:${Array.from({ length: count }, (_, number) => service(number)).join('')}\n`
}

interface Site {
  readonly count: number
  readonly slack: Workspace
  readonly cluster: PlaygroundKubernetes
  readonly bot: Running
  readonly times: number[]
}

/** From the command until the card stands, in milliseconds. */
function candidates(site: Site, number: number): Promise<number> {
  const { slack, count } = site
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const late = setTimeout(() => reject(new Error('no candidates within 10 s')), 10_000)
    const stop = slack.onChange((change) => {
      if (change.kind !== 'ephemeral') return
      const card = slack.ephemeral(user).find(({ ts }) => ts === change.ts)
      if (!JSON.stringify(card?.blocks ?? '').includes('rollback.choose')) return
      stop()
      clearTimeout(late)
      resolve(performance.now() - began)
    })
    void slack.as(user).command(channel, `/rollback ${name(number % count)}`)
  })
}

/** Until every release of every workload was observed, and nothing was appended for two seconds. */
async function quiet(ledger: string, atLeast: number): Promise<number> {
  let last = -1
  let since = performance.now()
  while (last < atLeast || performance.now() - since < 2_000) {
    const db = new Database(ledger, { readonly: true })
    const now = Number(db.prepare('select max(position) from event').pluck().get() ?? 0)
    db.close()
    if (now !== last) since = performance.now()
    last = now
    await delay(200)
  }
  return last
}

/** `/rollback` → the card with its candidates, of a whole process, with many workloads and with few in turns. */
export const look: Measure = (say) =>
  inFolder(async (folder) => {
    const sites: Site[] = []
    const shelf = await registry()
    const images = `127.0.0.1:${shelf.port}`
    try {
      for (const count of [few, many]) {
        const began = performance.now()
        const slack = await startSlack(workspaceSetup)
        const cluster = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5, windowSize: 1_000_000 })
        for (let number = 0; number < count; number++) {
          workload(cluster, images, number)
          if (number % 100 === 99) await delay(0)
        }
        while (cluster.list('pods', 'shop').length < count) await delay(200)
        const madeMs = performance.now() - began
        const env = stageEnv({ 'eu-1': cluster, 'us-1': cluster })
        const ledger = join(folder, String(count), 'ledger.db')
        const bot = await runBot({ folder, config: configuration(slack.url, images, count), env, ledger })
        const site: Site = { count, slack, cluster, bot, times: [] }
        sites.push(site)
        const events = await quiet(ledger, count * revisions)
        const watchedMs = performance.now() - began - madeMs
        say(
          `${count} workloads: made in ${(madeMs / 1000).toFixed(1)} s, all observed ${(watchedMs / 1000).toFixed(1)} s after the bot was started, ${events} events, ${(bot.rss() / 2 ** 20).toFixed(0)} MB`,
        )
      }
      let asked: number[] = []
      for (let round = -warmRounds; round < rounds; round++) {
        if (round === 0) asked = sites.map(({ cluster }) => cluster.requests().length)
        await delay(pauseMs)
        for (const site of sites)
          for (let one = 0; one < perRound; one++) {
            // As many different workloads on both sides, or one would find more that was asked before.
            const number = ((warmRounds + round) * perRound + one) % few
            const time = await candidates(site, Math.floor((number * site.count) / few))
            if (round >= 0) site.times.push(time)
          }
      }
      const requests = sites.map(({ cluster }, index) => cluster.requests().length - (asked[index] ?? 0))
      const [little, large] = sites
      if (!little || !large) throw new TypeError('two sites')
      const of = (part: number) => quantile(large.times, part) / quantile(little.times, part)
      say(`asked of the API server meanwhile: ${requests.join(' and ')} requests`)
      const ms = (site: Site) =>
        `median ${quantile(site.times, 0.5).toFixed(1)} ms, p99 ${quantile(site.times, 0.99).toFixed(1)} ms`
      const p99 = quantile(large.times, 0.99)
      return [
        {
          name: `/rollback → candidates, ${many} workloads with ${revisions} revisions`,
          value: ms(large),
          beside: `${few} workloads: ${ms(little)}`,
          ratio: of(0.5),
          goal: '≤ 1.3 ×, p99 ≤ 50 ms',
          met: of(0.5) <= 1.3 && p99 <= 50,
        },
      ]
    } finally {
      for (const { bot } of sites) await bot.stop('SIGKILL')
      for (const { slack, cluster } of sites) await Promise.all([slack.close(), cluster.close()])
      await shelf.stop()
    }
  })
