import type { z } from 'zod'
import { Fault } from '../../../core/fault.ts'
import type { Chance, Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import type { Ask } from './fault.ts'
import type { Meta } from './wire.ts'

/** What is known of one resource in one namespace, kept current by list and watch. */
export interface Feed<Row> {
  readonly rows: ReadonlyMap<string, Row>
  /** Those of one group, as `group` tells. */
  of(group: string): Iterable<Row>
  /** Listed at least once. */
  readonly synced: boolean
  /** Why there is no word now; null while the watch stands. */
  readonly fault: Fault | null
  /** The last time the server said anything. */
  readonly lastWordAt: Temporal.Instant | null
}

export interface FeedOf<Wire extends { metadata: Meta }, Row> {
  readonly ask: Omit<Ask, 'verb'>
  readonly schema: z.ZodType<Wire>
  /** The slim row to keep, or null for an object that concerns nobody. */
  keep(object: Wire): Row | null
  /** What rows are asked for by: a name, or the owner's uid. */
  group(row: Row): string
  /** A row came, changed or went. */
  changed(row: Row): void
  /** Synced, lost or found the server again. */
  stirred(): void
}

interface Around {
  readonly api: Api
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  readonly signal: AbortSignal
}

const firstPauseMs = 400
const longestPauseMs = 30_000
const shortWatchMs = 1000

/**
 * Lists in pages, then watches, until the signal aborts. A 410 lists anew; all else that ends a watch resumes it where it
 * was, after a growing pause with jitter. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function startFeed<Wire extends { metadata: Meta }, Row>(of: FeedOf<Wire, Row>, around: Around): Feed<Row> {
  const { api, clock, chance } = around
  // One of its own: many feeds would hang more listeners on a shared signal than Node finds healthy.
  const signal = AbortSignal.any([around.signal])
  const rows = new Map<string, Row>()
  const groups = new Map<string, Map<string, Row>>()
  const state = {
    rows,
    of: (group: string): Iterable<Row> => groups.get(group)?.values() ?? [],
    synced: false,
    fault: null as Fault | null,
    lastWordAt: null as Temporal.Instant | null,
  }
  let from = ''
  let failures = 0

  const heard = () => {
    state.lastWordAt = clock.now()
    failures = 0
    if (state.fault === null) return
    state.fault = null
    of.stirred()
  }

  const put = (object: Wire) => {
    const row = of.keep(object)
    const { uid } = object.metadata
    if (row === null) return take(uid)
    const known = rows.get(uid)
    if (known !== undefined && of.group(known) !== of.group(row)) ungroup(uid, known)
    rows.set(uid, row)
    const group = groups.get(of.group(row)) ?? new Map<string, Row>()
    groups.set(of.group(row), group.set(uid, row))
    of.changed(row)
  }

  const ungroup = (uid: string, row: Row) => {
    const group = groups.get(of.group(row))
    group?.delete(uid)
    if (group?.size === 0) groups.delete(of.group(row))
  }

  const take = (uid: string) => {
    const row = rows.get(uid)
    if (row === undefined) return
    rows.delete(uid)
    ungroup(uid, row)
    of.changed(row)
  }

  async function list() {
    const { items, resourceVersion } = await api.list({ ...of.ask, verb: 'list' }, '', of.schema, signal)
    const uids = new Set(items.map((item) => item.metadata.uid))
    for (const uid of [...rows.keys()]) if (!uids.has(uid)) take(uid)
    for (const item of items) put(item)
    from = resourceVersion
    state.synced = true
    heard()
    of.stirred()
  }

  const watch = () =>
    api.watch(
      { ...of.ask, verb: 'watch' },
      from,
      of.schema,
      (word) => {
        heard()
        if (word.type === 'opened') return
        if (word.resourceVersion !== '') from = word.resourceVersion
        if (word.type === 'set') put(word.object)
        if (word.type === 'gone') take(word.object.metadata.uid)
      },
      signal,
    )

  async function run() {
    while (!signal.aborted) {
      const startedMs = clock.monotonicMs()
      try {
        if (from === '') await list()
        await watch()
        if (clock.monotonicMs() - startedMs < shortWatchMs) await pause()
      } catch (error) {
        if (signal.aborted) return
        await lost(error)
      }
    }
  }

  async function lost(error: unknown) {
    const fault = error instanceof Fault ? error : unexpected(error)
    if (fault.code === 'kubernetes.expired' || fault.code === 'kubernetes.not-understood') from = ''
    if (fault.code !== 'kubernetes.expired') {
      const { resource, namespace } = of.ask
      if (state.fault?.code !== fault.code) around.log.warn('lost the watch', { resource, namespace, code: fault.code })
      state.fault = fault
      of.stirred()
    }
    await pause(fault.retryAfterMs)
  }

  const pause = async (atLeastMs = 0) => {
    const growingMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures)
    failures += 1
    await clock.sleep(Math.max(atLeastMs, growingMs * (0.5 + chance.number())), signal).catch((reason: unknown) => {
      if (!signal.aborted) throw reason
    })
  }

  const unexpected = (cause: unknown) => {
    around.log.error('the watch broke', { resource: of.ask.resource }, cause)
    return new Fault({
      code: 'kubernetes.unreachable',
      retry: 'yes',
      hint: { key: 'kubernetes.unreachable', values: { cluster: api.cluster } },
      cause,
    })
  }

  void run()
  return state
}
