import { Fault } from '../../../core/fault.ts'
import type { Evidence } from '../../../core/release/release.ts'
import type { Wording } from '../../../core/wording.ts'
import { type CheckGiven, defineCheckAdapter } from '../../../ports/adapter.ts'
import type { Check, CheckAbout } from '../../../ports/check.ts'
import type { Series } from '../../../ports/monitor.ts'
import { measuredValues } from '../../../text/measured.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import { MetricCheckConfig } from './config.ts'
import { judge, type Verdict } from './judge.ts'
import { baselineSpan, traceSpan, windowSpan } from './spans.ts'

/** Asks a monitor whether a metric is well again. */
export const metric = defineCheckAdapter<MetricCheckConfig>({
  port: 'check',
  id: 'metric',
  title: 'Metric',
  config: MetricCheckConfig,
  monitorOf: ({ monitor }) => monitor,
  open: (config, given) => metricCheck(config, given),
})

interface Seen {
  readonly passed: boolean
  readonly seen: Evidence
}

function metricCheck(config: MetricCheckConfig, { clock, monitor: monitorNamed }: CheckGiven): Check {
  const { name, query, forMs } = config
  const monitor = monitorNamed(config.monitor)
  const reachMs = monitor.reachMs(query)
  // Before that the newest value still holds samples from before the change.
  const earliestMs = Math.max(forMs, reachMs)
  /** The hour before a release does not change any more. */
  let baseline: { readonly releasedAt: string; readonly series: readonly Series[] } | null = null

  async function look(about: CheckAbout, signal: AbortSignal): Promise<Seen> {
    const nowMs = clock.now().epochMilliseconds
    const settledMs = Temporal.Instant.from(about.settledAt).epochMilliseconds
    const spans = {
      window: windowSpan(nowMs, forMs),
      trace: traceSpan(about, nowMs),
      baseline: baselineSpan(about, reachMs),
    }
    if (nowMs < settledMs + earliestMs) {
      const until = Temporal.Instant.fromEpochMilliseconds(settledMs + earliestMs).toString()
      const code = 'check.metric-waiting'
      return { passed: false, seen: { code, wording: wording(code, { name, until: { at: until } }) } }
    }
    const [newestMs, window, trace, before] = await Promise.all([
      monitor.newest(query, signal),
      monitor.range(query, spans.window, signal),
      monitor.range(query, spans.trace, signal),
      baseline?.releasedAt === about.releasedAt ? baseline.series : monitor.range(query, spans.baseline, signal),
    ])
    baseline = { releasedAt: about.releasedAt, series: before }
    const verdict = judge(config, about, {
      nowMs,
      newestMs,
      window: { span: spans.window, series: window },
      trace: { span: spans.trace, series: trace },
      baseline: { span: spans.baseline, series: before },
    })
    const link = monitor.link(query, spans.trace)
    return { passed: verdict.verdict === 'restored', seen: { ...told(name, forMs, verdict), link } }
  }

  return {
    name: `${name} ${config.side === 'above' ? '≤' : '≥'} ${config.written} (${Math.ceil(forMs / 1000)}s)`,
    // Where it burned, that is out of the oldest value of the window only then.
    needsMs: forMs + reachMs,
    async run(signal, about) {
      const start = clock.monotonicMs()
      const looked = await look(about, signal).catch((cause: unknown): Seen => {
        signal.throwIfAborted()
        if (!(cause instanceof Fault)) throw cause
        const code = 'check.metric-unknown'
        return { passed: false, seen: { code: cause.code, wording: wording(code, { name, why: cause.hint }) } }
      })
      return { ...looked, tookMs: Math.round(clock.monotonicMs() - start) }
    },
  }
}

function told(name: string, forMs: number, verdict: Verdict): Evidence {
  const of = (code: CheckKey, values: Wording['values'] = {}): Evidence => ({
    code,
    wording: wording(code, { name, ...values }),
  })
  switch (verdict.verdict) {
    case 'no-data':
      return of('check.metric-no-data')
    case 'stale':
      return of('check.metric-stale', { age: { ms: verdict.ageMs } })
    case 'gaps':
      return of('check.metric-gaps', { name: named(name, verdict.series), window: { ms: forMs } })
    case 'broken':
    case 'not-normal':
    case 'restored': {
      const { measured } = verdict
      const values = { ...measuredValues(measured), age: { ms: measured.sampleAgeMs } }
      return { ...of(`check.metric-${verdict.verdict}`, { ...values, name: named(name, measured.series) }), measured }
    }
  }
}

type CheckKey = Extract<TextKey, `check.metric-${string}`>

const named = (name: string, series: string | null): string => (series === null ? name : `${name} ${series}`)
