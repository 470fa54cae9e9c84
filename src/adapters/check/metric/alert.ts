import { Fault } from '../../../core/fault.ts'
import type { Limit, Unit } from '../../../core/release/measured.ts'
import type { Evidence } from '../../../core/release/release.ts'
import type { Platform } from '../../../ports/adapter.ts'
import type { Check, CheckAbout } from '../../../ports/check.ts'
import { agrees, type Monitor, type Only } from '../../../ports/monitor.ts'
import { type TextKey, type Values, wording } from '../../../text/say.ts'
import { ask } from './question.ts'
import { windowSpan } from './spans.ts'

/** An alert that fired, as a question. */
export interface AlertQuestion {
  readonly name: string
  /** What fired. */
  readonly expression: string
  /** What is broken, where the expression itself does not say. */
  readonly compared: { readonly query: string; readonly limit: Limit; readonly unit: Unit } | null
  readonly forMs: number
  readonly only: Only
}

/** Asks again what fired: its value against its own limit, or, where that cannot be told apart, whether it still has one at all. */
export function askAgain(question: AlertQuestion, monitor: Monitor, given: Pick<Platform, 'clock'>): Check {
  const { name, expression, forMs, only } = question
  const compared = question.compared ?? monitor.study(expression).compared
  if (compared) return ask({ name, title: name, ...compared, forMs, only }, monitor, given)
  return fallenSilent(question, monitor, given)
}

/** An expression without a value in the whole window, while what it is made of is measured. */
function fallenSilent(
  { name, expression, forMs, only }: AlertQuestion,
  monitor: Monitor,
  { clock }: Pick<Platform, 'clock'>,
): Check {
  const { reachMs } = monitor.study(expression)
  const earliestMs = Math.max(forMs, reachMs)

  async function look({ settledAt }: CheckAbout, signal: AbortSignal): Promise<Evidence & { passed: boolean }> {
    const say = (code: TextKey, values: Values = {}) => ({
      passed: code === 'check.alert-silent',
      code,
      wording: wording(code, { name, ...values }),
    })
    const nowMs = clock.now().epochMilliseconds
    const fromMs = Temporal.Instant.from(settledAt).epochMilliseconds + earliestMs
    const at = Temporal.Instant.fromEpochMilliseconds(fromMs).toString()
    if (nowMs < fromMs) return say('check.metric-waiting', { until: { at } })
    const span = windowSpan(nowMs, forMs)
    const [newestMs, all] = await Promise.all([
      monitor.newest(expression, signal, only),
      monitor.range(expression, span, signal),
    ])
    const link = monitor.link(expression, { fromMs: nowMs - Math.max(3_600_000, forMs), toMs: nowMs })
    if (newestMs === null) return { ...say('check.metric-no-data'), link }
    if (newestMs < span.fromMs) return { ...say('check.metric-stale', { age: { ms: nowMs - newestMs } }), link }
    const fires = all.some((series) => agrees(only)(series))
    return { ...say(fires ? 'check.alert-fires' : 'check.alert-silent', { window: { ms: forMs } }), link }
  }

  return {
    name,
    needsMs: forMs + reachMs,
    async run(signal, about) {
      const start = clock.monotonicMs()
      const { passed, ...seen } = await look(about, signal).catch((cause: unknown) => {
        signal.throwIfAborted()
        if (!(cause instanceof Fault)) throw cause
        const why = wording('check.metric-unknown', { name, why: cause.hint })
        return { passed: false, code: cause.code, wording: why }
      })
      return { passed, seen, tookMs: Math.round(clock.monotonicMs() - start) }
    },
  }
}
