import type { Deployment, DeploymentStatus, ReplicaSet } from '../../object.ts'
import { scaled } from '../runtime.ts'

export const annotations = {
  revision: 'deployment.kubernetes.io/revision',
  history: 'deployment.kubernetes.io/revision-history',
  desired: 'deployment.kubernetes.io/desired-replicas',
  max: 'deployment.kubernetes.io/max-replicas',
} as const

const unlimited = 2_147_483_647

export const isRolling = (deployment: Deployment): boolean => deployment.spec.strategy.type === 'RollingUpdate'

function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const rolling = deployment.spec.strategy.rollingUpdate
  const surge = scaled(rolling?.maxSurge, deployment.spec.replicas, Math.ceil)
  const unavailable = scaled(rolling?.maxUnavailable, deployment.spec.replicas, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

export const maxSurge = (deployment: Deployment): number => (isRolling(deployment) ? fenceposts(deployment).surge : 0)

export const maxUnavailable = (deployment: Deployment): number =>
  isRolling(deployment) ? Math.min(fenceposts(deployment).unavailable, deployment.spec.replicas) : 0

export const hasDeadline = (deployment: Deployment): boolean =>
  deployment.spec.progressDeadlineSeconds !== undefined && deployment.spec.progressDeadlineSeconds !== unlimited

export const hasHistoryLimit = (deployment: Deployment): boolean => deployment.spec.revisionHistoryLimit !== unlimited

const sum = (sets: readonly ReplicaSet[], value: (set: ReplicaSet) => number | undefined): number =>
  sets.reduce((total, set) => total + (value(set) ?? 0), 0)

export const wantedCount = (sets: readonly ReplicaSet[]): number => sum(sets, (set) => set.spec.replicas)
export const actualCount = (sets: readonly ReplicaSet[]): number => sum(sets, (set) => set.status.replicas)
export const readyCount = (sets: readonly ReplicaSet[]): number => sum(sets, (set) => set.status.readyReplicas)
export const availableCount = (sets: readonly ReplicaSet[]): number => sum(sets, (set) => set.status.availableReplicas)
export const terminatingCount = (sets: readonly ReplicaSet[]): number =>
  sum(sets, (set) => set.status.terminatingReplicas)

export const isComplete = (deployment: Deployment, status: DeploymentStatus): boolean =>
  (status.updatedReplicas ?? 0) === deployment.spec.replicas &&
  (status.replicas ?? 0) === deployment.spec.replicas &&
  (status.availableReplicas ?? 0) === deployment.spec.replicas &&
  (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)

export const revisionOf = (object: ReplicaSet): number =>
  Number(object.metadata.annotations?.[annotations.revision] ?? 0)
