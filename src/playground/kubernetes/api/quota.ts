import { isObject, type JsonObject, objectAt } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import { resources } from '../resources.ts'
import { forbidden } from '../status-error.ts'
import type { Store } from '../store.ts'

/** Object counts that a ResourceQuota may limit here; amounts of CPU and memory are not counted. */
const countKeys: Record<string, readonly string[]> = {
  Pod: ['pods', 'count/pods'],
  ConfigMap: ['configmaps', 'count/configmaps'],
  Secret: ['secrets', 'count/secrets'],
  Service: ['services', 'count/services'],
  Deployment: ['count/deployments.apps'],
  ReplicaSet: ['count/replicasets.apps'],
  StatefulSet: ['count/statefulsets.apps'],
  DaemonSet: ['count/daemonsets.apps'],
}

const countedKind = (key: string): string | undefined =>
  Object.entries(countKeys).find(([, keys]) => keys.includes(key))?.[0]

const isSpent = (object: KubeObject): boolean =>
  object.kind === 'Pod' && ['Succeeded', 'Failed'].includes(String(objectAt(toJson(object), 'status')?.phase))

function count(store: Store, kind: string, namespace: string): number {
  const resource = Object.values(resources).find((each) => each.kind === kind)
  let sum = 0
  if (resource !== undefined) for (const each of store.each(resource, namespace)) if (!isSpent(each)) sum += 1
  return sum
}

/** Uses of what the quota limits, by key, as its status shows them. */
export function quotaUse(store: Store, namespace: string, hard: JsonObject): JsonObject {
  const used: JsonObject = {}
  for (const key of Object.keys(hard)) {
    const kind = countedKind(key)
    used[key] = String(kind === undefined ? 0 : count(store, kind, namespace))
  }
  return used
}

/** @throws {StatusError} 403 "exceeded quota" when one more object of the kind is too many for its namespace. */
export function admitToQuota(store: Store, object: KubeObject): void {
  const keys = countKeys[object.kind]
  const namespace = object.metadata.namespace
  if (keys === undefined || namespace === undefined) return
  for (const quota of store.each(resources.resourcequotas, namespace)) {
    const hard = objectAt(toJson(quota), 'spec', 'hard')
    if (!isObject(hard)) continue
    const exceeded = keys.filter(
      (key) => hard[key] !== undefined && count(store, object.kind, namespace) + 1 > Number(hard[key]),
    )
    if (exceeded.length === 0) continue
    const list = (value: (key: string) => string): string => exceeded.map((key) => `${key}=${value(key)}`).join(',')
    const resource = Object.values(resources).find((each) => each.kind === object.kind)
    if (resource === undefined) continue
    throw forbidden(
      resource,
      object.metadata.name,
      `exceeded quota: ${quota.metadata.name}, requested: ${list(() => '1')}, used: ${list(() => String(count(store, object.kind, namespace)))}, limited: ${list((key) => String(hard[key]))}`,
    )
  }
}
