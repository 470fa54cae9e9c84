import type { ServerResponse } from 'node:http'
import { parseVersion } from '../api/list.ts'
import type { Json } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import type { Resource } from '../resources.ts'
import { fieldMatcher, labelMatcher } from '../selector.ts'
import { gone, type StatusError } from '../status-error.ts'
import type { Change, Store } from '../store.ts'

const maxBufferedBytes = 64 * 1024 * 1024
const lines = new WeakMap<Change, string>()

/** All watchers see the same text of a change: write it once. */
const lineOf = (change: Change): string => {
  const known = lines.get(change)
  if (known !== undefined) return known
  const line = `${JSON.stringify({ type: change.type, object: change.object })}\n`
  lines.set(change, line)
  return line
}

const bookmarkOf = (resource: Resource, version: number, initialEnd: boolean): Json => ({
  kind: resource.kind,
  apiVersion: resource.apiVersion,
  metadata: {
    resourceVersion: String(version),
    ...(initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    creationTimestamp: null,
  },
})

/** The open watches of a server: each is one response that grows by a JSON line per change. */
export class Watches {
  private readonly store: Store
  private readonly bookmarkMs: number
  private readonly open = new Set<{ expire: () => void; drop: () => void }>()

  constructor(store: Store, bookmarkMs: number) {
    this.store = store
    this.bookmarkMs = bookmarkMs
  }

  get count(): number {
    return this.open.size
  }

  /** Cuts all connections, without a word. */
  drop(): void {
    for (const each of [...this.open]) each.drop()
  }

  /** Tells every watcher 410, in the stream, and forgets the past. */
  expire(): void {
    this.store.compact()
    for (const each of [...this.open]) each.expire()
  }

  /** Answers a watch request. @throws {StatusError} 400, 410 before anything was sent */
  start(response: ServerResponse, resource: Resource, namespace: string | undefined, query: URLSearchParams): void {
    const labels = labelMatcher(query.get('labelSelector'))
    const fields = fieldMatcher(resource.kind, query.get('fieldSelector'))
    const matches = (object: KubeObject | undefined): boolean =>
      object !== undefined &&
      (namespace === undefined || object.metadata.namespace === namespace) &&
      labels(object.metadata.labels) &&
      fields(object)
    const since = parseVersion(query.get('resourceVersion'), 'watch') ?? 0
    const bookmarks = ['1', 'true'].includes(query.get('allowWatchBookmarks') ?? '')
    const sendInitial = query.get('sendInitialEvents') === 'true'
    const initial = sendInitial || since === 0
    const backlog = initial ? [] : this.store.changesSince(resource, since)

    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
    response.flushHeaders()
    let seen = this.store.version
    const send = (type: string, object: Json): void => {
      response.write(`${JSON.stringify({ type, object })}\n`)
    }
    const relay = (change: Change): void => {
      seen = change.version
      if (response.writableLength > maxBufferedBytes) {
        entry.drop()
        return
      }
      const after = change.type !== 'DELETED' && matches(change.object)
      const before = matches(change.previous)
      if (after === before && after)
        response.write(change.type === 'MODIFIED' ? lineOf(change) : lineOf({ ...change, type: 'MODIFIED' }))
      else if (after) response.write(change.type === 'ADDED' ? lineOf(change) : lineOf({ ...change, type: 'ADDED' }))
      else if (before) {
        if (change.type === 'DELETED') response.write(lineOf(change))
        else {
          const left = change.previous ?? change.object
          send('DELETED', toJson({ ...left, metadata: { ...left.metadata, resourceVersion: String(change.version) } }))
        }
      }
    }
    if (initial)
      for (const object of this.store.sorted(resource, namespace)) if (matches(object)) send('ADDED', toJson(object))
    if (sendInitial && bookmarks) send('BOOKMARK', bookmarkOf(resource, seen, true))
    for (const change of backlog) relay(change)

    const seconds = Number(query.get('timeoutSeconds') ?? 0)
    const bookmark = (): void => {
      if (bookmarks) send('BOOKMARK', bookmarkOf(resource, Math.max(seen, this.store.version), false))
    }
    const stop = (): void => {
      clearTimeout(timer)
      clearInterval(ticker)
      unlisten()
      this.open.delete(entry)
    }
    const entry = {
      drop: (): void => {
        stop()
        response.destroy()
      },
      expire: (): void => {
        stop()
        send('ERROR', gone(`too old resource version: ${seen} (${this.store.version})`).toStatus())
        response.end()
      },
    }
    const timer = setTimeout(
      () => {
        bookmark()
        stop()
        response.end()
      },
      (seconds > 0 ? seconds : 3600) * 1000,
    )
    const ticker = setInterval(bookmark, this.bookmarkMs)
    timer.unref()
    ticker.unref()
    const unlisten = this.store.listen(resource, relay)
    this.open.add(entry)
    response.on('close', stop)
  }
}

/** A watch that cannot begin still answers 200 with one ERROR line when its version is too old, as the watch cache does. */
export function refuseWatch(response: ServerResponse, failure: StatusError): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify({ type: 'ERROR', object: failure.toStatus() })}\n`)
}
