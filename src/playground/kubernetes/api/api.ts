import { randomBytes, randomUUID } from 'node:crypto'
import { applyDefaults } from '../defaults/defaults.ts'
import { type Json, type JsonObject, jsonEqual, objectAt, stringAt } from '../json.ts'
import { manage } from '../managed-fields.ts'
import { fromJson, type KubeObject, type ObjectMeta, toJson } from '../object.ts'
import { type Resource, resources } from '../resources.ts'
import { decode } from '../schema/decode.ts'
import {
  alreadyExists,
  badRequest,
  conflict,
  internal,
  invalid,
  notFound,
  StatusError,
  staleWrite,
} from '../status-error.ts'
import type { Store } from '../store.ts'
import { validate } from '../validate/validate.ts'
import { prepare, type WriteOptions } from './prepare.ts'
import { admitToQuota } from './quota.ts'

const safeLetters = 'bcdfghjklmnpqrstvwxz2456789'
const hasGeneration = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Pod',
  'HorizontalPodAutoscaler',
])

/** Kubernetes' random suffix: five letters that spell no words. */
export const randomSuffix = (): string =>
  [...randomBytes(5)].map((byte) => safeLetters[byte % safeLetters.length]).join('')

/** Kubernetes keeps time in whole seconds. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** What a status shows before anybody wrote it. */
function emptyStatus(resource: Resource): JsonObject {
  const given: JsonObject =
    { Service: { loadBalancer: {} }, HorizontalPodAutoscaler: { desiredReplicas: 0 } }[resource.kind] ?? {}
  return { status: decode(resource.kind, resource.version, { status: given }).value.status ?? {} }
}

/** DaemonSets count their templates in an annotation, for clients older than apps/v1. */
function countTemplate(object: JsonObject, old: JsonObject | undefined): void {
  const key = 'deprecated.daemonset.template.generation'
  const before = Number(stringAt(old, 'metadata', 'annotations', key) ?? 0)
  const same = old !== undefined && jsonEqual(objectAt(object, 'spec', 'template'), objectAt(old, 'spec', 'template'))
  const metadata = objectAt(object, 'metadata')
  if (metadata === undefined) return
  metadata.annotations = { ...objectAt(metadata, 'annotations'), [key]: String(same ? before : before + 1) }
}

export type Subresource = '' | 'status' | 'scale'

/** Writes objects as the real server does: decode, default, admit, validate, own the fields, store. Reads are the store's. */
export class Api {
  readonly store: Store
  readonly now: () => number

  constructor(store: Store, now: () => number) {
    this.store = store
    this.now = now
  }

  /** @throws {StatusError} 404 */
  get(resource: Resource, namespace: string | undefined, name: string): KubeObject {
    const found = this.store.get(resource, namespace, name)
    if (found === undefined) throw notFound(resource, name)
    return found
  }

  /** @throws {StatusError} 400, 403, 404 (no such namespace), 409, 422 */
  create(resource: Resource, namespace: string | undefined, body: Json, options: WriteOptions): KubeObject {
    const object = prepare(resource, body, options)
    const given = objectAt(object, 'metadata') ?? {}
    if (resource.namespaced && given.namespace !== undefined && given.namespace !== namespace)
      throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`)
    if (stringAt(given, 'resourceVersion') !== undefined)
      throw internal('resourceVersion should not be set on objects to be created')
    const generateName = stringAt(given, 'generateName')
    const name =
      stringAt(given, 'name') ?? (generateName === undefined ? '' : generateName.slice(0, 58) + randomSuffix())
    const { deletionTimestamp: _t, deletionGracePeriodSeconds: _g, managedFields: _m, selfLink: _s, ...kept } = given
    object.metadata = {
      ...kept,
      name,
      ...(resource.namespaced ? { namespace: namespace ?? '' } : {}),
      uid: randomUUID(),
      creationTimestamp: instant(this.now()),
      ...(hasGeneration.has(resource.kind) ? { generation: 1 } : {}),
    }
    if (resource.subresources.includes('status')) Object.assign(object, emptyStatus(resource))
    applyDefaults(resource.kind, object)
    if (resource.kind === 'DaemonSet') countTemplate(object, undefined)
    const causes = validate(resource.kind, object, undefined)
    if (causes.length > 0) throw invalid(resource, name, causes)
    if (resource.namespaced) this.checkNamespace(resource, namespace ?? '', name)
    if (this.store.get(resource, namespace, name) !== undefined) throw alreadyExists(resource, name)
    const created = this.withOwners(resource, object, undefined, options, '')
    admitToQuota(this.store, created)
    return options.dryRun === true ? created : this.store.write(resource, 'ADDED', created)
  }

  private checkNamespace(resource: Resource, namespace: string, name: string): void {
    const found = this.store.get(resources.namespaces, undefined, namespace)
    if (found === undefined) throw notFound(resources.namespaces, namespace)
    if (found.metadata.deletionTimestamp === undefined) return
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`
    const qualified = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
    throw new StatusError(403, 'Forbidden', `${qualified} "${name}" is forbidden: ${why}`, {
      name,
      ...(resource.group === '' ? {} : { group: resource.group }),
      kind: resource.plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    })
  }

