import { deleteObject } from '../api/delete.ts'
import { isObject, type JsonObject, jsonEqual, objectAt } from '../json.ts'
import {
  type ControllerRevision,
  type DaemonSet,
  fromJson,
  type PodTemplate,
  type StatefulSet,
  toJson,
} from '../object.ts'
import { resources } from '../resources.ts'
import { StatusError } from '../status-error.ts'
import { safeHash } from './hash.ts'
import { asManager, byAge, controlled, ownerReference, type Runtime } from './runtime.ts'

type Owner = StatefulSet | DaemonSet

/** Both controllers keep a patch that puts the whole template in place. */
const dataOf = (owner: Owner): JsonObject => ({
  spec: { template: { ...toJson(owner.spec.template), $patch: 'replace' } },
})

/** The pod template that a revision holds. */
export function templateOf(revision: ControllerRevision): PodTemplate {
  const { $patch: _, ...template } = objectAt(revision.data, 'spec', 'template') ?? {}
  return fromJson<PodTemplate>(isObject(template) ? template : {})
}

/** Oldest revision first. */
export function revisionsOf(runtime: Runtime, owner: Owner): ControllerRevision[] {
  return controlled<ControllerRevision>(runtime, owner, resources.controllerrevisions).sort(
    (a, b) => a.revision - b.revision || byAge(a, b),
  )
}

/** Raised when a hash collided: the owner's collisionCount must grow before the next try. */
export class HashCollision extends StatusError {}

function snapshot(runtime: Runtime, owner: Owner, revision: number, hashLabel: string): ControllerRevision {
  const data = dataOf(owner)
  const hash = safeHash(data, owner.status.collisionCount ?? 0)
  const body = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${owner.metadata.name}-${hash}`,
      labels: { ...owner.spec.template.metadata?.labels, [hashLabel]: hash },
      ...(owner.metadata.annotations === undefined ? {} : { annotations: owner.metadata.annotations }),
      ownerReferences: [ownerReference(owner)],
    },
    data,
    revision,
  }
  try {
    const created = runtime.api.create(resources.controllerrevisions, owner.metadata.namespace, toJson(body), asManager)
    return fromJson<ControllerRevision>(toJson(created))
  } catch (failure) {
    if (failure instanceof StatusError && failure.reason === 'AlreadyExists')
      throw new HashCollision(failure.code, failure.reason, failure.message)
    throw failure
  }
}

/** The revision of the wanted template, made or moved to the end of the history if need be. */
export function currentRevision(
  runtime: Runtime,
  owner: Owner,
  known: readonly ControllerRevision[],
  hashLabel: string,
): ControllerRevision {
  const data = dataOf(owner)
  const last = known.at(-1)
  const equal = known.findLast((each) => jsonEqual(each.data, data))
  const next = (last?.revision ?? 0) + 1
  if (equal === undefined) return snapshot(runtime, owner, next, hashLabel)
  if (last !== undefined && jsonEqual(last.data, equal.data)) return last
  return runtime.api.put(resources.controllerrevisions, { ...equal, revision: next }, asManager)
}

/** Removes the oldest revisions beyond the limit that no pod lives by. */
export function truncateHistory(
  runtime: Runtime,
  owner: Owner,
  known: readonly ControllerRevision[],
  isLive: (revision: ControllerRevision) => boolean,
): void {
  const idle = known.filter((each) => !isLive(each))
  for (const each of idle.slice(0, Math.max(0, idle.length - owner.spec.revisionHistoryLimit)))
    deleteObject(runtime.api, resources.controllerrevisions, each.metadata.namespace, each.metadata.name, {
      propagation: 'Background',
      dryRun: false,
    })
}
