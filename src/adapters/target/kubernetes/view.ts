import type { Json } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import type { TargetGiven } from '../../../ports/adapter.ts'
import { wording } from '../../../text/say.ts'
import type { Api } from './api.ts'
import { belongings, type Known } from './belongings.ts'
import { KubernetesUnit, type WorkloadKind } from './config.ts'
import { type Feed, type FeedOf, startFeed } from './feed.ts'
import {
  openTemplateBook,
  type SlimPod,
  type SlimRevision,
  type SlimWorkload,
  slimControllerRevision,
  slimPod,
  slimReplicaSet,
  slimWorkload,
} from './slim.ts'
import { ControllerRevision, type Meta, Pod, ReplicaSet, Workload } from './wire.ts'

/** One workload with all that belongs to it, as the watches have it. */
export interface Seen {
  readonly workload: SlimWorkload
  readonly revisions: readonly SlimRevision[]
  readonly pods: readonly SlimPod[]
  /** The last word of the server about any of it. */
  readonly at: Temporal.Instant
  /** Why it may be out of date; null while all watches stand. */
  readonly fault: Fault | null
}

/** What the watches know of the configured workloads of one cluster. */
export interface View {
  /** The units of the configuration. */
  readonly units: readonly KubernetesUnit[]
  /** Waits for the first listing; throws Fault when that fails, or `kubernetes.not-found` when there is no such workload. */
  see(unit: KubernetesUnit, signal: AbortSignal): Promise<Seen>
  /** Resolves at the next change of a workload, or after `ms`. */
  nextChange(unit: KubernetesUnit, ms: number, signal: AbortSignal): Promise<void>
}

export const workloadResource: Record<WorkloadKind, string> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
}
export const revisionResource = (kind: WorkloadKind) => (kind === 'Deployment' ? 'replicasets' : 'controllerrevisions')

const firstListingWithinMs = 15_000
const silenceIsStaleMs = 180_000

