import { instant } from '../api/api.ts'
import { jsonEqual } from '../json.ts'
import { type Condition, type Pod, type ReplicaSet, toJson } from '../object.ts'
import { resources } from '../resources.ts'
import { selectorMatcher } from '../selector.ts'
import { StatusError } from '../status-error.ts'
import { createPod, deletePod } from './pods.ts'
import { Queue } from './queue.ts'
import {
  asManager,
  availableAtMs,
  findObject,
  isActive,
  isAvailable,
  isReady,
  isTerminating,
  podsOf,
  type Runtime,
} from './runtime.ts'

const burst = 500
const component = 'replicaset-controller'

/** Which pods go first: not yet bound, pending, not ready, ready for the shortest time, restarted most, youngest. */
function byDispensability(a: Pod, b: Pod): number {
  const restarts = (pod: Pod): number =>
    Math.max(0, ...(pod.status.containerStatuses ?? []).map((each) => each.restartCount))
  const rank = (pod: Pod): number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    { Pending: 0, Unknown: 1, Running: 2, Succeeded: 2, Failed: 2 }[pod.status.phase],
    isReady(pod) ? 1 : 0,
    -(availableAtMs(pod, 1) ?? 0),
    -restarts(pod),
    -Date.parse(pod.metadata.creationTimestamp),
  ]
  const other = rank(b)
  for (const [i, mine] of rank(a).entries()) if (mine !== other[i]) return mine - (other[i] ?? 0)
  return 0
}

/** Keeps as many pods as each ReplicaSet asks for (`pkg/controller/replicaset`). */
export class ReplicaSetController {
  readonly queue = new Queue((key) => this.sync(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
  }

  private sync(key: string): void {
    const set = findObject<ReplicaSet>(this.runtime, resources.replicasets, key)
    if (set === undefined) return
    let failure: StatusError | undefined
    if (!isTerminating(set)) {
      const active = podsOf(this.runtime, set).filter(isActive)
      failure = this.manage(set, active)
    }
    this.writeStatus(key, set, failure)
    if (failure !== undefined) throw failure
  }

  private manage(set: ReplicaSet, active: Pod[]): StatusError | undefined {
    const missing = set.spec.replicas - active.length
    if (missing < 0) {
      for (const pod of active.sort(byDispensability).slice(0, Math.min(-missing, burst)))
        deletePod(this.runtime, set, pod, component)
      return undefined
    }
    try {
      for (let i = 0; i < Math.min(missing, burst); i++) createPod(this.runtime, set, set.spec.template, component)
    } catch (failure) {
      if (failure instanceof StatusError) return failure
      throw failure
    }
    return undefined
  }

  private writeStatus(key: string, set: ReplicaSet, failure: StatusError | undefined): void {
    const { api } = this.runtime
    const pods = podsOf(this.runtime, set)
    const active = pods.filter(isActive)
    const minReady = set.spec.minReadySeconds ?? 0
    const labelled = selectorMatcher({ matchLabels: set.spec.template.metadata?.labels ?? {} })
    const status: ReplicaSet['status'] = {
      replicas: active.length,
      fullyLabeledReplicas: active.filter((pod) => labelled(pod.metadata.labels)).length,
      readyReplicas: active.filter(isReady).length,
      availableReplicas: active.filter((pod) => isAvailable(pod, minReady, api.now())).length,
      terminatingReplicas: pods.filter(
        (pod) => isTerminating(pod) && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed',
      ).length,
      observedGeneration: set.metadata.generation ?? 0,
      ...this.conditions(set, failure, active.length),
    }
    this.wakeWhenAvailable(key, active, minReady)
    if (!jsonEqual(toJson(drop0(status)), toJson(drop0(set.status))))
      api.put(resources.replicasets, { ...set, status }, asManager, 'status')
  }

  private conditions(set: ReplicaSet, failure: StatusError | undefined, active: number): { conditions?: Condition[] } {
    const known = set.status.conditions?.filter((each) => each.type === 'ReplicaFailure') ?? []
    const others = set.status.conditions?.filter((each) => each.type !== 'ReplicaFailure') ?? []
    const now = instant(this.runtime.api.now())
    const mine: Condition[] =
      failure === undefined
        ? []
        : known.length > 0
          ? known
          : [
              {
                type: 'ReplicaFailure',
                status: 'True',
                lastTransitionTime: now,
                reason: active < set.spec.replicas ? 'FailedCreate' : 'FailedDelete',
                message: failure.message,
              },
            ]
    const all = [...others, ...mine]
    return all.length === 0 ? {} : { conditions: all }
  }

  private wakeWhenAvailable(key: string, active: readonly Pod[], minReadySeconds: number): void {
    if (minReadySeconds === 0) return
    const now = this.runtime.api.now()
    const soonest = Math.min(...active.map((pod) => availableAtMs(pod, minReadySeconds) ?? 0).filter((at) => at > now))
    if (Number.isFinite(soonest)) this.queue.addAfter(key, soonest - now + 10)
  }
}

/** Zeros that the wire drops must not look like a difference. */
const drop0 = (status: ReplicaSet['status']): object =>
  Object.fromEntries(
    Object.entries(status).filter(
      ([name, value]) => value !== 0 || name === 'replicas' || name === 'terminatingReplicas',
    ),
  )
