import { deleteObject } from '../api/delete.ts'
import type { KubeObject } from '../object.ts'
import { allResources, type Resource, resourceOfKind, resources } from '../resources.ts'
import { Queue } from './queue.ts'
import { isTerminating, type Runtime } from './runtime.ts'

const background = { propagation: 'Background', dryRun: false } as const

/** Deletes what lost its owner, finishes foreground and orphaning deletions, and empties namespaces. */
export class GarbageCollector {
  readonly queue = new Queue((key) => this.look(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
    runtime.api.store.listen('all', ({ type, object }, resource) => {
      const { uid, ownerReferences = [] } = object.metadata
      if (type === 'DELETED') {
        this.queue.add(`owner ${uid}`)
        for (const owner of ownerReferences) this.queue.add(`finalize ${owner.uid}`)
        if (object.metadata.namespace !== undefined) this.checkNamespace(object.metadata.namespace)
      } else if (isTerminating(object)) {
        this.queue.add(`finalize ${uid}`)
        if (resource === resources.namespaces) this.queue.add(`namespace ${object.metadata.name}`)
      } else if (type === 'ADDED' && ownerReferences.length > 0) this.queue.add(`object ${uid}`)
    })
  }

  private checkNamespace(name: string): void {
    const space = this.runtime.api.store.get(resources.namespaces, undefined, name)
    if (space !== undefined && isTerminating(space)) this.queue.add(`namespace ${name}`)
  }

  private look(key: string): void {
    const [what, id = ''] = key.split(' ')
    const { store } = this.runtime.api
    if (what === 'owner') for (const each of this.runtime.dependents.of(id)) this.collect(each)
    if (what === 'object') {
      const object = store.ofUid(id)
      if (object !== undefined) this.collect(object)
    }
    if (what === 'finalize') this.finalize(id)
    if (what === 'namespace') this.empty(id)
  }

  private collect(object: KubeObject): void {
    const owners = object.metadata.ownerReferences ?? []
    if (owners.length === 0 || owners.some((owner) => this.runtime.api.store.ofUid(owner.uid) !== undefined)) return
    this.remove(object)
  }

  private remove(object: KubeObject, propagation: 'Background' | 'Foreground' = 'Background'): void {
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (resource === undefined || isTerminating(object)) return
    if (this.runtime.api.store.get(resource, object.metadata.namespace, object.metadata.name) === undefined) return
    deleteObject(this.runtime.api, resource, object.metadata.namespace, object.metadata.name, {
      ...background,
      propagation,
    })
  }

  private finalize(uid: string): void {
    const object = this.runtime.api.store.ofUid(uid)
    if (object === undefined || !isTerminating(object)) return
    const finalizers = object.metadata.finalizers ?? []
    const dependents = this.runtime.dependents.of(uid)
    if (finalizers.includes('orphan')) {
      for (const each of dependents) this.disown(each, uid)
      this.drop(object, 'orphan')
    } else if (finalizers.includes('foregroundDeletion')) {
      for (const each of dependents) this.remove(each, 'Foreground')
      if (dependents.length === 0) this.drop(object, 'foregroundDeletion')
    }
  }

  private disown(object: KubeObject, uid: string): void {
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (resource === undefined) return
    const { ownerReferences = [], ...metadata } = object.metadata
    const left = ownerReferences.filter((owner) => owner.uid !== uid)
    this.runtime.api.store.write(resource, 'MODIFIED', {
      ...object,
      metadata: left.length > 0 ? { ...metadata, ownerReferences: left } : metadata,
    })
  }

  private drop(object: KubeObject, finalizer: string): void {
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (resource === undefined) return
    const { finalizers = [], ...metadata } = object.metadata
    const left = finalizers.filter((each) => each !== finalizer)
    const changed = { ...object, metadata: left.length > 0 ? { ...metadata, finalizers: left } : metadata }
    this.runtime.api.store.write(resource, left.length > 0 ? 'MODIFIED' : 'DELETED', changed)
  }

  private empty(name: string): void {
    const { store } = this.runtime.api
    const space = store.get(resources.namespaces, undefined, name)
    if (space === undefined || !isTerminating(space)) return
    let left = 0
    // Owners first: a pod deleted under a living ReplicaSet would only be made again.
    for (const resource of this.emptyingOrder()) {
      for (const object of [...store.each(resource, name)]) {
        this.remove(object)
        if (store.get(resource, name, object.metadata.name) !== undefined) left += 1
      }
    }
    if (left === 0) store.write(resources.namespaces, 'DELETED', space)
  }

  private emptyingOrder(): Resource[] {
    const last = [resources.replicasets, resources.pods, resources.events]
    return [...allResources.filter((each) => each.namespaced && !last.includes(each)), ...last]
  }
}