export function openView(api: Api, given: TargetGiven, signal: AbortSignal): View {
  const units = given.units.map(({ id, unit }) => ({ id, unit: KubernetesUnit.parse(unit) }))
  const waiting = new Map<string, Set<() => void>>()
  const around = { api, clock: given.clock, chance: given.chance, log: given.log, signal }
  const book = openTemplateBook((digest, template) => {
    try {
      given.templates.put(digest, template as Json)
      return true
    } catch (cause) {
      // A full disk must not blind us; the template is put again when it is seen again.
      given.log.error('a pod template could not be kept', {}, cause)
      return false
    }
  })

  const nameOf = (unit: KubernetesUnit) => `${unit.kind}/${unit.namespace}/${unit.name}`
  const wake = (known: readonly Known[]) => {
    for (const { id, unit } of known) {
      given.changed(id)
      for (const resume of waiting.get(nameOf(unit)) ?? []) resume()
    }
  }
  const byNamespace = new Map(
    [...Map.groupBy(units, ({ unit }) => unit.namespace)].map(([name, known]) => [name, belongings(known)]),
  )

  const start = <Wire extends { metadata: Meta }, Row>(
    namespace: string,
    group: 'apps' | '',
    resource: string,
    of: Pick<FeedOf<Wire, Row>, 'schema' | 'keep' | 'group'> & { concerned(row: Row): readonly Known[] },
  ): Feed<Row> =>
    startFeed(
      {
        ask: { group, resource, namespace },
        schema: of.schema,
        keep: of.keep,
        group: of.group,
        changed: (row) => wake(of.concerned(row)),
        stirred: () => wake(byNamespace.get(namespace)?.all ?? []),
      },
      around,
    )

  const feedsOf = (namespace: string) => {
    const here = byNamespace.get(namespace) ?? belongings([])
    const owned = {
      group: (row: { ownerUid: string }) => row.ownerUid,
      concerned: (row: { ownerName: string }) => here.owning(row.ownerName),
    }
    const ours = <Row extends { ownerName: string }>(row: Row | null) =>
      row && here.owning(row.ownerName).length > 0 ? row : null
    const ofKind = (kind: WorkloadKind, name: string) => here.named(name).filter(({ unit }) => unit.kind === kind)
    const workloads = (kind: WorkloadKind) =>
      start(namespace, 'apps', workloadResource[kind], {
        schema: Workload,
        keep: (wire: Workload) =>
          ofKind(kind, wire.metadata.name).length > 0 ? slimWorkload(kind, namespace, wire, book) : null,
        group: (row: SlimWorkload) => row.unit.name,
        concerned: (row) => ofKind(kind, row.unit.name),
      })
    const kinds = new Set(here.all.map(({ unit }) => unit.kind))
    return {
      workloads: new Map([...kinds].map((kind) => [kind, workloads(kind)])),
      replicasets: kinds.has('Deployment')
        ? start<ReplicaSet, SlimRevision>(namespace, 'apps', 'replicasets', {
            schema: ReplicaSet,
            keep: (wire) => ours(slimReplicaSet(wire, book)),
            ...owned,
          })
        : null,
      controllerrevisions:
        kinds.has('StatefulSet') || kinds.has('DaemonSet')
          ? start<ControllerRevision, SlimRevision>(namespace, 'apps', 'controllerrevisions', {
              schema: ControllerRevision,
              keep: (wire) => ours(slimControllerRevision(wire, book)),
              ...owned,
            })
          : null,
      pods: start<Pod, SlimPod>(namespace, '', 'pods', {
        schema: Pod,
        keep: (wire) => ours(slimPod(wire)),
        ...owned,
      }),
    }
  }
  const spaces = new Map([...byNamespace.keys()].map((name) => [name, feedsOf(name)]))

  const feedsFor = (unit: KubernetesUnit) => {
    const space = spaces.get(unit.namespace)
    const workloads = space?.workloads.get(unit.kind)
    const revisions = unit.kind === 'Deployment' ? space?.replicasets : space?.controllerrevisions
    if (!space || !workloads || !revisions) throw new TypeError(`${nameOf(unit)} is not among the configured targets`)
    return { workloads, revisions, pods: space.pods }
  }

  async function nextChange(unit: KubernetesUnit, ms: number, until: AbortSignal) {
    const woken = Promise.withResolvers<void>()
    const others = waiting.get(nameOf(unit)) ?? new Set()
    waiting.set(nameOf(unit), others.add(woken.resolve))
    const over = new AbortController()
    try {
      await Promise.race([woken.promise, given.clock.sleep(ms, AbortSignal.any([until, over.signal]))])
    } finally {
      others.delete(woken.resolve)
      over.abort()
    }
  }

  async function listed(unit: KubernetesUnit, until: AbortSignal) {
    const feeds = feedsFor(unit)
    const deadlineMs = given.clock.monotonicMs() + firstListingWithinMs
    for (;;) {
      const missing = Object.values(feeds).filter((feed) => !feed.synced)
      if (missing.length === 0) return feeds
      const fault = missing.find((feed) => feed.fault)?.fault
      if (fault) throw fault
      const leftMs = deadlineMs - given.clock.monotonicMs()
      if (leftMs <= 0) {
        const hint = wording('kubernetes.timeout', { cluster: api.cluster })
        throw new Fault({ code: 'kubernetes.timeout', retry: 'yes', hint })
      }
      await nextChange(unit, leftMs, until)
    }
  }

  return {
    units: units.map(({ unit }) => unit),
    nextChange,
    async see(unit, until) {
      until.throwIfAborted()
      const feeds = await listed(unit, until)
      const [workload] = feeds.workloads.of(unit.name)
      if (!workload) {
        const what = `${workloadResource[unit.kind]}/${unit.name} in ${unit.namespace}`
        throw new Fault({ code: 'kubernetes.not-found', retry: 'no', hint: wording('kubernetes.not-found', { what }) })
      }
      const revisions = [...feeds.revisions.of(workload.uid)]
      const owners = [workload.uid, ...revisions.map((row) => row.uid)]
      const words = Object.values(feeds).map((feed) => feed.lastWordAt ?? given.clock.now())
      const at = words.reduce((oldest, word) => (Temporal.Instant.compare(word, oldest) < 0 ? word : oldest))
      const silent = given.clock.now().since(at).total('milliseconds') > silenceIsStaleMs
      return {
        workload,
        revisions,
        pods: owners.flatMap((owner) => [...feeds.pods.of(owner)]),
        at,
        fault: Object.values(feeds).find((feed) => feed.fault)?.fault ?? (silent ? staleFault(api.cluster) : null),
      }
    },
  }
}

const staleFault = (cluster: string) =>
  new Fault({ code: 'kubernetes.timeout', retry: 'yes', hint: wording('kubernetes.timeout', { cluster }) })
