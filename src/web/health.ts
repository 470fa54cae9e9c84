import type { Metrics } from './metrics.ts'
import { plainAnswer } from './respond.ts'
import type { Route } from './routes.ts'

/** Whether Astern can do its work, and which part cannot. */
export interface Readiness {
  readonly ready: boolean
  readonly parts: Readonly<Record<string, boolean>>
}

/** `/healthz` (the process lives), `/readyz` (it can work), `/metrics`. */
export const healthRoutes = (health: { ready(): Readiness }, metrics: Metrics): readonly Route[] => [
  { method: 'GET', path: '/healthz', handler: async () => plainAnswer(200, 'ok') },
  {
    method: 'GET',
    path: '/readyz',
    handler: async () => {
      const { ready, parts } = health.ready()
      return {
        status: ready ? 200 : 503,
        headers: { 'content-type': 'application/json' },
        body: `${JSON.stringify({ ready, parts })}\n`,
      }
    },
  },
  {
    method: 'GET',
    path: '/metrics',
    handler: async () => ({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: metrics.text(),
    }),
  },
]
