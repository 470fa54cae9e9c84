import { jsonEqual } from '../../json.ts'
import { type ControllerRevision, type DaemonSet, type Pod, toJson } from '../../object.ts'
import { resources } from '../../resources.ts'
import { createPod, deletePod } from '../pods.ts'
import { Queue } from '../queue.ts'
import { currentRevision, HashCollision, revisionsOf, truncateHistory } from '../revisions.ts'
import {
  asManager,
  byAge,
  findObject,
  fitsNode,
  isAvailable,
  isFinished,
  isReady,
  isTerminating,
  podsOf,
  type Runtime,
  scaled,
} from '../runtime.ts'

const component = 'daemonset-controller'
export const hashLabel = 'controller-revision-hash'
export const generationAnnotation = 'deprecated.daemonset.template.generation'

interface Look {
  set: DaemonSet
  nodes: readonly string[]
  hash: string
}

/** Keeps one pod per node (`pkg/controller/daemon`); of what keeps pods from nodes it knows nodeSelector. */
export class DaemonSetController {
  readonly queue = new Queue((key) => this.sync(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
    runtime.api.store.listen(resources.nodes, ({ type }) => {
      if (type === 'MODIFIED') return
      for (const set of runtime.api.store.each(resources.daemonsets))
        this.queue.add(`${set.metadata.namespace ?? ''}/${set.metadata.name}`)
    })
  }

  private sync(key: string): void {
    const set = findObject<DaemonSet>(this.runtime, resources.daemonsets, key)
    if (set === undefined) return
    const revision = this.revision(set)
    const nodes = [...this.runtime.api.store.each(resources.nodes)]
      .filter((node) => fitsNode(set.spec.template.spec, node))
      .map((node) => node.metadata.name)
      .sort()
    const look: Look = { set, nodes, hash: revision.metadata.labels?.[hashLabel] ?? '' }
    try {
      if (!isTerminating(set)) {
        this.fillNodes(look)
        if (set.spec.updateStrategy.type === 'RollingUpdate') this.roll(look)
      }
    } finally {
      this.writeStatus(key, look)
    }
    const live = new Set(podsOf(this.runtime, set).map((pod) => pod.metadata.labels?.[hashLabel]))
    const old = revisionsOf(this.runtime, set).filter((each) => each.metadata.name !== revision.metadata.name)
    truncateHistory(this.runtime, set, old, (each) => live.has(each.metadata.labels?.[hashLabel]))
  }

  private revision(set: DaemonSet): ControllerRevision {
    try {
      return currentRevision(this.runtime, set, revisionsOf(this.runtime, set), hashLabel)
    } catch (failure) {
      if (failure instanceof HashCollision) {
        const status = { ...set.status, collisionCount: (set.status.collisionCount ?? 0) + 1 }
        this.runtime.api.put(resources.daemonsets, { ...set, status }, asManager, 'status')
      }
      throw failure
    }
  }

  private byNode({ set, nodes }: Look): Map<string, Pod[]> {
    const result = new Map<string, Pod[]>(nodes.map((node) => [node, []]))
    for (const pod of podsOf(this.runtime, set)) {
      const node = pod.spec.nodeName ?? ''
      result.set(node, [...(result.get(node) ?? []), pod])
    }
    return result
  }

  private create({ set, hash }: Look, nodeName: string): void {
    const generation = set.metadata.annotations?.[generationAnnotation]
    const labels = { [hashLabel]: hash, ...(generation === undefined ? {} : { 'pod-template-generation': generation }) }
    createPod(this.runtime, set, set.spec.template, component, { labels, nodeName })
  }

  private remove(look: Look, pod: Pod): void {
    deletePod(this.runtime, look.set, pod, component)
  }

  private fillNodes(look: Look): void {
    const surges = scaled(look.set.spec.updateStrategy.rollingUpdate?.maxSurge, look.nodes.length, Math.ceil) > 0
    for (const [node, pods] of this.byNode(look)) {
      const running = pods.filter((pod) => !isTerminating(pod) && !isFinished(pod)).sort(byAge)
      for (const pod of pods) if (isFinished(pod) && !isTerminating(pod)) this.remove(look, pod)
      if (!look.nodes.includes(node)) for (const pod of running) this.remove(look, pod)
      else if (pods.length === 0 || (surges && running.length === 0)) this.create(look, node)
      else if (!surges) for (const pod of running.slice(1)) this.remove(look, pod)
    }
  }

  private roll(look: Look): void {
    const { set, nodes, hash } = look
    const rolling = set.spec.updateStrategy.rollingUpdate
    const surge = scaled(rolling?.maxSurge, nodes.length, Math.ceil)
    const maxUnavailable = scaled(rolling?.maxUnavailable, nodes.length, Math.ceil)
    const available = (pod: Pod): boolean => isAvailable(pod, set.spec.minReadySeconds ?? 0, this.runtime.api.now())
    const candidates: { node: string; pod: Pod }[] = []
    let busy = 0
    for (const [node, pods] of this.byNode(look)) {
      const alive = pods.filter((pod) => !isTerminating(pod))
      const fresh = alive.find((pod) => pod.metadata.labels?.[hashLabel] === hash)
      const old = alive.find((pod) => pod.metadata.labels?.[hashLabel] !== hash)
      if (surge > 0 && fresh !== undefined && old !== undefined) {
        if (available(fresh)) this.remove(look, old)
        else busy += 1
      } else if (fresh !== undefined) {
        if (!available(fresh)) busy += 1
      } else if (old === undefined) busy += 1
      else if (available(old)) candidates.push({ node, pod: old })
      else {
        // A broken old pod costs nothing to replace.
        if (surge > 0) this.create(look, node)
        else this.remove(look, old)
        busy += 1
      }
    }
    const room = Math.max(0, (surge > 0 ? surge : Math.max(1, maxUnavailable)) - busy)
    for (const { node, pod } of candidates.slice(0, room)) {
      if (surge > 0) this.create(look, node)
      else this.remove(look, pod)
    }
  }

  private writeStatus(key: string, look: Look): void {
    const { set, nodes, hash } = look
    const minReady = set.spec.minReadySeconds ?? 0
    const now = this.runtime.api.now()
    const byNode = this.byNode(look)
    const firsts = nodes.flatMap((node) => (byNode.get(node) ?? []).sort(byAge).slice(0, 1))
    const ready = firsts.filter(isReady).length
    const available = firsts.filter((pod) => isAvailable(pod, minReady, now)).length
    const updated = firsts.filter((pod) => pod.metadata.labels?.[hashLabel] === hash).length
    const status: DaemonSet['status'] = {
      currentNumberScheduled: firsts.length,
      numberMisscheduled: [...byNode.keys()].filter((node) => !nodes.includes(node)).length,
      desiredNumberScheduled: nodes.length,
      numberReady: ready,
      observedGeneration: set.metadata.generation ?? 0,
      ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
      ...(available > 0 ? { numberAvailable: available } : {}),
      ...(nodes.length - available > 0 ? { numberUnavailable: nodes.length - available } : {}),
      ...(set.status.collisionCount === undefined ? {} : { collisionCount: set.status.collisionCount }),
    }
    if (!jsonEqual(toJson(status), toJson(set.status)))
      this.runtime.api.put(resources.daemonsets, { ...set, status }, asManager, 'status')
    if (minReady > 0 && ready !== available) this.queue.addAfter(key, minReady * 1000)
  }
}