  /** Replaces an object or its status. @throws {StatusError} 400, 404, 409 (stale resourceVersion or uid), 422 */
  update(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    body: Json,
    options: WriteOptions,
    subresource: Subresource = '',
  ): KubeObject {
    const old = toJson(this.get(resource, namespace, name))
    const object = prepare(resource, body, options)
    const meta = objectAt(object, 'metadata') ?? {}
    const oldMeta = objectAt(old, 'metadata') ?? {}
    if ((stringAt(meta, 'name') ?? name) !== name)
      throw badRequest(
        `the name of the object (${stringAt(meta, 'name')}) does not match the name on the URL (${name})`,
      )
    if (resource.namespaced && (stringAt(meta, 'namespace') ?? namespace) !== namespace)
      throw badRequest(
        `the namespace of the object (${stringAt(meta, 'namespace')}) does not match the namespace on the URL (${namespace})`,
      )
    const version = stringAt(meta, 'resourceVersion')
    if (version !== undefined && !/^\d*$/.test(version))
      throw internal(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`)
    if (version !== undefined && version !== '' && version !== oldMeta.resourceVersion) throw staleWrite(resource, name)
    const uid = stringAt(meta, 'uid')
    if (uid !== undefined && uid !== oldMeta.uid)
      throw conflict(
        resource,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${String(oldMeta.uid)}`,
      )
    return this.replace(resource, old, object, options, subresource)
  }

  private replace(
    resource: Resource,
    old: JsonObject,
    given: JsonObject,
    options: WriteOptions,
    subresource: Subresource,
  ): KubeObject {
    const object = this.carryOver(resource, old, given, subresource)
    const name = stringAt(object, 'metadata', 'name') ?? ''
    if (subresource !== 'status') {
      applyDefaults(resource.kind, object)
      const causes = validate(resource.kind, object, old)
      if (causes.length > 0) throw invalid(resource, name, causes)
    }
    const comparable = (each: JsonObject): JsonObject => ({
      ...each,
      metadata: { ...objectAt(each, 'metadata'), managedFields: [] },
    })
    if (jsonEqual(comparable(object), comparable(old))) return fromJson<KubeObject>(old)
    const written = this.withOwners(resource, object, old, options, subresource)
    if (options.dryRun === true) return written
    const { deletionTimestamp, finalizers, deletionGracePeriodSeconds = 0 } = written.metadata
    const isOver =
      deletionTimestamp !== undefined && (finalizers ?? []).length === 0 && deletionGracePeriodSeconds === 0
    return this.store.write(resource, isOver && resource.kind !== 'Namespace' ? 'DELETED' : 'MODIFIED', written)
  }

  /** What a writer cannot change stays: identity, times, and the half that the subresource does not own. */
  private carryOver(resource: Resource, old: JsonObject, given: JsonObject, subresource: Subresource): JsonObject {
    const oldMeta = objectAt(old, 'metadata') ?? {}
    const newMeta = objectAt(given, 'metadata') ?? {}
    const meta: JsonObject = { ...newMeta }
    for (const key of [
      'name',
      'namespace',
      'uid',
      'creationTimestamp',
      'generation',
      'deletionTimestamp',
      'deletionGracePeriodSeconds',
      'resourceVersion',
      'generateName',
      'managedFields',
      'selfLink',
    ]) {
      const kept = oldMeta[key]
      if (kept === undefined) delete meta[key]
      else meta[key] = kept
    }
    if (subresource === 'status') {
      const annotations = newMeta.annotations
      const { annotations: _, ...rest } = oldMeta
      return {
        ...old,
        metadata: annotations === undefined ? rest : { ...rest, annotations },
        status: given.status ?? {},
      }
    }
    const object: JsonObject = { ...given, metadata: meta }
    if (resource.subresources.includes('status')) {
      if (old.status === undefined) delete object.status
      else object.status = old.status
    }
    if (hasGeneration.has(resource.kind)) {
      applyDefaults(resource.kind, object)
      if (resource.kind === 'DaemonSet') countTemplate(object, old)
      const annotated = resource.kind === 'Deployment' && !jsonEqual(meta.annotations, oldMeta.annotations)
      if (annotated || !jsonEqual(object.spec, old.spec)) meta.generation = Number(oldMeta.generation ?? 0) + 1
    }
    return object
  }

  private withOwners(
    resource: Resource,
    object: JsonObject,
    old: JsonObject | undefined,
    options: WriteOptions,
    subresource: Subresource,
  ): KubeObject {
    const writer = { manager: options.manager, subresource, time: instant(this.now()) }
    const managedFields = manage(resource.kind, object, old, writer)
    const result = fromJson<KubeObject>(object)
    const metadata: ObjectMeta = { ...result.metadata }
    if (managedFields.length > 0) metadata.managedFields = managedFields
    else delete metadata.managedFields
    return { ...result, metadata }
  }

  /** For the server's own controllers: writes an object read before, whatever happened since, through all checks. */
  put<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions, subresource: Subresource = ''): T {
    const { namespace, name } = object.metadata
    if (subresource === 'status') {
      const old = toJson(this.get(resource, namespace, name))
      const { status } = prepare(resource, { status: toJson(object).status ?? {} }, options)
      const given: JsonObject = { ...toJson(object), ...(status === undefined ? {} : { status }) }
      return fromJson<T>(toJson(this.replace(resource, old, given, options, 'status')))
    }
    const { resourceVersion: _, ...metadata } = object.metadata
    const body = { ...toJson(object), metadata: toJson(metadata) }
    return fromJson<T>(toJson(this.update(resource, namespace, name, body, options, subresource)))
  }
}
