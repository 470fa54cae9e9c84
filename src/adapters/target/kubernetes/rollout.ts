import type { Settlement } from '../../../ports/effector.ts'
import { lateAt } from './conditions.ts'
import { currentRevision, podsOf } from './release.ts'
import type { Seen } from './view.ts'

/** Where a rollout stands, by what `kubectl rollout status` looks at (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go). */
export interface Standing {
  readonly state: Settlement['state']
  readonly done: number
  readonly of: number
  /** Why nothing will move by itself. */
  readonly dead?: 'paused' | 'deadline' | 'on-delete'
}

/** `since`: our write; what the controller observed or decided before it does not count. */
export function standingOf(seen: Seen, since: { generation: number; lateAt: string | null }): Standing {
  const { workload } = seen
  const { spec, status, unit } = workload
  const observed = status.observedGeneration >= Math.max(since.generation, workload.generation)
  switch (unit.kind) {
    case 'Deployment': {
      const of = spec.replicas ?? 1
      const done = Math.min(of, status.updatedReplicas, status.availableReplicas, readyPods(seen))
      const progress = { done: observed ? done : 0, of }
      if (spec.paused) return { state: 'failed', ...progress, dead: 'paused' }
      if (!observed) return { state: 'moving', ...progress }
      const settled =
        status.updatedReplicas >= of &&
        status.replicas <= status.updatedReplicas &&
        status.availableReplicas >= status.updatedReplicas
      if (settled) return { state: 'settled', done: of, of }
      const verdict = lateAt(status.conditions)
      const late = verdict !== null && verdict !== since.lateAt
      return late ? { state: 'failed', ...progress, dead: 'deadline' } : { state: 'moving', ...progress }
    }
    case 'StatefulSet': {
      const replicas = spec.replicas ?? 1
      const of = Math.max(0, replicas - (spec.updateStrategy?.rollingUpdate?.partition ?? 0))
      if (!observed) return { state: 'moving', done: 0, of }
      const updated = updatedPods(seen, replicas)
      const done = Math.min(of, updated, status.availableReplicas, readyPods(seen))
      if (updated >= of && status.availableReplicas >= replicas) return { state: 'settled', done: of, of }
      return { state: 'moving', done, of, ...onDelete(seen) }
    }
    case 'DaemonSet': {
      const of = status.desiredNumberScheduled
      if (!observed) return { state: 'moving', done: 0, of }
      const there = Math.min(status.updatedNumberScheduled, status.numberAvailable)
      if (there >= of) return { state: 'settled', done: of, of }
      return { state: 'moving', done: Math.min(of, there, readyPods(seen)), of, ...onDelete(seen) }
    }
  }
}

const onDelete = (seen: Seen): { dead?: 'on-delete' } =>
  seen.workload.spec.updateStrategy?.type === 'OnDelete' ? { dead: 'on-delete' } : {}

/** Ready pods of the current revision: the workload's counters also count those of others as available. */
function readyPods(seen: Seen): number {
  const revision = currentRevision(seen)
  return revision ? podsOf(revision, seen.pods).filter((pod) => pod.ready && !pod.deleting).length : 0
}

/**
 * Pods of a StatefulSet on its current template, counted one by one: in the middle of a rollout that goes back, update and
 * current revision are the same although a pod of the bad one still runs, and kubectl calls that complete.
 */
function updatedPods(seen: Seen, replicas: number): number {
  const { updateRevision } = seen.workload.status
  return Math.min(replicas, seen.pods.filter((pod) => !pod.deleting && pod.revisionHash === updateRevision).length)
}

/** Pods wanted, ready and on the current template. */
export function podCounts(seen: Seen): { wanted: number; ready: number; updated: number } {
  const { spec, status, unit } = seen.workload
  if (unit.kind === 'DaemonSet')
    return {
      wanted: status.desiredNumberScheduled,
      ready: status.numberReady,
      updated: status.updatedNumberScheduled,
    }
  const wanted = spec.replicas ?? 1
  const updated = unit.kind === 'StatefulSet' ? updatedPods(seen, wanted) : status.updatedReplicas
  return { wanted, ready: status.readyReplicas, updated }
}
