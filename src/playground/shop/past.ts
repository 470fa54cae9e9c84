import type { PlaygroundKubernetes } from '../kubernetes/index.ts'
import { namespace, type Region, type Service, services } from './catalogue.ts'
import { configMap, imageOf, shippedBy, workload } from './workload.ts'

export interface PastOptions {
  readonly cluster: PlaygroundKubernetes
  readonly region: Region
  readonly registryHost: string
  readonly runUrl: (run: number) => string
  /** Sets the cluster's clock so many days back, so that what is made now looks that old. */
  readonly goBack: (days: number) => void
}

const configDaysAgo = 40

/** Lives through the releases that were there before anybody looked, oldest first. Old revisions have no pods. */
export async function livePast(options: PastOptions): Promise<void> {
  const { cluster, goBack } = options
  goBack(configDaysAgo)
  for (const service of services) cluster.create(configMap(service))
  const releases = services
    .flatMap((service) => service.past.map((release, at) => ({ service, release, at })))
    .sort((a, b) => b.release.daysAgo - a.release.daysAgo)
  for (const { service, release, at } of releases) {
    goBack(release.daysAgo)
    const { version, by, run, cause } = release
    const image = imageOf(options.registryHost, service, version)
    const annotations = shippedBy({ by, run, cause, runUrl: options.runUrl(run) })
    const isLast = at === service.past.length - 1
    const made = workload(service, options.region, image, version)
    const spec = { ...(made.spec as object), ...(isLast ? {} : { replicas: 0 }) }
    const metadata = { ...(made.metadata as object), annotations }
    if (at === 0) cluster.create({ ...made, metadata, spec })
    else
      cluster.edit(pluralOf(service), namespace, service.name, (object) => {
        object.spec = { ...(object.spec as object), ...spec }
        object.metadata = { ...(object.metadata as object), annotations: { ...annotationsOf(object), ...annotations } }
      })
    await seen(cluster, service, at + 1)
  }
}

export const pluralOf = ({ kind }: Service): 'deployments' | 'statefulsets' =>
  kind === 'Deployment' ? 'deployments' : 'statefulsets'

const annotationsOf = (object: { metadata?: unknown }): object =>
  (object.metadata as { annotations?: object } | undefined)?.annotations ?? {}

/** Waits until the controllers have made the revision. */
async function seen(cluster: PlaygroundKubernetes, { kind, name }: Service, revisions: number): Promise<void> {
  const plural = kind === 'Deployment' ? 'replicasets' : 'controllerrevisions'
  for (let looks = 0; looks < 1000; looks += 1) {
    const made = cluster.list(plural, namespace, { 'app.kubernetes.io/name': name })
    if (made.length >= revisions) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`no controller made revision ${revisions} of ${name}`)
}
