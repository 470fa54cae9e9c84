import type { JsonObject } from '../kubernetes/index.ts'
import { namespace, type PastRelease, type Region, type Service } from './catalogue.ts'

const port = 8080

/** The whole workload as its repository describes it, at one version. */
export function workload(service: Service, region: Region, image: string, version: string): JsonObject {
  const { name, kind, replicas } = service
  const labels = { 'app.kubernetes.io/name': name }
  const rolling =
    kind === 'Deployment'
      ? {
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
          progressDeadlineSeconds: 60,
        }
      : { serviceName: name, podManagementPolicy: 'Parallel', updateStrategy: { type: 'RollingUpdate' } }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...rolling,
      template: {
        metadata: { labels: { ...labels, 'app.kubernetes.io/version': version } },
        spec: {
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name: 'app',
              image,
              ports: [{ name: 'http', containerPort: port }],
              env: [
                { name: 'REGION', value: region },
                { name: 'LOG_LEVEL', value: 'info' },
              ],
              envFrom: [{ configMapRef: { name: configName(service) } }],
              readinessProbe: { httpGet: { path: '/readyz', port }, periodSeconds: 1 },
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            },
          ],
        },
      },
    },
  }
}

const configName = ({ name }: Service): string => `${name}-cfg`

/** What the workload reads at its start. */
export const configMap = (service: Service): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: configName(service), namespace },
  data: { CURRENCY: 'EUR', TIMEOUT_MS: '2000' },
})

/** Who shipped something and where that can be read. */
export interface Shipped {
  readonly by: string
  readonly run: number
  readonly runUrl: string
  readonly cause: string
}

/** The annotations that a pipeline leaves on what it ships. */
export const shippedBy = ({ by, run, runUrl, cause }: Shipped): Record<string, string> => ({
  'kubernetes.io/change-cause': cause,
  'astern.dev/by': by,
  'astern.dev/run': `CI #${run}`,
  'astern.dev/run-url': runUrl,
})

/** The strategic merge patch by which a pipeline ships a version: only what it owns. */
export const shipPatch = (
  image: string,
  version: string,
  shipped: Shipped,
  env: readonly JsonObject[],
): JsonObject => ({
  metadata: { annotations: shippedBy(shipped) },
  spec: {
    template: {
      metadata: { labels: { 'app.kubernetes.io/version': version } },
      spec: { containers: [{ name: 'app', image, ...(env.length > 0 && { env: [...env] }) }] },
    },
  },
})

export const imageOf = (host: string, service: Pick<Service, 'name'>, version: string): string =>
  `${host}/shop/${service.name}:${version}`

export const currentOf = (service: Service): PastRelease => {
  const last = service.past.at(-1)
  if (!last) throw new Error(`${service.name} was never released`)
  return last
}
