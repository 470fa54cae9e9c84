import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { isAbsolute, join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import type { Cluster, User } from '@kubernetes/client-node/dist/config_types.js'
import { newClusters, newContexts, newUsers } from '@kubernetes/client-node/dist/config_types.js'
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js'
import { parse } from 'yaml'

/** What is asked of a kubeconfig, whoever has read it. */
export type Kube = Pick<KubeConfig, 'getCurrentCluster' | 'getCurrentContext' | 'applyToHTTPSOptions'>

/**
 * A kubeconfig whose context needs no more than a token, a client certificate or an exec plugin, read with the library's own parts;
 * null where it takes all of the library (proxies, auth providers, passwords, impersonation). For that one brings every model of
 * Kubernetes along: 80 MB, and most of the time that a start takes. Throws what the library throws.
 */
export function plainKubeconfig(text: string, context: string | undefined, folder: string | null): Kube | null {
  const read: unknown = parse(text)
  if (typeof read !== 'object' || read === null) return null
  const parts = read as Readonly<Record<string, unknown>>
  const clusters = newClusters(parts.clusters)
  const contexts = newContexts(parts.contexts)
  const users = newUsers(parts.users)
  const current = context ?? parts['current-context']
  const chosen = contexts.find(({ name }) => name === current)
  const cluster = clusters.find(({ name }) => name === chosen?.cluster)
  const user = users.find(({ name }) => name === chosen?.user)
  if (!chosen || !cluster || !user || !isPlain(cluster, user)) return null
  const exec = new ExecAuth()
  const contents = (file: string | undefined, data: string | undefined) => {
    if (file) return readFileSync(isAbsolute(file) || folder === null ? file : join(folder, file))
    return data ? Buffer.from(data, 'base64') : undefined
  }
  return {
    getCurrentCluster: () => cluster,
    getCurrentContext: () => chosen.name,
    async applyToHTTPSOptions(given) {
      const [ca, cert, key] = [
        contents(cluster.caFile, cluster.caData),
        contents(user.certFile, user.certData),
        contents(user.keyFile, user.keyData),
      ]
      const options: RequestOptions = {
        headers: {},
        ...(cluster.skipTLSVerify && { rejectUnauthorized: false }),
        ...(cluster.tlsServerName && { servername: cluster.tlsServerName }),
        ...(ca && { ca }),
        ...(cert && { cert }),
        ...(key && { key }),
      }
      if (user.exec) await exec.applyAuthentication(user, options)
      if (user.token) options.headers = { ...options.headers, Authorization: `Bearer ${user.token}` }
      Object.assign(given, options)
    },
  }
}

const isPlain = ({ proxyUrl }: Cluster, { authProvider, username, impersonateUser }: User): boolean =>
  !proxyUrl && !authProvider && !username && !impersonateUser
