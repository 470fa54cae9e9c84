import { jsonEqual } from '../../json.ts'
import { type Deployment, fromJson, type PodTemplate, type ReplicaSet, toJson } from '../../object.ts'
import { resources } from '../../resources.ts'
import { StatusError } from '../../status-error.ts'
import { safeHash } from '../hash.ts'
import { asManager, controlled, ownerReference } from '../runtime.ts'
import { annotations, hasDeadline, isRolling, maxSurge, revisionOf, wantedCount } from './sizes.ts'
import type { Sync } from './sync.ts'

export const hashLabel = 'pod-template-hash'
const maxHistoryCharacters = 2000
const neverCopied = new Set<string>([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  ...Object.values(annotations),
])

export interface Sets {
  current: ReplicaSet | undefined
  old: ReplicaSet[]
}

export const allOf = ({ current, old }: Sets): ReplicaSet[] => (current === undefined ? old : [...old, current])

function withoutHash(template: PodTemplate): PodTemplate {
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** Splits a Deployment's ReplicaSets by whether their template is the wanted one; the oldest match counts. */
export function setsOf(sync: Sync): Sets {
  const sets = controlled<ReplicaSet>(sync.runtime, sync.deployment, resources.replicasets)
  const wanted = toJson(withoutHash(sync.deployment.spec.template))
  const current = sets.find((set) => jsonEqual(toJson(withoutHash(set.spec.template)), wanted))
  return { current, old: sets.filter((set) => set !== current) }
}

/** Copies annotations and revision numbers to the ReplicaSet that is now current (`SetNewReplicaSetAnnotations`). */
export function newAnnotations(
  deployment: Deployment,
  set: ReplicaSet,
  revision: number,
  exists: boolean,
): Record<string, string> {
  const result: Record<string, string> = { ...set.metadata.annotations }
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {}))
    if (!neverCopied.has(key)) result[key] = value
  const before = result[annotations.revision]
  if (Number(before ?? 0) < revision) {
    result[annotations.revision] = String(revision)
    if (before !== undefined) {
      const past = (result[annotations.history] ?? '').split(',').filter((each) => each !== '')
      past.push(before)
      while (past.join(',').length > maxHistoryCharacters) past.shift()
      result[annotations.history] = past.join(',')
    }
  }
  if (!exists) {
    result[annotations.desired] = String(deployment.spec.replicas)
    result[annotations.max] = String(deployment.spec.replicas + maxSurge(deployment))
  }
  return result
}

/** How large the current ReplicaSet may be now. */
export function newSize(deployment: Deployment, all: readonly ReplicaSet[], size: number): number {
  if (!isRolling(deployment)) return deployment.spec.replicas
  const room = deployment.spec.replicas + maxSurge(deployment) - wantedCount(all)
  return room <= 0 ? size : size + Math.min(room, deployment.spec.replicas - size)
}

/** Finds the current ReplicaSet and keeps its revision and annotations right; creates it when asked to. */
export function syncRevision(sync: Sync, create: boolean): Sets {
  const { current, old } = setsOf(sync)
  const revision = Math.max(0, ...old.map(revisionOf)) + 1
  if (current !== undefined) return { current: adoptRevision(sync, current, revision), old }
  if (!create) return { current, old }
  return { current: createSet(sync, old, revision), old }
}

function adoptRevision(sync: Sync, set: ReplicaSet, revision: number): ReplicaSet {
  const { deployment } = sync
  const wanted = newAnnotations(deployment, set, revision, true)
  const minReady = deployment.spec.minReadySeconds ?? 0
  if (!jsonEqual(wanted, { ...set.metadata.annotations }) || (set.spec.minReadySeconds ?? 0) !== minReady) {
    const changed = {
      ...set,
      metadata: { ...set.metadata, annotations: wanted },
      spec: { ...set.spec, minReadySeconds: minReady },
    }
    return sync.runtime.api.put(resources.replicasets, changed, asManager)
  }
  const found = sync.condition('Progressing') === undefined && hasDeadline(deployment)
  sync.noteRevision(
    wanted[annotations.revision] ?? '',
    found
      ? sync.newCondition('Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${set.metadata.name}"`)
      : undefined,
  )
  return set
}

function createSet(sync: Sync, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { deployment, runtime } = sync
  const hash = safeHash(toJson(deployment.spec.template), deployment.status.collisionCount)
  const name = `${deployment.metadata.name}-${hash}`
  const labels = { ...deployment.spec.template.metadata?.labels, [hashLabel]: hash }
  const selector = deployment.spec.selector
  const draft = fromJson<ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, labels, ownerReferences: [toJson(ownerReference(deployment))] },
    spec: {
      replicas: 0,
      ...(deployment.spec.minReadySeconds === undefined ? {} : { minReadySeconds: deployment.spec.minReadySeconds }),
      selector: { ...toJson(selector), matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: toJson({ ...deployment.spec.template, metadata: { ...deployment.spec.template.metadata, labels } }),
    },
  })
  draft.spec.replicas = newSize(deployment, old, 0)
  draft.metadata.annotations = newAnnotations(deployment, draft, revision, false)
  let created: ReplicaSet
  try {
    const stored = runtime.api.create(resources.replicasets, deployment.metadata.namespace, toJson(draft), asManager)
    created = fromJson<ReplicaSet>(toJson(stored))
  } catch (failure) {
    if (failure instanceof StatusError) notCreated(sync, name, failure)
    throw failure
  }
  if (draft.spec.replicas > 0)
    sync.event('Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${draft.spec.replicas}`)
  const condition = hasDeadline(deployment)
    ? sync.newCondition('Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${name}"`)
    : undefined
  sync.noteRevision(String(revision), condition)
  return created
}

function notCreated(sync: Sync, name: string, failure: StatusError): void {
  const { deployment } = sync
  if (failure.reason === 'AlreadyExists') {
    sync.writeStatus({ ...deployment.status, collisionCount: (deployment.status.collisionCount ?? 0) + 1 })
    return
  }
  const message = `Failed to create new replica set "${name}": ${failure.message}`
  if (hasDeadline(deployment))
    sync.setConditions(sync.newCondition('Progressing', 'False', 'ReplicaSetCreateError', message))
  sync.event('Warning', 'ReplicaSetCreateError', message)
}
