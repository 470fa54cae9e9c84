import type { JsonObject } from '../json.ts'
import { booleanOr, numberAt, objectAt, stringAt } from '../json.ts'
import { fromJson, type KubeObject, type Pod, toJson } from '../object.ts'
import type { Resource } from '../resources.ts'
import { conflict, invalidOption } from '../status-error.ts'
import { type Api, instant } from './api.ts'

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions {
  propagation: Propagation
  gracePeriodSeconds?: number
  dryRun: boolean
  uid?: string
  resourceVersion?: string
}

/** Reads a DeleteOptions body and the query parameters of the same names. @throws {StatusError} 400 */
export function deleteOptions(body: JsonObject, query: URLSearchParams): DeleteOptions {
  const policy = stringAt(body, 'propagationPolicy') ?? query.get('propagationPolicy') ?? ''
  const orphan = booleanOr(body.orphanDependents, query.get('orphanDependents') === 'true')
  if (!['', 'Background', 'Foreground', 'Orphan'].includes(policy))
    throw invalidOption(
      'DeleteOptions',
      'propagationPolicy',
      `Unsupported value: ${JSON.stringify(policy)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
    )
  const grace =
    numberAt(body, 'gracePeriodSeconds') ??
    (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined)
  const uid = stringAt(body, 'preconditions', 'uid')
  const resourceVersion = stringAt(body, 'preconditions', 'resourceVersion')
  return {
    propagation: policy === '' ? (orphan ? 'Orphan' : 'Background') : (policy as Propagation),
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    dryRun: query.get('dryRun') === 'All' || (Array.isArray(body.dryRun) && body.dryRun.includes('All')),
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  }
}

const finalizerOf: Partial<Record<Propagation, string>> = { Foreground: 'foregroundDeletion', Orphan: 'orphan' }

function graceOf(resource: Resource, object: KubeObject, options: DeleteOptions): number {
  if (resource.kind !== 'Pod') return 0
  const pod = fromJson<Pod>(toJson(object))
  if (pod.spec.nodeName === undefined) return 0
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
}

function checkPreconditions(
  resource: Resource,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  const named = { ...resource, plural: resource.kind }
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(
      named,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    )
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw conflict(
      named,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    )
}

/**
 * Deletes, or begins to: a running pod waits for its kubelet, finalizers for whoever put them there.
 * @throws {StatusError} 404, 409 when a precondition fails
 */
export function deleteObject(
  api: Api,
  resource: Resource,
  namespace: string | undefined,
  name: string,
  options: DeleteOptions,
): { object: KubeObject; gone: boolean } {
  const object = api.get(resource, namespace, name)
  const { metadata } = object
  checkPreconditions(resource, object, options)
  const grace = graceOf(resource, object, options)
  const finalizer = finalizerOf[options.propagation]
  const finalizers = [...(metadata.finalizers ?? [])]
  if (finalizer !== undefined && resource.kind !== 'Pod' && !finalizers.includes(finalizer)) finalizers.push(finalizer)
  const waits = grace > 0 || finalizers.length > 0 || resource.kind === 'Namespace'
  if (!waits) {
    if (!options.dryRun) api.store.write(resource, 'DELETED', object)
    return { object, gone: true }
  }
  if (metadata.deletionTimestamp !== undefined && grace >= (metadata.deletionGracePeriodSeconds ?? 0))
    return { object, gone: false }
  const marked: KubeObject = {
    ...object,
    metadata: {
      ...metadata,
      ...(metadata.generation === undefined || metadata.deletionTimestamp !== undefined
        ? {}
        : { generation: metadata.generation + 1 }),
      deletionTimestamp: instant(api.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...(finalizers.length > 0 ? { finalizers } : {}),
    },
  }
  if (resource.kind === 'Namespace')
    Object.assign(marked, { status: { ...objectAt(toJson(object), 'status'), phase: 'Terminating' } })
  return { object: options.dryRun ? marked : api.store.write(resource, 'MODIFIED', marked), gone: false }
}
