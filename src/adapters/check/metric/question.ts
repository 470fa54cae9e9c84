import { Fault } from '../../../core/fault.ts'
import type { Evidence } from '../../../core/release/release.ts'
import type { Wording } from '../../../core/wording.ts'
import type { Platform } from '../../../ports/adapter.ts'
import type { Check, CheckAbout } from '../../../ports/check.ts'
import { agrees, type Monitor, type Series, type Span } from '../../../ports/monitor.ts'
import { measuredValues } from '../../../text/measured.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import { judge, type Question, type Verdict } from './judge.ts'
import { lookBack } from './past.ts'
import { baselineSpan, traceSpan, windowSpan } from './spans.ts'

interface Seen {
  readonly passed: boolean
  readonly seen: Evidence
}

/** Asks a question again and again, with what was there before the release beside it. */
export function ask(question: Question, monitor: Monitor, { clock }: Pick<Platform, 'clock'>): Check {
  const { name, title, query, forMs, only } = question
  const { reachMs } = monitor.study(query)
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
    const range = async (span: Span) => (await monitor.range(query, span, signal)).filter(agrees(only))
    const [newestMs, window, trace, before] = await Promise.all([
      monitor.newest(query, signal, only),
      range(spans.window),
      range(spans.trace),
      baseline?.releasedAt === about.releasedAt ? baseline.series : range(spans.baseline),
    ])
    baseline = { releasedAt: about.releasedAt, series: before }
    const verdict = judge(question, about, {
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
    name: title,
    // Where it burned, that is out of the oldest value of the window only then.
    needsMs: forMs + reachMs,
    past: (span, signal) => lookBack(question, monitor, span, signal),
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
