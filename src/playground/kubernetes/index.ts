import { Api, instant } from './api/api.ts'
import { startControllers } from './controllers/controllers.ts'
import { Dependents } from './controllers/dependents.ts'
import { Recorder } from './controllers/recorder.ts'
import type { JsonObject } from './json.ts'
import { isObject, stringAt } from './json.ts'
import type { Kubelet } from './kubelet/kubelet.ts'
import { PodManager } from './kubelet/manager.ts'
import { tagKubelet } from './kubelet/tag-kubelet.ts'
import { fromJson, type KubeObject, toJson } from './object.ts'
import { type Plural, resourceOfKind, resources } from './resources.ts'
import { selectorMatcher } from './selector.ts'
import { Store } from './store.ts'
import type { Token } from './wire/auth.ts'
import { selfSigned } from './wire/certificate.ts'
import type { FaultRule, RequestRecord } from './wire/faults.ts'
import { WireServer } from './wire/server.ts'
import { Watches } from './wire/watch.ts'

export type { JsonObject } from './json.ts'
export type { ContainerReport, Kubelet, PodEvent, PodReporter, RunningPod } from './kubelet/kubelet.ts'
export type { KubeObject, Pod } from './object.ts'
export type { Plural } from './resources.ts'
export type { Rule, Token } from './wire/auth.ts'
export type { Fault, FaultRule, RequestRecord } from './wire/faults.ts'

export interface KubernetesOptions {
  /** 0, the default, takes a free one. */
  port?: number
  tokens: readonly Token[]
  /** Serves https with a certificate of its own, named in the kubeconfig; kubectl sends no token without it. */
  tls?: boolean
  /** Runs the pods; without one they behave by their image's tag. */
  kubelet?: Kubelet
  /** Objects to begin with, in order; namespaces they name are made. */
  seed?: readonly JsonObject[]
  /** Unix milliseconds. */
  now?: () => number
  /** Pace of the default kubelet; 20 ms. */
  kubeletDelayMs?: number
  /** How late `slow…` images get ready; 2 s. */
  slowMs?: number
  /** First pause of a crash loop; 10 s as in the real one. */
  backOffMs?: number
  /** Names of the nodes; one by default. */
  nodes?: readonly string[]
  /** How many past changes of a kind can still be watched from; 10,000. */
  windowSize?: number
  /** How often watches get a bookmark; 60 s. */
  bookmarkMs?: number
}

/** A running API server with its controllers. Everything lives in memory. */
export interface PlaygroundKubernetes {
  readonly url: string
  /** A kubeconfig, as YAML, for one of the tokens. */
  kubeconfig(token: string, namespace?: string): string
  /** Creates an object as the cluster's administrator, past the wire and the audit trail. */
  create(object: JsonObject): KubeObject
  get(plural: Plural, namespace: string | undefined, name: string): KubeObject | undefined
  /** Of one namespace or all, optionally those with these labels. */
  list(plural: Plural, namespace?: string, labels?: Record<string, string>): KubeObject[]
  /** Changes an object or its status as the administrator: the function gets a copy to change. */
  edit(
    plural: Plural,
    namespace: string | undefined,
    name: string,
    change: (object: JsonObject) => void,
    status?: boolean,
  ): KubeObject
  /** What came over the wire, oldest first. */
  requests(): RequestRecord[]
  /** Lets things go wrong by rule. Returns the rule's end. */
  inject(rule: FaultRule): () => void
  /** Cuts all watches without a word. */
  dropWatches(): void
  /** Ends all watches with 410 and forgets all past versions and pages. */
  expireWatches(): void
  readonly openWatches: number
  /** The server is down until `resume`: connections are refused, or accepted and left without an answer. */
  pause(how?: 'refuse' | 'hang'): Promise<void>
  resume(): Promise<void>
  close(): Promise<void>
}

const asAdministrator = { manager: 'playground', fieldValidation: 'Strict' } as const

const node = (name: string, now: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
  status: {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    capacity: { cpu: '64', memory: '256Gi', pods: '1000000' },
    allocatable: { cpu: '64', memory: '256Gi', pods: '1000000' },
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      },
    ],
    nodeInfo: {
      kubeletVersion: 'v1.37.2',
      operatingSystem: 'linux',
      architecture: 'amd64',
      osImage: 'playground',
      kernelVersion: '',
      machineID: '',
      systemUUID: '',
      bootID: '',
      containerRuntimeVersion: 'playground://1',
      kubeProxyVersion: '',
    },
  },
})

