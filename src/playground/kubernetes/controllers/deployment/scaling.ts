import { deleteObject } from '../../api/delete.ts'
import type { ReplicaSet } from '../../object.ts'
import { resources } from '../../resources.ts'
import { asManager, byAge, isTerminating } from '../runtime.ts'
import { allOf, type Sets } from './replica-sets.ts'
import {
  annotations,
  availableCount,
  hasHistoryLimit,
  isRolling,
  maxSurge,
  maxUnavailable,
  revisionOf,
  wantedCount,
} from './sizes.ts'
import type { Sync } from './sync.ts'

const active = (sets: readonly ReplicaSet[]): ReplicaSet[] => sets.filter((set) => set.spec.replicas > 0)

/** Gives a ReplicaSet a new size; `force` also renews its size annotations. Returns the set as it is then. */
export function resize(sync: Sync, set: ReplicaSet, size: number, force = false): ReplicaSet {
  const { deployment } = sync
  const before = set.spec.replicas
  if (!force && before === size) return set
  const desired = String(deployment.spec.replicas)
  const max = String(deployment.spec.replicas + maxSurge(deployment))
  const known = set.metadata.annotations
  if (before === size && known?.[annotations.desired] === desired && known[annotations.max] === max) return set
  const changed = {
    ...set,
    metadata: { ...set.metadata, annotations: { ...known, [annotations.desired]: desired, [annotations.max]: max } },
    spec: { ...set.spec, replicas: size },
  }
  const written = sync.runtime.api.put(resources.replicasets, changed, asManager)
  if (before !== size)
    sync.event(
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${before < size ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${size}`,
    )
  return written
}

/** True when the Deployment was given a new size since its ReplicaSets were last resized. */
export const wasScaled = (sync: Sync, sets: Sets): boolean =>
  active(allOf(sets)).some((set) => {
    const desired = set.metadata.annotations?.[annotations.desired]
    return desired !== undefined && Number(desired) !== sync.deployment.spec.replicas
  })

/** Spreads a new size over the ReplicaSets in proportion to what they have (`scale`). */
export function rescale(sync: Sync, sets: Sets): void {
  const { deployment } = sync
  const wanted = deployment.spec.replicas
  const running = active(allOf(sets))
  if (running.length <= 1) {
    const only = running[0] ?? sets.current ?? [...sets.old].sort(byAge).at(-1)
    if (only !== undefined) resize(sync, only, wanted)
    return
  }
  const { current } = sets
  if (
    current !== undefined &&
    current.spec.replicas === wanted &&
    current.metadata.annotations?.[annotations.desired] === String(wanted) &&
    (current.status.availableReplicas ?? 0) === wanted
  ) {
    for (const set of active(sets.old)) resize(sync, set, 0)
    return
  }
  if (isRolling(deployment)) spread(sync, running)
}

function spread(sync: Sync, running: ReplicaSet[]): void {
  const { deployment } = sync
  const allowed = deployment.spec.replicas > 0 ? deployment.spec.replicas + maxSurge(deployment) : 0
  const toAdd = allowed - wantedCount(running)
  running.sort((a, b) => b.spec.replicas - a.spec.replicas || (toAdd > 0 ? -byAge(a, b) : byAge(a, b)))
  let added = 0
  const sizes = running.map((set) => {
    const share = toAdd === 0 || toAdd === added ? 0 : fraction(sync, set)
    const change = toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added)
    added += change
    return set.spec.replicas + change
  })
  running.forEach((set, i) => {
    const leftover = i === 0 ? toAdd - added : 0
    resize(sync, set, Math.max(0, (sizes[i] ?? 0) + leftover), true)
  })
}

function fraction(sync: Sync, set: ReplicaSet): number {
  const { deployment } = sync
  if (deployment.spec.replicas === 0) return -set.spec.replicas
  const before = Number(set.metadata.annotations?.[annotations.max] ?? 0) || (deployment.status.replicas ?? 0)
  if (before === 0) return 0
  return (
    Math.round((set.spec.replicas * (deployment.spec.replicas + maxSurge(deployment))) / before) - set.spec.replicas
  )
}

/** Takes old ReplicaSets down as far as availability allows, broken pods first. True when anything changed. */
export function shrinkOld(sync: Sync, sets: Sets & { current: ReplicaSet }): boolean {
  const { deployment } = sync
  const { current } = sets
  const old = active(sets.old).sort(byAge)
  if (old.length === 0) return false
  const minAvailable = deployment.spec.replicas - maxUnavailable(deployment)
  const unready = current.spec.replicas - (current.status.availableReplicas ?? 0)
  const spare = wantedCount(allOf(sets)) - minAvailable - unready
  if (spare <= 0) return false
  let cleaned = 0
  const left = old.map((set) => {
    const broken = set.spec.replicas - (set.status.availableReplicas ?? 0)
    if (cleaned >= spare || broken <= 0) return set
    const count = Math.min(spare - cleaned, broken)
    cleaned += count
    return resize(sync, set, set.spec.replicas - count)
  })
  let room = availableCount([...left, current]) - minAvailable
  let shrunk = 0
  for (const set of left) {
    if (room <= 0) break
    const count = Math.min(set.spec.replicas, room)
    if (count === 0) continue
    resize(sync, set, set.spec.replicas - count)
    room -= count
    shrunk += count
  }
  return cleaned + shrunk > 0
}

/** Removes the oldest emptied ReplicaSets beyond `revisionHistoryLimit`. */
export function cleanUp(sync: Sync, old: readonly ReplicaSet[]): void {
  const { deployment, runtime } = sync
  if (!hasHistoryLimit(deployment)) return
  const alive = old.filter((set) => !isTerminating(set)).sort((a, b) => revisionOf(a) - revisionOf(b) || byAge(a, b))
  for (const set of alive.slice(0, Math.max(0, alive.length - deployment.spec.revisionHistoryLimit))) {
    const settled = (set.metadata.generation ?? 0) <= (set.status.observedGeneration ?? 0)
    if ((set.status.replicas ?? 0) !== 0 || set.spec.replicas !== 0 || !settled) continue
    deleteObject(runtime.api, resources.replicasets, set.metadata.namespace, set.metadata.name, {
      propagation: 'Background',
      dryRun: false,
    })
  }
}
