import {
  type KubernetesOptions,
  type PlaygroundKubernetes,
  startKubernetes,
} from '../../../src/playground/kubernetes/index.ts'
import { isObject, type Json, type JsonObject } from '../../../src/playground/kubernetes/json.ts'

export const tokens = [
  { token: 'admin', user: 'root', groups: ['system:masters'], admin: true },
  {
    token: 'viewer',
    user: 'vera',
    rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch'], namespaces: ['shop'] }],
  },
]

export interface Reply {
  code: number
  body: JsonObject
  text: string
  headers: Headers
}

export interface CallOptions {
  token?: string
  type?: string
  headers?: Record<string, string>
}

export interface Cluster extends PlaygroundKubernetes {
  call(method: string, path: string, body?: Json | string, options?: CallOptions): Promise<Reply>
}

/** A server with the namespace `shop` and a quick kubelet. */
export async function cluster(options: Partial<KubernetesOptions> = {}): Promise<Cluster> {
  const server = await startKubernetes({ tokens, kubeletDelayMs: 2, slowMs: 150, ...options })
  server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })
  const call: Cluster['call'] = async (
    method,
    path,
    body,
    { token = 'admin', type = 'application/json', headers = {} } = {},
  ) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
        'user-agent': 'kit/1.0',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed = response.headers.get('content-type') === 'application/json' ? (JSON.parse(text) as Json) : {}
    return { code: response.status, body: isObject(parsed) ? parsed : {}, text, headers: response.headers }
  }
  return Object.defineProperties({ call } as Cluster, Object.getOwnPropertyDescriptors(server))
}

/** Waits for a value that is not undefined or false. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  within = 5000,
): Promise<T> {
  const deadline = Date.now() + within
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error(`not so within ${within} ms: ${look.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export const deployments = '/apis/apps/v1/namespaces/shop/deployments'

export function workload(kind: string, name: string, image: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop', labels: { app: name } },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 2 }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image,
              env: [
                { name: 'MODE', value: 'fast' },
                { name: 'PORT', value: '80' },
              ],
            },
          ],
        },
      },
      ...spec,
    },
  }
}

export const deployment = (name: string, image: string, spec: JsonObject = {}): JsonObject =>
  workload('Deployment', name, image, spec)

/** An image for the container `app`, as a strategic merge patch. */
export const imagePatch = (image: string): JsonObject => ({
  spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
})

export const strategic = { type: 'application/strategic-merge-patch+json' }
export const merging = { type: 'application/merge-patch+json' }
export const jsonPatch = { type: 'application/json-patch+json' }

/** Opens a watch and collects its lines until it ends. */
export async function watch(
  server: PlaygroundKubernetes,
  path: string,
  token = 'admin',
): Promise<{ lines: JsonObject[]; ended: Promise<string>; stop: () => void }> {
  const abort = new AbortController()
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
  })
  const lines: JsonObject[] = []
  const read = async (): Promise<string> => {
    let rest = ''
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        rest += chunk
        const parts = rest.split('\n')
        rest = parts.pop() ?? ''
        for (const part of parts) lines.push(JSON.parse(part) as JsonObject)
      }
    } catch (failure) {
      return failure instanceof Error ? failure.name : 'cut'
    }
    return 'end'
  }
  return { lines, ended: read(), stop: () => abort.abort() }
}
