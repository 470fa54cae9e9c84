import type { Api } from '../api/api.ts'
import type { Condition, IntOrPercent, KubeObject, OwnerReference, Pod, PodSpec } from '../object.ts'
import { controllerOf, fromJson, toJson } from '../object.ts'
import { type Resource, resources } from '../resources.ts'
import type { Dependents } from './dependents.ts'
import type { Recorder } from './recorder.ts'

/** What every controller works with. */
export interface Runtime {
  api: Api
  dependents: Dependents
  recorder: Recorder
}

export const asManager = { manager: 'kube-controller-manager', fieldValidation: 'Ignore' } as const

export const ownerReference = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
})

export function findObject<T extends KubeObject>(runtime: Runtime, resource: Resource, key: string): T | undefined {
  const slash = key.indexOf('/')
  const found = runtime.api.store.get(resource, key.slice(0, slash), key.slice(slash + 1))
  return found === undefined ? undefined : fromJson<T>(toJson(found))
}

/** The objects of one kind that an owner controls, oldest first. */
export function controlled<T extends KubeObject>(runtime: Runtime, owner: KubeObject, resource: Resource): T[] {
  return runtime.dependents
    .of(owner.metadata.uid)
    .filter((each) => each.kind === resource.kind && controllerOf(each)?.uid === owner.metadata.uid)
    .sort(byAge)
    .map((each) => fromJson<T>(toJson(each)))
}

export const podsOf = (runtime: Runtime, owner: KubeObject): Pod[] => controlled<Pod>(runtime, owner, resources.pods)

export const byAge = (a: KubeObject, b: KubeObject): number => {
  const first = a.metadata.creationTimestamp
  const second = b.metadata.creationTimestamp
  if (first !== second) return first < second ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : 1
}

export const isTerminating = (object: KubeObject): boolean => object.metadata.deletionTimestamp !== undefined
export const isFinished = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
export const isActive = (pod: Pod): boolean => !isFinished(pod) && !isTerminating(pod)

export const conditionOf = (conditions: readonly Condition[] | undefined, type: string): Condition | undefined =>
  conditions?.find((each) => each.type === type)

export const isReady = (pod: Pod): boolean => conditionOf(pod.status.conditions, 'Ready')?.status === 'True'

/** When a ready pod counts as available; undefined while it is not ready. */
export function availableAtMs(pod: Pod, minReadySeconds: number): number | undefined {
  const ready = conditionOf(pod.status.conditions, 'Ready')
  if (ready?.status !== 'True') return undefined
  return minReadySeconds === 0 ? 0 : Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1000
}

export const isAvailable = (pod: Pod, minReadySeconds: number, nowMs: number): boolean =>
  (availableAtMs(pod, minReadySeconds) ?? Number.POSITIVE_INFINITY) <= nowMs

/** Whether a pod's nodeSelector lets it onto a node; nothing else is looked at here. */
export const fitsNode = (spec: PodSpec, node: KubeObject): boolean =>
  Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value)

/** An integer, or a percentage of the total rounded as asked. */
export function scaled(value: IntOrPercent | undefined, total: number, round: (value: number) => number): number {
  if (value === undefined) return 0
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100)
}
