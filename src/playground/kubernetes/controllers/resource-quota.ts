import { quotaUse } from '../api/quota.ts'
import { jsonEqual, objectAt } from '../json.ts'
import { fromJson, type KubeObject, keyOf, toJson } from '../object.ts'
import { type Resource, resources } from '../resources.ts'
import { Queue } from './queue.ts'
import { asManager, findObject, type Runtime } from './runtime.ts'

const counted = new Set<Resource>([
  resources.pods,
  resources.resourcequotas,
  resources.configmaps,
  resources.secrets,
  resources.services,
  resources.deployments,
  resources.replicasets,
  resources.statefulsets,
  resources.daemonsets,
])

/** Shows in each quota's status what it allows and what is used. */
export class ResourceQuotaController {
  readonly queue = new Queue((key) => this.look(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
  }

  note(namespace: string, resource: Resource): void {
    if (!counted.has(resource)) return
    for (const quota of this.runtime.api.store.each(resources.resourcequotas, namespace)) this.queue.add(keyOf(quota))
  }

  private look(key: string): void {
    const quota = findObject<KubeObject>(this.runtime, resources.resourcequotas, key)
    const hard = quota === undefined ? undefined : objectAt(toJson(quota), 'spec', 'hard')
    if (quota === undefined || hard === undefined) return
    const status = { hard, used: quotaUse(this.runtime.api.store, quota.metadata.namespace ?? '', hard) }
    const json = toJson(quota)
    if (!jsonEqual(json.status, status))
      this.runtime.api.put(resources.resourcequotas, fromJson<KubeObject>({ ...json, status }), asManager, 'status')
  }
}
