import { Fault } from '../../../core/fault.ts'
import { defineMonitorAdapter, type Platform } from '../../../ports/adapter.ts'
import type { Finding } from '../../../ports/effector.ts'
import { agrees, type Monitor, type Only, type Series } from '../../../ports/monitor.ts'
import { wording } from '../../../text/say.ts'
import { Api } from './api.ts'
import { comparedIn } from './compared.ts'
import { PrometheusConfig } from './config.ts'
import { anatomyOf } from './promql.ts'

/** Prometheus, and what speaks its HTTP API: Thanos, Mimir, VictoriaMetrics. */
export const prometheus = defineMonitorAdapter<PrometheusConfig>({
  port: 'monitor',
  id: 'prometheus',
  title: 'Prometheus',
  config: PrometheusConfig,
  open: (config, given) => prometheusMonitor(config, given),
})

function prometheusMonitor(config: PrometheusConfig, given: Platform): Monitor {
  const api = new Api(config, given)
  const nowMs = () => given.clock.now().epochMilliseconds
  return {
    now: (query, signal) => api.query(query, nowMs(), signal),
    range: (query, span, signal) => api.range(query, span, signal),
    async newest(query, signal, only = []) {
      // The value of a query carries the time it was asked for; only `timestamp` tells when a sample was taken.
      const asked = anatomyOf(query).selectors.map((selector) =>
        api
          .query(`max${by(only.flatMap(({ labels }) => labels))}(timestamp(${selector}))`, nowMs(), signal)
          .then(newestOf(only)),
      )
      const found = (await Promise.all(asked)).flat()
      // A metric that has no series (no 5xx was ever counted) says nothing about the others.
      return found.length === 0 ? null : Math.round(1000 * Math.min(...found))
    },
    study: (query) => ({ reachMs: anatomyOf(query).reachMs, compared: comparedIn(query) }),
    link: (query, { fromMs, toMs }) => {
      const minutes = Math.max(1, Math.ceil((toMs - fromMs) / 60_000))
      const end = new Date(toMs).toISOString().slice(0, 19).replace('T', ' ')
      const graph = { 'g0.expr': query, 'g0.tab': '0', 'g0.range_input': `${minutes}m`, 'g0.end_input': end }
      return `${config.link ?? config.url}/graph?${new URLSearchParams(graph)}`
    },
    doctor: (signal) => examine(api, config.url, nowMs, signal),
  }
}

const by = (labels: readonly string[]): string => (labels.length === 0 ? '' : ` by (${labels.join(', ')}) `)

/** Unix seconds of the newest sample among the series that agree; none where there are none. */
const newestOf =
  (only: Only) =>
  (series: readonly Series[]): readonly number[] => {
    const seconds = series.filter(agrees(only)).flatMap(({ points }) => points.map(({ value }) => value))
    return seconds.length === 0 ? [] : [Math.max(...seconds)]
  }

async function examine(api: Api, url: string, nowMs: () => number, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const ready = await api.ready(signal)
    if (ready === false)
      return [{ code: 'monitor.starting', state: 'missing', wording: wording('monitor.starting', { url }) }]
    await api.query('1', nowMs(), signal)
    return [{ code: 'monitor.answers', state: 'works', wording: wording('monitor.answers', { url }) }]
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    return [{ code: cause.code, state: 'missing', wording: cause.hint }]
  }
}
