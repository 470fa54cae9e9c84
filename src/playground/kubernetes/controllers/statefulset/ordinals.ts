import type { ControllerRevision, Pod, StatefulSet } from '../../object.ts'
import { isAvailable, isReady, isTerminating } from '../runtime.ts'

export const revisionLabel = 'controller-revision-hash'

/** A place for a pod: taken, or to be filled with the revision named. */
export interface Place {
  ordinal: number
  pod: Pod | undefined
  revision: ControllerRevision
}

export const firstOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0

export const ordinalOf = (pod: Pod): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1)

export const podRevision = (pod: Pod): string => pod.metadata.labels?.[revisionLabel] ?? ''

export const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isReady(pod)

export const isUnavailable = (set: StatefulSet, pod: Pod | undefined, nowMs: number): boolean =>
  pod === undefined || isTerminating(pod) || !isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs)

/** Which revision a missing pod is made with: below the partition the current one, else the updated one. */
function revisionFor(
  set: StatefulSet,
  ordinal: number,
  current: ControllerRevision,
  update: ControllerRevision,
): ControllerRevision {
  const { type, rollingUpdate } = set.spec.updateStrategy
  if (type !== 'RollingUpdate' && rollingUpdate === undefined) return update
  const kept = rollingUpdate === undefined ? (set.status.currentReplicas ?? 0) : (rollingUpdate.partition ?? 0)
  return ordinal < firstOrdinal(set) + kept ? current : update
}

/** Sorts pods into the set's places, and those beyond them, highest ordinal first. */
export function arrange(
  set: StatefulSet,
  pods: readonly Pod[],
  current: ControllerRevision,
  update: ControllerRevision,
): { places: Place[]; condemned: Pod[] } {
  const start = firstOrdinal(set)
  const places = Array.from({ length: set.spec.replicas }, (_, i): Place => {
    const ordinal = start + i
    return { ordinal, pod: undefined, revision: revisionFor(set, ordinal, current, update) }
  })
  const condemned: Pod[] = []
  for (const pod of pods) {
    const place = places[ordinalOf(pod) - start]
    if (place !== undefined) place.pod = pod
    else if (ordinalOf(pod) >= 0) condemned.push(pod)
  }
  return { places, condemned: condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a)) }
}
