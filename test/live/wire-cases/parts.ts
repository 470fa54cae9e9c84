import type { JsonObject } from '../../../src/playground/kubernetes/json.ts'

export const ns = '/api/v1/namespaces'
export const D = '/apis/apps/v1/namespaces/diff/deployments'
export const S = '/apis/apps/v1/namespaces/diff/statefulsets'
export const DS = '/apis/apps/v1/namespaces/diff/daemonsets'
export const CM = '/api/v1/namespaces/diff/configmaps'
export const P = '/api/v1/namespaces/diff/pods'
export const M = 'application/merge-patch+json',
  SM = 'application/strategic-merge-patch+json',
  JP = 'application/json-patch+json'
export const wl = (
  kind: string,
  name: string,
  spec: JsonObject = {},
  podSpec: JsonObject = {},
  container: JsonObject = {},
): JsonObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, labels: { app: name } },
  spec: {
    ...(kind === 'DaemonSet' ? {} : { replicas: 0 }),
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image: 'x:1', ...container }], ...podSpec },
    },
    ...spec,
  },
})
export const dep = (name: string, spec?: JsonObject, podSpec?: JsonObject, c?: JsonObject) =>
  wl('Deployment', name, spec, podSpec, c)
export const paused = { paused: true }
/** Method, path, body, content type, and how long to wait first. */
export type WireCase = readonly [
  method: string,
  path: string,
  body?: JsonObject | JsonObject[] | string | undefined,
  type?: string | undefined,
  waitMs?: number,
]
