import type { KubeObject } from './object.ts'
import { allResources, type Resource } from './resources.ts'
import { gone } from './status-error.ts'

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  version: number
  object: KubeObject
  previous: KubeObject | undefined
}

export type Listener = (change: Change, resource: Resource) => void

/** One kind's objects by namespace and name, and the changes still in the window. */
interface Shelf {
  resource: Resource
  spaces: Map<string, Map<string, KubeObject>>
  log: Change[]
  listeners: Set<Listener>
  /** The last sorted read, good until the next change. */
  sorted: { namespace: string | undefined; objects: readonly KubeObject[] } | undefined
  lastChange: number
}

const byKey = (a: KubeObject, b: KubeObject): number => {
  const spaceA = a.metadata.namespace ?? ''
  const spaceB = b.metadata.namespace ?? ''
  if (spaceA !== spaceB) return spaceA < spaceB ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0
}

/** All objects, one global version counter, and per kind a window of past changes (what etcd and the watch cache are together). */
export class Store {
  private readonly shelves: Map<Resource, Shelf>
  private readonly byUid = new Map<string, KubeObject>()
  private readonly anyListeners = new Set<Listener>()
  private readonly windowSize: number
  /** Versions below this one are compacted: they can be neither watched from nor listed at. */
  private compacted = 0
  version = 1

  constructor(windowSize: number) {
    this.windowSize = windowSize
    this.shelves = new Map(
      allResources.map((resource) => [
        resource,
        { resource, spaces: new Map(), log: [], listeners: new Set(), sorted: undefined, lastChange: 0 },
      ]),
    )
  }

  private shelf(resource: Resource): Shelf {
    const shelf = this.shelves.get(resource)
    if (shelf === undefined) throw new Error(`no shelf for ${resource.plural}`)
    return shelf
  }

  get(resource: Resource, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.shelf(resource)
      .spaces.get(namespace ?? '')
      ?.get(name)
  }

  ofUid(uid: string): KubeObject | undefined {
    return this.byUid.get(uid)
  }

  /** Unsorted; of one namespace, or of all. */
  *each(resource: Resource, namespace?: string): Generator<KubeObject> {
    const { spaces } = this.shelf(resource)
    if (namespace !== undefined) yield* spaces.get(namespace)?.values() ?? []
    else for (const space of spaces.values()) yield* space.values()
  }

  /** In key order, as of a past version when one is given. @throws {StatusError} 410 when that version is compacted. */
  sorted(resource: Resource, namespace: string | undefined, version = this.version): readonly KubeObject[] {
    const shelf = this.shelf(resource)
    if (version >= this.compacted && version >= shelf.lastChange) {
      if (shelf.sorted === undefined || shelf.sorted.namespace !== namespace)
        shelf.sorted = { namespace, objects: [...this.each(resource, namespace)].sort(byKey) }
      return shelf.sorted.objects
    }
    const objects = new Map<string, KubeObject>()
    const key = (object: KubeObject): string => `${object.metadata.namespace ?? ''}/${object.metadata.name}`
    for (const object of this.each(resource, namespace)) objects.set(key(object), object)
    const changes = this.changesSince(resource, version)
    for (const change of changes.toReversed()) {
      if (namespace !== undefined && change.object.metadata.namespace !== namespace) continue
      if (change.previous === undefined) objects.delete(key(change.object))
      else objects.set(key(change.object), change.previous)
    }
    return [...objects.values()].sort(byKey)
  }

  /** Changes after a version, oldest first. @throws {StatusError} 410 when they are no longer all there. */
  changesSince(resource: Resource, version: number): Change[] {
    const { log } = this.shelf(resource)
    if (version < this.compacted) throw gone(`too old resource version: ${version} (${this.compacted})`)
    let low = 0
    let high = log.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((log[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    return log.slice(low)
  }

  /** Stores a new state of an object under the next version, or removes it. The object given must not be changed afterwards. */
  write(resource: Resource, type: Change['type'], object: KubeObject): KubeObject {
    const shelf = this.shelf(resource)
    const { namespace = '', name, uid } = object.metadata
    this.version += 1
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } }
    let space = shelf.spaces.get(namespace)
    const previous = space?.get(name)
    if (type === 'DELETED') {
      space?.delete(name)
      if (space?.size === 0) shelf.spaces.delete(namespace)
      this.byUid.delete(uid)
    } else {
      if (space === undefined) {
        space = new Map()
        shelf.spaces.set(namespace, space)
      }
      space.set(name, stored)
      this.byUid.set(uid, stored)
    }
    const change: Change = { type, version: this.version, object: stored, previous }
    shelf.log.push(change)
    this.trim(shelf)
    shelf.sorted = undefined
    shelf.lastChange = this.version
    for (const listener of shelf.listeners) listener(change, resource)
    for (const listener of this.anyListeners) listener(change, resource)
    return stored
  }

  private trim(shelf: Shelf): void {
    if (shelf.log.length <= this.windowSize * 2) return
    const dropped = shelf.log.splice(0, shelf.log.length - this.windowSize)
    this.compacted = Math.max(this.compacted, dropped.at(-1)?.version ?? 0)
  }

  /** Forgets all past changes: whoever comes with an older version is told 410. */
  compact(): void {
    this.version += 1
    this.compacted = this.version
    for (const shelf of this.shelves.values()) shelf.log = []
  }

  /** Listens to one kind, or to all. Returns the end of listening. */
  listen(resource: Resource | 'all', listener: Listener): () => void {
    const listeners = resource === 'all' ? this.anyListeners : this.shelf(resource).listeners
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
}
