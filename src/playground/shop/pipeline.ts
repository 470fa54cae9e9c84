import type { JsonObject, PlaygroundKubernetes } from '../kubernetes/index.ts'
import { namespace, type Region, regions, type Service } from './catalogue.ts'
import { type Shipped, shipPatch } from './workload.ts'

export interface PipelineOptions {
  readonly clusters: Readonly<Record<Region, PlaygroundKubernetes>>
  readonly token: string
  /** Between one region and the next. */
  readonly pauseMs: number
}

export interface Ship {
  readonly service: Service
  readonly version: string
  readonly image: string
  readonly shipped: Shipped
  readonly env: readonly JsonObject[]
}

/** Ships a version region by region over the API servers' wire, as CI does. Rejects when a server refuses or is down. */
export async function ship(options: PipelineOptions, what: Ship): Promise<void> {
  for (const [index, region] of regions.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, options.pauseMs))
    await patch(options, options.clusters[region], what)
  }
}

async function patch({ token }: PipelineOptions, cluster: PlaygroundKubernetes, what: Ship): Promise<void> {
  const { service, image, version, shipped, env } = what
  const plural = service.kind === 'Deployment' ? 'deployments' : 'statefulsets'
  const path = `/apis/apps/v1/namespaces/${namespace}/${plural}/${service.name}?fieldManager=ci`
  const response = await fetch(cluster.url + path, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/strategic-merge-patch+json' },
    body: JSON.stringify(shipPatch(image, version, shipped, env)),
  })
  if (!response.ok) throw new Error(`${service.name} was not shipped: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}
