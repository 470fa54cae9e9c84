import { CoreV1Api } from '@kubernetes/client-node'
import { startSlack } from '../../playground/slack/index.ts'
import type { Chance, Clock } from '../../ports/clock.ts'
import { tourConfig, tourPeople, tourWorkspace } from './cluster-config.ts'
import type { Ground } from './ground.ts'
import { appsOf, workloadOf } from './workload.ts'

const regions = ['eu-1', 'us-1'] as const
const readyWithinMs = 60_000

/** A real cluster: a namespace of its own with one Deployment per region, removed at the end. */
export async function clusterGround(
  kubeconfig: string,
  context: string | null,
  { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
): Promise<Ground> {
  const { config, apps } = appsOf(kubeconfig, context)
  const core = config.makeApiClient(CoreV1Api)
  const namespace = `astern-tour-${chance.uuid().slice(0, 8)}`
  await core.createNamespace({ body: { metadata: { name: namespace } } })
  const slack = await startSlack(tourWorkspace)
  const close = async () => {
    await slack.close()
    await core.deleteNamespace({ name: namespace })
  }
  const nameIn = (region: string) => `checkout-svc-${region}`
  const read = (region: string) => apps.readNamespacedDeployment({ name: nameIn(region), namespace })
  const template = (region: string, version: string) => ({
    metadata: { labels: { app: nameIn(region), 'app.kubernetes.io/version': version } },
    spec: { containers: [{ name: 'app', image: `shop.test/checkout-svc:${version}` }] },
  })
  const ship = async (version: string) => {
    for (const region of regions) {
      const deployment = await read(region)
      if (deployment.spec) deployment.spec.template = template(region, version)
      await apps.replaceNamespacedDeployment({ name: nameIn(region), namespace, body: deployment })
    }
  }
  const settled = async () => {
    const deadlineMs = clock.monotonicMs() + readyWithinMs
    for (;;) {
      const workloads = await Promise.all(regions.map(async (region) => workloadOf(region, await read(region))))
      if (workloads.every((workload) => workload.settled)) return
      if (clock.monotonicMs() > deadlineMs) throw new Error('the cluster did not bring the first release up')
      await clock.sleep(200)
    }
  }
  try {
    for (const region of regions) {
      const selector = { matchLabels: { app: nameIn(region) } }
      const spec = { replicas: 2, selector, template: template(region, 'v1.7.2') }
      await apps.createNamespacedDeployment({ namespace, body: { metadata: { name: nameIn(region) }, spec } })
    }
    await settled()
    await ship('v1.7.3')
    await settled()
  } catch (cause) {
    await close()
    throw cause
  }
  return {
    slack,
    service: 'checkout-svc',
    channel: tourPeople.channel,
    people: { asks: tourPeople.mei, approves: tourPeople.tom },
    config: tourConfig(slack.url, namespace, context),
    env: {
      KUBECONFIG_TOUR: kubeconfig,
      SLACK_BOT_TOKEN: tourWorkspace.app.botToken,
      SLACK_APP_TOKEN: tourWorkspace.app.appToken,
    },
    limits: ['checks: rollout only, for nothing here is known to answer HTTP'],
    shipBad: async () => {
      await ship('bad-1.8.0')
      return 'bad-1.8.0'
    },
    workloads: () => Promise.all(regions.map(async (region) => workloadOf(region, await read(region)))),
    close,
  }
}