/** Starts a small Kubernetes 1.37 API server on 127.0.0.1, with the controllers a rollback meets. */
export async function startKubernetes(options: KubernetesOptions): Promise<PlaygroundKubernetes> {
  const now = options.now ?? Date.now
  const store = new Store(options.windowSize ?? 10_000)
  const api = new Api(store, now)
  const recorder = new Recorder(api)
  const dependents = new Dependents(store)
  const stopControllers = startControllers({ api, dependents, recorder })
  const kubelet =
    options.kubelet ??
    tagKubelet({
      delayMs: options.kubeletDelayMs ?? 20,
      slowMs: options.slowMs ?? 2000,
      backOffMs: options.backOffMs ?? 10_000,
    })
  const pods = new PodManager(api, recorder, kubelet)
  const certificate = options.tls === true ? selfSigned(now()) : undefined
  const watches = new Watches(store, options.bookmarkMs ?? 60_000)
  const server = new WireServer(
    { api, watches, logs: (...which) => pods.logs(...which) },
    options.tokens,
    now,
    certificate,
  )

  const ensureNamespace = (name: string): void => {
    if (store.get(resources.namespaces, undefined, name) !== undefined) return
    api.create(
      resources.namespaces,
      undefined,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      asAdministrator,
    )
  }
  const create = (object: JsonObject): KubeObject => {
    const resource = resourceOfKind(stringAt(object, 'apiVersion') ?? '', stringAt(object, 'kind') ?? '')
    if (resource === undefined)
      throw new Error(`no such kind here: ${stringAt(object, 'apiVersion')} ${stringAt(object, 'kind')}`)
    const namespace = resource.namespaced ? (stringAt(object, 'metadata', 'namespace') ?? 'default') : undefined
    if (namespace !== undefined) ensureNamespace(namespace)
    const created = api.create(resource, namespace, object, asAdministrator)
    if (!isObject(object.status)) return created
    return api.put(
      resource,
      fromJson<KubeObject>({ ...toJson(created), status: object.status }),
      asAdministrator,
      'status',
    )
  }
  for (const name of ['default', 'kube-system']) ensureNamespace(name)
  for (const name of options.nodes ?? ['node-1']) create(node(name, instant(now())))
  for (const object of options.seed ?? []) create(object)
  await server.listen(options.port ?? 0)

  return {
    get url() {
      return server.url
    },
    kubeconfig: (token, namespace = 'default') => kubeconfig(server.url, token, namespace, certificate?.cert),
    create,
    get: (plural, namespace, name) => store.get(resources[plural], namespace, name),
    list: (plural, namespace, labels) => {
      const matches = selectorMatcher({ matchLabels: labels ?? {} })
      return store.sorted(resources[plural], namespace).filter((each) => matches(each.metadata.labels))
    },
    edit: (plural, namespace, name, change, status = false) => {
      const object = structuredClone(toJson(api.get(resources[plural], namespace, name)))
      change(object)
      return api.put(resources[plural], fromJson<KubeObject>(object), asAdministrator, status ? 'status' : '')
    },
    requests: () => server.requests(),
    inject: (rule) => server.faults.inject(rule),
    dropWatches: () => watches.drop(),
    expireWatches: () => watches.expire(),
    get openWatches() {
      return watches.count
    },
    pause: (how = 'refuse') => server.pause(how),
    resume: () => server.resume(),
    close: async () => {
      stopControllers()
      watches.drop()
      await pods.close()
      await server.close()
    },
  }
}

function kubeconfig(url: string, token: string, namespace: string, authority: string | undefined): string {
  const trust =
    authority === undefined
      ? // Without TLS, @kubernetes/client-node wants to hear that this is on purpose.
        ', insecure-skip-tls-verify: true'
      : `, certificate-authority-data: ${Buffer.from(authority).toString('base64')}`
  return `apiVersion: v1
kind: Config
clusters:
  - name: playground
    cluster: { server: ${JSON.stringify(url)}${trust} }
users:
  - name: playground
    user: { token: ${JSON.stringify(token)} }
contexts:
  - name: playground
    context: { cluster: playground, user: playground, namespace: ${JSON.stringify(namespace)} }
current-context: playground
`
}
