import { readFileSync } from 'node:fs'
import { type PlaygroundKubernetes, startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { administrator, type KubeObject } from '../contract/target/kit/cluster.ts'
import { clusterToken } from '../kit/stage-world.ts'
import { untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'
import type { ControlPlane } from '../live/control-plane/control-plane.ts'

/** The workload of one region, in a namespace of its own. */
export interface Workload {
  readonly namespace: string
  /** Creates or changes it as CI would, and waits until its controllers have seen it. */
  ship(version: string): Promise<void>
  image(): Promise<string>
  /** How often its template was really changed since it was created. */
  changes(): Promise<number>
  /** Writes of the bot that the API server took and carried out, by its own records; dry runs do not count. */
  writes(): Promise<number>
}

export interface Cluster {
  readonly kubeconfig: string
  /** `image`: how a version's is called; `shop.test/checkout-svc:VERSION` where not given. */
  workload(namespace: string, image?: ImageOf): Workload
  close(): Promise<void>
}

interface Deployment extends KubeObject {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
  }
  readonly status: {
    readonly observedGeneration?: number
    readonly updatedReplicas?: number
    readonly availableReplicas?: number
    readonly replicas?: number
  }
}

const replicas = 2

export type ImageOf = (version: string) => string
const usual: ImageOf = (version) => `shop.test/checkout-svc:${version}`

const manifest = (namespace: string, version: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'checkout-svc', namespace },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'checkout-svc' } },
    template: {
      metadata: { labels: { app: 'checkout-svc', 'app.kubernetes.io/version': version } },
      spec: {
        containers: [
          {
            name: 'app',
            image,
            env: [{ name: 'PAYMENT_KEY', value: `seeded-secret-of-${version}` }],
          },
        ],
      },
    },
  },
})

const rolledOut = ({ metadata, status }: Deployment, version: string): boolean =>
  status.observedGeneration === metadata.generation &&
  (version.startsWith('bad')
    ? (status.updatedReplicas ?? 0) > 0
    : status.updatedReplicas === replicas && status.availableReplicas === replicas && status.replicas === replicas)

const imageOf = ({ spec }: Deployment): string => spec.template.spec.containers[0]?.image ?? ''

/** The local API server: fast, in this process. */
export async function localCluster(): Promise<Cluster & { readonly server: PlaygroundKubernetes }> {
  const server = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5, backOffMs: 200 })
  return {
    server,
    kubeconfig: server.kubeconfig(clusterToken.token),
    workload(namespace, image = usual) {
      const get = () => server.get('deployments', namespace, 'checkout-svc') as unknown as Deployment | undefined
      const now = (): Deployment => {
        const found = get()
        if (!found) throw new TypeError(`there is no workload in ${namespace}`)
        return found
      }
      return {
        namespace,
        async ship(version) {
          const wanted = manifest(namespace, version, image(version))
          if (get())
            server.edit('deployments', namespace, 'checkout-svc', (object) =>
              Object.assign(object.spec as object, { template: wanted.spec.template }),
            )
          else server.create(wanted)
          await until(`${version} is rolled out`, () => rolledOut(now(), version))
        },
        image: async () => imageOf(now()),
        changes: async () => now().metadata.generation - 1,
        writes: async () =>
          server
            .requests()
            .filter((one) => one.namespace === namespace && one.method === 'PATCH' && !one.dryRun && one.code === 200)
            .length,
      }
    },
    close: () => server.close(),
  }
}

/** A real control plane: its own audit log is the witness. */
export function liveCluster(plane: ControlPlane): Cluster {
  const admin = administrator({ url: plane.url, adminToken: plane.adminToken })
  return {
    kubeconfig: readFileSync(plane.kubeconfigFile, 'utf8'),
    workload(namespace, image = usual) {
      const folder = `/apis/apps/v1/namespaces/${namespace}/deployments`
      const path = `${folder}/checkout-svc`
      const now = async () => (await admin.get(path)) as Deployment
      let exists = false
      return {
        namespace,
        async ship(version) {
          const wanted = manifest(namespace, version, image(version))
          if (exists) await admin.patch(path, 'strategic', { spec: { template: wanted.spec.template } })
          else {
            await admin.create('/api/v1/namespaces', { metadata: { name: namespace } })
            await admin.create(folder, wanted)
            exists = true
          }
          await untilAsync(
            `${version} is rolled out`,
            async () => (rolledOut(await now(), version) ? true : undefined),
            60_000,
          )
        },
        image: async () => imageOf(await now()),
        changes: async () => (await now()).metadata.generation - 1,
        writes: async () =>
          (await plane.auditLog()).filter(
            ({ stage, verb, objectRef, requestURI, responseStatus }) =>
              stage === 'ResponseComplete' &&
              verb === 'patch' &&
              objectRef?.namespace === namespace &&
              objectRef.resource === 'deployments' &&
              objectRef.subresource === undefined &&
              requestURI.includes('fieldManager=astern') &&
              !requestURI.includes('dryRun') &&
              responseStatus?.code === 200,
          ).length,
      }
    },
    close: () => plane.stop(),
  }
}
