import { receiveAlerts } from '../app/alerts.ts'
import type { World } from '../app/world.ts'
import { Fault } from '../core/fault.ts'
import type { AlertSource } from '../ports/alert-source.ts'
import type { Metrics } from './metrics.ts'
import { plainAnswer } from './respond.ts'
import type { Route } from './routes.ts'

/** What Alertmanager posts in one request may be large; what is larger than this no alert rule needs. */
const bodyLimitMiB = 8

/**
 * `POST /alerts/<source>`: 200 once the alerts are durable, 400 for what can never be read, 401 for a wrong proof, 404 for a source that
 * is not configured, 413 for too much, 503 while the ledger does not take them: senders try again after a 5xx and after nothing else.
 */
export function alertRoute(
  world: World,
  sources: Pick<ReadonlyMap<string, AlertSource>, 'get'>,
  metrics: Metrics,
): Route {
  const posts = metrics.counter('astern_alert_posts_total', 'Requests of alert sources.', ['source', 'answer'])
  const told = metrics.counter('astern_alerts_received_total', 'Alerts that are in the record.', ['source'])
  return {
    method: 'POST',
    path: '/alerts/:id',
    bodyLimitMiB,
    async handler({ id, headers, query, body }) {
      const source = sources.get(id)
      if (!source) return plainAnswer(404, 'There is no such alert source.')
      const intake = source.read({ headers, query, body })
      if ('refused' in intake) {
        posts.add(1, { source: id, answer: intake.refused })
        world.log.warn('alerts were refused', { source: id, status: intake.refused, why: intake.why.slice(0, 300) })
        return plainAnswer(intake.refused, intake.why.slice(0, 1_000))
      }
      try {
        await receiveAlerts(world, id, intake)
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause
        posts.add(1, { source: id, answer: 503 })
        world.log.error('alerts were not taken', { source: id, code: cause.code }, cause)
        return plainAnswer(503, 'The record does not take it now. Try again.', { 'retry-after': '5' })
      }
      posts.add(1, { source: id, answer: 200 })
      told.add(intake.alerts.length, { source: id })
      const json = intake.reply.startsWith('{')
      return {
        status: 200,
        ...(json && { headers: { 'content-type': 'application/json; charset=utf-8' } }),
        body: intake.reply,
      }
    },
  }
}
