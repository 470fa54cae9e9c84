import type { z } from 'zod'
import type { Json } from '../../../core/canonical.ts'
import { Fault, type Retry } from '../../../core/fault.ts'
import type { Clock } from '../../../ports/clock.ts'
import { wording } from '../../../text/say.ts'
import type { Credentials } from './credentials.ts'
import { type Ask, faultOf, jsonOf, refusalOf } from './fault.ts'
import { type Call, Line, type LineReader, type Reply, send as sendOnce } from './transport.ts'
import { AccessReview, List, Status, Version, WatchEvent } from './wire.ts'

const readWithinMs = 10_000
/** Admission webhooks may take up to 30 s (their `timeoutSeconds`). */
const writeWithinMs = 32_000
/** The server sends a bookmark about every minute, so that longer silence means a dead connection. */
const watchSilenceMs = 150_000
const watchForSeconds = 1800
const pageSize = 250

export interface PatchOptions {
  readonly dryRun: boolean
  readonly fieldManager: string
  readonly line?: Line
}

export type JsonPatch = readonly { readonly op: string; readonly path: string; readonly value?: Json }[]

/** The calls Astern makes. Each throws Fault, or the signal's reason. */
export interface Api {
  readonly cluster: string
  get<T>(ask: Ask, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>
  /** Page by page; ends with the resourceVersion to watch from. */
  list<T>(
    ask: Ask,
    selector: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<{ items: T[]; resourceVersion: string }>
  /** Resolves when the server ends the watch. Throws Fault `kubernetes.expired` on 410, in the stream too. */
  watch<T>(
    ask: Ask,
    from: string,
    schema: z.ZodType<T>,
    on: (event: WatchWord<T>) => void,
    signal: AbortSignal,
  ): Promise<void>
  /** Begins to connect for a write that will follow; close it, used or not. */
  line(): Line
  patch<T>(ask: Ask, patch: JsonPatch, options: PatchOptions, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>
  log(ask: Ask, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string>
  allowed(ask: Ask, signal: AbortSignal): Promise<boolean>
  version(signal: AbortSignal): Promise<string>
}

export type WatchWord<T> =
  | { readonly type: 'opened' }
  | { readonly type: 'set' | 'gone'; readonly object: T; readonly resourceVersion: string }
  | { readonly type: 'bookmark'; readonly resourceVersion: string }

const Versioned = List.pick({ metadata: true })

export function openApi(credentials: Credentials, clock: Clock): Api {
  const { cluster } = credentials
  const versionAsk: Ask = { verb: 'get', group: '', resource: 'version' }

  /** Sends, once more with new credentials if the old ones are refused: a 401 had no effect. */
  async function send(ask: Ask, what: Call, reader: LineReader | null = null): Promise<string> {
    let reply: Reply = await sendOnce(credentials, clock, what, reader)
    if (reply.got === 'answer' && reply.status === 401) {
      credentials.renew()
      reply = await sendOnce(credentials, clock, what, reader)
    }
    if (reply.got === 'answer' && reply.status >= 200 && reply.status < 300) return reply.text
    throw faultOf(reply, ask, cluster, what.effect)
  }

  const read = (ask: Ask, query: Record<string, string>, signal: AbortSignal, path = pathOf(ask)) =>
    send(ask, { method: 'GET', path: `${path}${queryOf(query)}`, timeoutMs: readWithinMs, signal, effect: false })

  /** A yes that nobody can read is a yes: what was to be changed may be. No JSON at all may be a proxy's, and pass. */
  const parsed = <T>(schema: z.ZodType<T>, text: string, effect = false): T => {
    const json = jsonOf(text)
    const result = schema.safeParse(json)
    if (result.success) return result.data
    throw notUnderstood(placesOf(result.error), effect ? 'check' : json === undefined ? 'yes' : 'no')
  }

  const notUnderstood = (fields: readonly string[], retry: Retry = 'no') =>
    new Fault({
      code: 'kubernetes.not-understood',
      retry,
      hint: wording('kubernetes.not-understood', { cluster }),
      cause: refusalOf({ status: 200, reason: 'not understood', fields }),
    })

  return {
    cluster,
    async get(ask, schema, signal) {
      return parsed(schema, await read(ask, {}, signal))
    },

    async list<T>(ask: Ask, selector: string, schema: z.ZodType<T>, signal: AbortSignal) {
      const items: T[] = []
      let next = ''
      for (;;) {
        const query = {
          limit: String(pageSize),
          ...(selector && { fieldSelector: selector }),
          ...(next && { continue: next }),
        }
        const page = parsed(List, await read(ask, query, signal))
        for (const item of page.items) {
          const known = schema.safeParse(item)
          if (known.success) items.push(known.data)
          else throw notUnderstood(placesOf(known.error))
        }
        next = page.metadata.continue ?? ''
        if (next === '') return { items, resourceVersion: page.metadata.resourceVersion }
      }
    },

    async watch(ask, from, schema, on, signal) {
      const query = queryOf({
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: from,
        timeoutSeconds: String(watchForSeconds),
      })
      await send(
        ask,
        {
          method: 'GET',
          path: `${pathOf(ask)}${query}`,
          timeoutMs: readWithinMs,
          silenceMs: watchSilenceMs,
          signal,
          effect: false,
        },
        {
          opened: () => on({ type: 'opened' }),
          line(text) {
            const event = parsed(WatchEvent, text)
            if (event.type === 'ERROR') {
              // A Status in the stream, most often 410: https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses
              const status = Status.safeParse(event.object)
              const code = status.success ? (status.data.code ?? 500) : 500
              throw faultOf(
                { got: 'answer', status: code, retryAfter: undefined, text: JSON.stringify(event.object) },
                ask,
                cluster,
                false,
              )
            }
            const versioned = Versioned.safeParse(event.object)
            const resourceVersion = versioned.success ? versioned.data.metadata.resourceVersion : ''
            if (event.type === 'BOOKMARK') return on({ type: 'bookmark', resourceVersion })
            const known = schema.safeParse(event.object)
            if (!known.success) throw notUnderstood(placesOf(known.error))
            on({ type: event.type === 'DELETED' ? 'gone' : 'set', object: known.data, resourceVersion })
          },
        },
      )
    },

    line: () => new Line(credentials),

    async patch(ask, patch, options, schema, signal) {
      const query = queryOf({ fieldManager: options.fieldManager, ...(options.dryRun && { dryRun: 'All' }) })
      const body = { type: 'application/json-patch+json', text: JSON.stringify(patch) }
      const path = `${pathOf(ask)}${query}`
      const effect = !options.dryRun
      const { line } = options
      const text = await send(ask, { method: 'PATCH', path, body, timeoutMs: writeWithinMs, signal, effect, line })
      return parsed(schema, text, effect)
    },

    log: (ask, query, signal) => read(ask, query, signal),

    async allowed(ask, signal) {
      const [resource, subresource] = ask.resource.split('/')
      const { verb, group, namespace, name } = ask
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb, group, resource, subresource, namespace, name } },
      }
      const review: Ask = { verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' }
      const text = await send(review, {
        method: 'POST',
        path: pathOf(review),
        body: { type: 'application/json', text: JSON.stringify(body) },
        timeoutMs: readWithinMs,
        signal,
        effect: false,
      })
      return parsed(AccessReview, text).status.allowed
    },

    async version(signal) {
      return parsed(Version, await read(versionAsk, {}, signal, '/version')).gitVersion
    },
  }
}

/** Of a problem only the places: the values may be secrets. */
const placesOf = (error: z.ZodError): string[] => error.issues.map((issue) => issue.path.join('.'))

function pathOf(ask: Ask): string {
  const [resource, subresource] = ask.resource.split('/')
  const root = ask.group === '' ? '/api/v1' : `/apis/${ask.group}/v1`
  const space = ask.namespace === undefined ? '' : `/namespaces/${encodeURIComponent(ask.namespace)}`
  const name = ask.name === undefined ? '' : `/${encodeURIComponent(ask.name)}`
  return `${root}${space}/${resource}${name}${subresource === undefined ? '' : `/${subresource}`}`
}

function queryOf(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}
