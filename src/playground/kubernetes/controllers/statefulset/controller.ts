import { jsonEqual } from '../../json.ts'
import { type ControllerRevision, type Pod, type StatefulSet, toJson } from '../../object.ts'
import { resources } from '../../resources.ts'
import { createPod, deletePod } from '../pods.ts'
import { Queue } from '../queue.ts'
import { currentRevision, HashCollision, revisionsOf, templateOf, truncateHistory } from '../revisions.ts'
import {
  asManager,
  availableAtMs,
  findObject,
  isAvailable,
  isTerminating,
  podsOf,
  type Runtime,
  scaled,
} from '../runtime.ts'
import { arrange, isRunningAndReady, isUnavailable, type Place, podRevision, revisionLabel } from './ordinals.ts'

const component = 'statefulset-controller'
const hashLabel = 'controller.kubernetes.io/hash'

interface Revisions {
  current: ControllerRevision
  update: ControllerRevision
}

/** Keeps ordered pods (`pkg/controller/statefulset`, with maxUnavailable as 1.37 has it on). */
export class StatefulSetController {
  readonly queue = new Queue((key) => this.sync(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
  }

  private sync(key: string): void {
    const set = findObject<StatefulSet>(this.runtime, resources.statefulsets, key)
    if (set === undefined) return
    const revisions = this.revisions(set)
    try {
      if (!isTerminating(set)) this.manage(set, revisions)
    } finally {
      this.writeStatus(key, set, revisions)
    }
    const pods = podsOf(this.runtime, set)
    const live = new Set([...pods.map(podRevision), revisions.current.metadata.name, revisions.update.metadata.name])
    truncateHistory(this.runtime, set, revisionsOf(this.runtime, set), (each) => live.has(each.metadata.name))
  }

  private revisions(set: StatefulSet): Revisions {
    try {
      const update = currentRevision(this.runtime, set, revisionsOf(this.runtime, set), hashLabel)
      const known = revisionsOf(this.runtime, set)
      return { current: known.find((each) => each.metadata.name === set.status.currentRevision) ?? update, update }
    } catch (failure) {
      if (failure instanceof HashCollision) {
        const status = { ...set.status, collisionCount: (set.status.collisionCount ?? 0) + 1 }
        this.runtime.api.put(resources.statefulsets, { ...set, status }, asManager, 'status')
      }
      throw failure
    }
  }

  private manage(set: StatefulSet, { current, update }: Revisions): void {
    const { places, condemned } = arrange(set, podsOf(this.runtime, set), current, update)
    const inOrder = set.spec.podManagementPolicy !== 'Parallel'
    for (const place of places) if (this.fill(set, place, inOrder) && inOrder) return
    const now = this.runtime.api.now()
    const firstBroken = [...places.map((place) => place.pod), ...condemned.toReversed()].find((pod) =>
      isUnavailable(set, pod, now),
    )
    for (const pod of condemned) if (this.condemn(set, pod, firstBroken, inOrder) && inOrder) return
    if (set.spec.updateStrategy.type === 'RollingUpdate') this.update(set, places, update)
  }

  /** Sees to one place; true when those after it must wait. */
  private fill(set: StatefulSet, place: Place, inOrder: boolean): boolean {
    const { pod } = place
    if (pod === undefined) {
      this.create(set, place)
      return true
    }
    if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
      if (!isTerminating(pod)) deletePod(this.runtime, set, pod, component)
      return true
    }
    const available = isAvailable(pod, set.spec.minReadySeconds ?? 0, this.runtime.api.now())
    return inOrder && (isTerminating(pod) || !isRunningAndReady(pod) || !available)
  }

  private create(set: StatefulSet, place: Place): void {
    const name = `${set.metadata.name}-${place.ordinal}`
    const labels = {
      [revisionLabel]: place.revision.metadata.name,
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(place.ordinal),
    }
    const { serviceName } = set.spec
    const naming = {
      name,
      labels,
      hostname: name,
      ...(serviceName === undefined || serviceName === '' ? {} : { subdomain: serviceName }),
    }
    createPod(this.runtime, set, templateOf(place.revision), component, naming)
  }

  private condemn(set: StatefulSet, pod: Pod, firstBroken: Pod | undefined, inOrder: boolean): boolean {
    if (isTerminating(pod)) return inOrder
    if (inOrder && isUnavailable(set, pod, this.runtime.api.now()) && pod !== firstBroken) return true
    deletePod(this.runtime, set, pod, component)
    return true
  }

  /** Deletes outdated pods from the highest ordinal down to the partition, as many as may be unavailable. */
  private update(set: StatefulSet, places: readonly Place[], update: ControllerRevision): void {
    const now = this.runtime.api.now()
    const { partition = 0, maxUnavailable = 1 } = set.spec.updateStrategy.rollingUpdate ?? {}
    const parallel = set.spec.podManagementPolicy === 'Parallel'
    const allowed = Math.max(1, scaled(maxUnavailable, set.spec.replicas, Math.floor))
    const outdated = (pod: Pod): boolean => podRevision(pod) !== update.metadata.name && !isTerminating(pod)
    const unavailable = places.filter(({ pod }) => isUnavailable(set, pod, now))
    const brokenAndOld = parallel && unavailable.some(({ pod }) => pod !== undefined && outdated(pod))
    if (unavailable.length >= allowed && !brokenAndOld) return
    const old = places
      .slice(partition)
      .toReversed()
      .flatMap(({ pod }) => (pod !== undefined && outdated(pod) ? [pod] : []))
    if (parallel) for (const pod of old) if (isUnavailable(set, pod, now)) deletePod(this.runtime, set, pod, component)
    const candidates = parallel ? old.filter((pod) => !isUnavailable(set, pod, now)) : old
    for (const pod of candidates.slice(0, Math.max(0, allowed - unavailable.length)))
      deletePod(this.runtime, set, pod, component)
  }

  private writeStatus(key: string, set: StatefulSet, { current, update }: Revisions): void {
    const pods = podsOf(this.runtime, set)
    const minReady = set.spec.minReadySeconds ?? 0
    const now = this.runtime.api.now()
    const count = (matches: (pod: Pod) => boolean): number => pods.filter(matches).length
    const ofRevision = (revision: ControllerRevision): number =>
      count((pod) => !isTerminating(pod) && podRevision(pod) === revision.metadata.name)
    const status: StatefulSet['status'] = {
      observedGeneration: set.metadata.generation ?? 0,
      replicas: pods.length,
      readyReplicas: count(isRunningAndReady),
      availableReplicas: count((pod) => isRunningAndReady(pod) && isAvailable(pod, minReady, now)),
      currentReplicas: ofRevision(current),
      updatedReplicas: ofRevision(update),
      currentRevision: current.metadata.name,
      updateRevision: update.metadata.name,
      collisionCount: set.status.collisionCount ?? 0,
    }
    const { replicas } = set.spec
    if (status.updatedReplicas === replicas && status.readyReplicas === replicas && status.replicas === replicas) {
      status.currentReplicas = replicas
      status.currentRevision = update.metadata.name
    }
    if (!jsonEqual(toJson(status), toJson(set.status)))
      this.runtime.api.put(resources.statefulsets, { ...set, status }, asManager, 'status')
    if (minReady === 0) return
    const soonest = Math.min(...pods.map((pod) => availableAtMs(pod, minReady) ?? 0).filter((at) => at > now))
    if (Number.isFinite(soonest)) this.queue.addAfter(key, soonest - now + 10)
  }
}
