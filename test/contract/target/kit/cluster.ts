import http from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'

/** A request that the cluster itself bears witness of. `resource` with its subresource. */
export interface WitnessedRequest {
  readonly verb: string
  readonly resource: string
  readonly name: string
  readonly user: string
  readonly fieldManager: string
  readonly dryRun: boolean
  readonly code: number
}

/** The API server a contract runs on: the playground's or a real one. */
export interface TestCluster {
  readonly title: string
  readonly url: string
  readonly adminToken: string
  /** What its pods can show: kwok's have no logs. */
  readonly logs: boolean
  /** May nothing but log in. */
  readonly visitorToken: string
  /** A token with exactly the rights of deploy/kubernetes/rbac.yaml in that namespace. */
  asternToken(namespace: string): Promise<string>
  /** All requests in a namespace, by its own records. */
  requests(namespace: string): Promise<readonly WitnessedRequest[]>
  close(): Promise<void>
}

export interface RestAnswer {
  readonly status: number
  readonly body: KubeObject
}

/** JSON of the API server; tests know what they asked for. */
export interface KubeObject {
  readonly metadata: {
    readonly name: string
    readonly uid: string
    readonly resourceVersion: string
    readonly generation: number
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: Readonly<Record<string, unknown>>
  readonly items: readonly KubeObject[]
}

const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
}

/** Calls as the administrator, past the adapter. Throws on an answer that is no success. */
export function administrator(cluster: Pick<TestCluster, 'url' | 'adminToken'>) {
  const send = (method: string, path: string, body?: unknown, type = 'application/json'): Promise<RestAnswer> =>
    new Promise((resolve, reject) => {
      const url = new URL(path, cluster.url)
      const request = (url.protocol === 'http:' ? http : https).request(
        url,
        {
          method,
          agent: false,
          rejectUnauthorized: false,
          headers: { authorization: `Bearer ${cluster.adminToken}`, 'content-type': type, accept: 'application/json' },
        },
        (response) => {
          text(response).then((said) => {
            const status = response.statusCode ?? 0
            if (status < 300) resolve({ status, body: JSON.parse(said) })
            else reject(new Error(`${method} ${path}: ${status} ${said.slice(0, 500)}`))
          }, reject)
        },
      )
      request.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
    })
  return {
    get: async (path: string) => (await send('GET', path)).body,
    create: async (path: string, object: unknown) => (await send('POST', path, object)).body,
    remove: async (path: string) => (await send('DELETE', path)).body,
    patch: async (path: string, kind: keyof typeof patchTypes, body: unknown, fieldManager = 'kubectl-edit') =>
      (await send('PATCH', `${path}?fieldManager=${fieldManager}`, body, patchTypes[kind])).body,
  }
}
export type Administrator = ReturnType<typeof administrator>
