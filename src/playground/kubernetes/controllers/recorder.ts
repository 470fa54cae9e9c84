import { randomUUID } from 'node:crypto'
import { type Api, instant } from '../api/api.ts'
import type { JsonObject } from '../json.ts'
import { fromJson, type KubeObject, toJson } from '../object.ts'
import { resources } from '../resources.ts'

const maxEvents = 20_000
const similarEvents = 10
const similarWithinMs = 600_000

interface Similar {
  messages: Set<string>
  atMs: number
}

/** Writes v1 Events as client-go's recorder does: the same thing again raises `count`. */
export class Recorder {
  private readonly api: Api
  private readonly known = new Map<string, { namespace: string; name: string }>()
  private readonly similar = new Map<string, Similar>()

  constructor(api: Api) {
    this.api = api
  }

  record(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    text: string,
    component: string,
    fieldPath?: string,
  ): void {
    const { store } = this.api
    const now = instant(this.api.now())
    const combined = this.isCombined([about.metadata.uid, type, reason, component].join('\n'), text)
    const message = combined ? `(combined from similar events): ${text}` : text
    const key = [about.metadata.uid, type, reason, combined ? '' : text, component].join('\n')
    const place = this.known.get(key)
    const earlier = place === undefined ? undefined : store.get(resources.events, place.namespace, place.name)
    if (earlier !== undefined) {
      const event: JsonObject = {
        ...toJson(earlier),
        message,
        lastTimestamp: now,
        count: Number(toJson(earlier).count ?? 1) + 1,
      }
      store.write(resources.events, 'MODIFIED', fromJson<KubeObject>(event))
      return
    }
    const namespace = about.metadata.namespace ?? 'default'
    const space = store.get(resources.namespaces, undefined, namespace)
    if (space === undefined || space.metadata.deletionTimestamp !== undefined) return
    const name = `${about.metadata.name}.${randomUUID().replaceAll('-', '').slice(0, 16)}`
    const event: JsonObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace, uid: randomUUID(), creationTimestamp: now },
      involvedObject: {
        kind: about.kind,
        namespace,
        name: about.metadata.name,
        uid: about.metadata.uid,
        apiVersion: about.apiVersion,
        resourceVersion: about.metadata.resourceVersion,
        ...(fieldPath === undefined ? {} : { fieldPath }),
      },
      reason,
      message,
      source: { component, ...(component === 'kubelet' ? { host: 'node-1' } : {}) },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: '',
    }
    store.write(resources.events, 'ADDED', fromJson<KubeObject>(event))
    this.known.set(key, { namespace, name })
    if (this.known.size > maxEvents * 1.2) this.forgetOldest()
  }

  /** From the tenth different message about one thing within ten minutes on, all go into one event (client-go's EventAggregator). */
  private isCombined(key: string, text: string): boolean {
    const now = this.api.now()
    let similar = this.similar.get(key)
    if (similar === undefined || now - similar.atMs > similarWithinMs) similar = { messages: new Set(), atMs: now }
    similar.atMs = now
    if (similar.messages.size < similarEvents) similar.messages.add(text)
    this.similar.set(key, similar)
    return similar.messages.size >= similarEvents
  }

  private forgetOldest(): void {
    this.similar.clear()
    for (const [key, place] of this.known) {
      this.known.delete(key)
      const event = this.api.store.get(resources.events, place.namespace, place.name)
      if (event !== undefined) this.api.store.write(resources.events, 'DELETED', event)
      if (this.known.size <= maxEvents) return
    }
  }
}
