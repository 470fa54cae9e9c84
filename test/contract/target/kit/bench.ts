import { inspect } from 'node:util'
import { expect } from 'vitest'
import { systemChance } from '../../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import type { KubernetesUnit, WorkloadKind } from '../../../../src/adapters/target/kubernetes/config.ts'
import { kubernetes } from '../../../../src/adapters/target/kubernetes/index.ts'
import type { Json } from '../../../../src/core/canonical.ts'
import type { Connection, Target } from '../../../../src/ports/effector.ts'
import type { Log } from '../../../../src/ports/log.ts'
import type { Registry } from '../../../../src/ports/registry.ts'
import { type Administrator, administrator, type KubeObject, type TestCluster } from './cluster.ts'
import { type Meddler, startMeddler } from './meddler.ts'
import { plurals, workload } from './workloads.ts'

/** One namespace of a cluster with an adapter connected to it through a proxy. */
export interface Bench {
  readonly cluster: TestCluster
  readonly namespace: string
  readonly admin: Administrator
  readonly meddler: Meddler
  readonly templates: Map<string, Json>
  /** Ids of targets in the order they were reported as changed. */
  readonly changed: readonly string[]
  /** All that was logged, as text. */
  logged(): string
  unit(kind: WorkloadKind, name: string): KubernetesUnit
  connect(units: readonly KubernetesUnit[], options?: ConnectOptions): Promise<Connection>
  /** Creates a workload and waits until it is rolled out. */
  deploy(kind: WorkloadKind, name: string, spec?: Readonly<Record<string, unknown>>): Promise<KubeObject>
  get(kind: WorkloadKind, name: string): Promise<KubeObject>
  /** Puts another template there, whole. */
  release(
    kind: WorkloadKind,
    name: string,
    template: unknown,
    annotations?: Record<string, string>,
  ): Promise<KubeObject>
  path(kind: WorkloadKind, name?: string): string
  /** PATCHes by the adapter that took effect, as the cluster itself recorded them. */
  writes(name: string): Promise<number>
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly token?: string
  /** The kubeconfig's user, instead of a token. */
  readonly user?: unknown
  readonly registry?: Registry
  readonly templates?: Map<string, Json>
}

let benches = 0

export async function openBench(cluster: TestCluster): Promise<Bench> {
  benches += 1
  const namespace = `shop-${process.pid}-${benches}`
  const admin = administrator(cluster)
  const meddler = await startMeddler(cluster.url)
  const templates = new Map<string, Json>()
  const changed: string[] = []
  const logLines: string[] = []
  const connections: { stop: AbortController; connection: Connection }[] = []
  await admin.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })

  const write = (message: string, ...rest: unknown[]) =>
    void logLines.push(`${message} ${rest.map((each) => inspect(each, { depth: 9 })).join(' ')}`)
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log }
  const path = (kind: WorkloadKind, name?: string) =>
    `/apis/apps/v1/namespaces/${namespace}/${plurals[kind]}${name === undefined ? '' : `/${name}`}`

  return {
    cluster,
    namespace,
    admin,
    meddler,
    templates,
    changed,
    logged: () => logLines.join('\n'),
    unit: (kind, name) => ({ kind, namespace, name }),
    async connect(units, options = {}) {
      const config = kubernetes.config.parse({ kubeconfig: { env: 'TEST' } })
      config.kubeconfig?.resolve(() =>
        kubeconfig(meddler.url, options.user ?? { token: options.token ?? cluster.adminToken }),
      )
      const stop = new AbortController()
      const store = options.templates ?? templates
      const connection = await kubernetes.open(
        config,
        {
          clock: systemClock,
          chance: systemChance,
          fetch,
          log,
          templates: {
            put: (digest, template) => void store.set(digest, template),
            get: (digest) => store.get(digest) ?? null,
          },
          registry: options.registry ?? null,
          units: units.map((unit) => ({ id: `${unit.kind}/${unit.name}`, unit })),
          changed: (id) => void changed.push(id),
        },
        stop.signal,
      )
      connections.push({ stop, connection })
      return connection
    },
    async deploy(kind, name, spec) {
      await admin.create(path(kind), workload(kind, name, spec))
      return rolledOut(admin, path(kind, name))
    },
    get: (kind, name) => admin.get(path(kind, name)),
    release(kind, name, template, annotations = {}) {
      return admin.patch(path(kind, name), 'json', [
        { op: 'replace', path: '/spec/template', value: template },
        ...Object.entries(annotations).map(([key, value]) => ({
          op: 'add',
          path: `/metadata/annotations/${key.replaceAll('/', '~1')}`,
          value,
        })),
      ])
    },
    path,
    async writes(name) {
      const all = await cluster.requests(namespace)
      return all.filter(
        (each) =>
          each.verb === 'patch' &&
          !each.resource.includes('/') &&
          each.name === name &&
          each.fieldManager === 'astern' &&
          !each.dryRun &&
          each.code < 300,
      ).length
    },
    async close() {
      for (const { stop, connection } of connections) {
        stop.abort()
        await connection.close()
      }
      await meddler.close()
      await admin.remove(`/api/v1/namespaces/${namespace}`)
    },
  }
}

const kubeconfig = (server: string, user: unknown) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server } }],
    users: [{ name: 'test', user }],
  })

/** Asks again until `look` gives something, at most for `withinMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await systemClock.sleep(50)
  }
}

/** Waits as `kubectl rollout status` does. */
export const rolledOut = (admin: Administrator, path: string): Promise<KubeObject> =>
  until(`${path} rolled out`, async () => {
    const object = await admin.get(path)
    const status = object.status as Record<string, number>
    const wanted = (object.spec.replicas as number | undefined) ?? status.desiredNumberScheduled ?? 0
    const ready = status.availableReplicas ?? status.numberAvailable ?? 0
    const updated = status.updatedReplicas ?? status.updatedNumberScheduled ?? 0
    return (
      status.observedGeneration === object.metadata.generation &&
      wanted > 0 &&
      ready >= wanted &&
      updated >= wanted &&
      object
    )
  })

/** Waits until the adapter's own view shows a version as current. */
export const shows = (target: Target, version: string) =>
  until(`the view shows ${version}`, async () => {
    const snapshot = await target.read(AbortSignal.timeout(15_000))
    return snapshot.release.version === version && snapshot
  })

/** Follows `settled` to its end. */
export async function settle(
  target: Target,
  ...[change, receipt]: [Parameters<Target['settled']>[0], Parameters<Target['settled']>[1]]
) {
  return until('the change settles', async () => {
    const standing = await target.settled(change, receipt, AbortSignal.timeout(30_000))
    return standing.state !== 'moving' && standing
  })
}

/** Fails when any of the values can be read in what is given, however deep. */
export function expectNoSecret(seen: unknown, secrets: readonly string[]): void {
  const text = inspect(seen, { depth: 30, maxStringLength: null, maxArrayLength: null })
  for (const secret of secrets) expect(text).not.toContain(secret)
}
