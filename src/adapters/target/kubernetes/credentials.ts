import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { urlToHttpOptions } from 'node:url'
import { Fault } from '../../../core/fault.ts'
import { wording } from '../../../text/say.ts'
import type { KubernetesConfig } from './config.ts'
import { type Kube, plainKubeconfig } from './plain-kubeconfig.ts'

/** Where the API server is and how a request proves who sends it. */
export interface Credentials {
  readonly server: URL
  /** For people: the context's name, or `in-cluster`. */
  readonly cluster: string
  /** Options of one request: its headers, its TLS, its agent. `fresh` asks for a connection of its own. */
  options(fresh: boolean): Promise<http.RequestOptions>
  /** A connection of its own, on its way; null where that is not ours to make (a proxy). Rejects as `options` does. */
  connect(): Promise<Socket | null>
  /** Forgets tokens, so that the next request asks the exec plugin or reads the token file anew. */
  renew(): void
  close(): void
}

/**
 * Rejects with Fault `kubernetes.config` (retry no) when the kubeconfig cannot be used; `options` rejects with Fault
 * `kubernetes.credentials` (retry yes) when an exec plugin or token file gives nothing.
 */
export async function openCredentials(config: KubernetesConfig): Promise<Credentials> {
  const load = await reader(config)
  let kube = load()
  const cluster = kube.getCurrentCluster()
  const server = URL.parse(cluster?.server ?? '')
  // Over plain HTTP everybody on the way could read the token.
  if (!cluster || !server || (server.protocol !== 'https:' && !isLocal(cluster.server))) throw unusable(config)
  const name = config.inCluster ? 'in-cluster' : kube.getCurrentContext()
  const pooled = new Map<string, http.Agent>()

  const proof = async (): Promise<https.RequestOptions> => {
    const given: https.RequestOptions = {}
    try {
      await kube.applyToHTTPSOptions(given)
    } catch (cause) {
      const hint = wording('kubernetes.credentials', { cluster: name })
      throw new Fault({ code: 'kubernetes.credentials', retry: 'yes', hint, cause })
    }
    return given
  }
  const Agent = server.protocol === 'http:' ? http.Agent : https.Agent

  return {
    server,
    cluster: name,
    async connect() {
      if (cluster.proxyUrl) return null
      const { agent: _, headers: __, ...tls } = await proof()
      const { hostname } = urlToHttpOptions(server)
      const port = Number(server.port) || (server.protocol === 'http:' ? 80 : 443)
      const servername = isIP(String(hostname)) ? '' : hostname
      // Without `noDelay` the body waits for the acknowledgement of the head: 40 ms.
      const to = { host: hostname, port, noDelay: true, servername, ...tls }
      return new Agent().createConnection(to as object) as Socket
    },
    async options(fresh) {
      const given = await proof()
      const { agent: libraryAgent, ...options } = given
      // The library's own agent neither keeps connections nor follows renewed certificates; it is needed for proxies only.
      if (cluster.proxyUrl) return { ...options, ...(libraryAgent === undefined ? {} : { agent: libraryAgent }) }
      if (fresh) return { ...options, agent: false }
      const id = createHash('sha256')
        .update(`${options.ca ?? ''}|${options.cert ?? ''}|${options.key ?? ''}`)
        .digest('hex')
      let agent = pooled.get(id)
      if (!agent) {
        for (const old of pooled.values()) old.destroy()
        pooled.clear()
        agent = new Agent({ keepAlive: true })
        pooled.set(id, agent)
      }
      return { ...options, agent }
    },
    renew() {
      kube = load()
    },
    close() {
      for (const agent of pooled.values()) agent.destroy()
    },
  }
}

/** The library itself is loaded only for a kubeconfig that needs it. */
async function reader(config: KubernetesConfig): Promise<() => Kube> {
  const { kubeconfig, context } = config
  const folder = kubeconfig && 'file' in kubeconfig.source ? dirname(kubeconfig.source.file) : null
  if (kubeconfig) {
    const plain = () => readable(config, () => plainKubeconfig(kubeconfig.reveal(), context, folder))
    const first = plain()
    if (first) return () => plain() ?? first
  }
  const { KubeConfig } = await import('@kubernetes/client-node')
  return () =>
    readable(config, () => {
      const kube = new KubeConfig()
      if (kubeconfig) {
        kube.loadFromString(kubeconfig.reveal())
        if (folder !== null) kube.makePathsAbsolute(folder)
        if (context) kube.setCurrentContext(context)
      } else kube.loadFromCluster()
      // The library sends no token over plain HTTP, save by this; on this very machine nobody listens in between.
      kube.clusters = kube.clusters.map((cluster) =>
        isLocal(cluster.server) ? { ...cluster, skipTLSVerify: true } : cluster,
      )
      return kube
    })
}

function readable<T>(config: KubernetesConfig, read: () => T): T {
  try {
    return read()
  } catch (error) {
    // Its message may quote the kubeconfig.
    throw unusable(config, error instanceof Error ? error.name : undefined)
  }
}

const isLocal = (server: string): boolean => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/.test(server)

const unusable = (config: KubernetesConfig, why?: string) =>
  new Fault({
    code: 'kubernetes.config',
    retry: 'no',
    hint: wording('kubernetes.config', {
      context: config.context ?? (config.inCluster ? 'in-cluster' : 'current-context'),
    }),
    ...(why !== undefined && { cause: new Error(why) }),
  })
