import type { Condition, Deployment, DeploymentStatus } from '../../object.ts'
import { setCondition, withoutCondition } from '../conditions.ts'
import { allOf, type Sets } from './replica-sets.ts'
import {
  actualCount,
  availableCount,
  hasDeadline,
  isComplete,
  maxUnavailable,
  readyCount,
  terminatingCount,
  wantedCount,
} from './sizes.ts'
import type { Sync } from './sync.ts'

/** The counts and the Available condition (`calculateStatus`). */
export function calculateStatus(sync: Sync, sets: Sets): DeploymentStatus {
  const { deployment } = sync
  const all = allOf(sets)
  const available = availableCount(all)
  const enough = available >= deployment.spec.replicas - maxUnavailable(deployment)
  const condition = enough
    ? sync.newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
    : sync.newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
      )
  const { collisionCount } = deployment.status
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: actualCount(all),
    updatedReplicas: actualCount(sets.current === undefined ? [] : [sets.current]),
    readyReplicas: readyCount(all),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wantedCount(all) - available),
    terminatingReplicas: terminatingCount(all),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions: setCondition(deployment.status.conditions ?? [], condition),
  }
}

function madeProgress(deployment: Deployment, next: DeploymentStatus): boolean {
  const before = deployment.status
  const oldOnes = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0)
  return (
    (next.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldOnes(next) < oldOnes(before) ||
    (next.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (next.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  )
}

function deadlineMs(deployment: Deployment, condition: Condition | undefined): number | undefined {
  if (condition?.lastUpdateTime === undefined) return undefined
  return Date.parse(condition.lastUpdateTime) + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000
}

function timedOut(sync: Sync, condition: Condition | undefined): boolean {
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false
  if (condition.reason === 'ProgressDeadlineExceeded') return true
  return (deadlineMs(sync.deployment, condition) ?? Number.POSITIVE_INFINITY) < sync.now()
}

function estimate(sync: Sync, sets: Sets, status: DeploymentStatus): Condition[] {
  const { deployment } = sync
  const conditions = status.conditions ?? []
  const current = sync.condition('Progressing')
  const subject =
    sets.current === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${sets.current.metadata.name}"`
  if (isComplete(deployment, status))
    return setCondition(
      conditions,
      sync.newCondition('Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`),
    )
  if (madeProgress(deployment, status)) {
    const next = sync.newCondition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`)
    const since = current?.status === 'True' ? current.lastTransitionTime : undefined
    return [
      ...withoutCondition(conditions, 'Progressing'),
      { ...next, ...(since === undefined ? {} : { lastTransitionTime: since }) },
    ]
  }
  if (timedOut(sync, current))
    return setCondition(
      conditions,
      sync.newCondition('Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`),
    )
  return conditions
}

function replicaFailure(sets: Sets): Condition | undefined {
  for (const set of [...(sets.current === undefined ? [] : [sets.current]), ...sets.old]) {
    const found = set.status.conditions?.find((each) => each.type === 'ReplicaFailure')
    if (found !== undefined) return { ...found, lastUpdateTime: found.lastTransitionTime ?? '' }
  }
  return undefined
}

/** Writes the status of a Deployment that rolls out, with how it progresses (`syncRolloutStatus`). */
export function syncRolloutStatus(sync: Sync, sets: Sets): void {
  const { deployment } = sync
  const status = calculateStatus(sync, sets)
  let conditions = status.conditions ?? []
  if (!hasDeadline(deployment)) conditions = withoutCondition(conditions, 'Progressing')
  const settled =
    status.replicas === status.updatedReplicas && sync.condition('Progressing')?.reason === 'NewReplicaSetAvailable'
  if (hasDeadline(deployment) && !settled) conditions = estimate(sync, sets, { ...status, conditions })
  const failure = replicaFailure(sets)
  conditions =
    failure === undefined ? withoutCondition(conditions, 'ReplicaFailure') : setCondition(conditions, failure)
  sync.writeStatus({ ...status, conditions })
  wakeAtDeadline(sync)
}

function wakeAtDeadline(sync: Sync): void {
  const { deployment } = sync
  const condition = sync.condition('Progressing')
  if (!hasDeadline(deployment) || condition === undefined || isComplete(deployment, deployment.status)) return
  if (condition.reason === 'ProgressDeadlineExceeded') return
  const due = deadlineMs(deployment, condition)
  if (due !== undefined) sync.wakeAfter(Math.max(0, due - sync.now()) + 1000)
}
