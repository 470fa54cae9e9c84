import type { Labels } from './exposition.ts'
import { Evaluation } from './promql/evaluate.ts'
import { parse } from './promql/parse.ts'
import { type Store, signatureOf } from './store.ts'

/** An alerting rule: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  readonly forMs: number
  readonly labels: Labels
  readonly annotations: (labels: Labels, value: number) => Labels
}

/** What Prometheus posts to Alertmanager of one alert. `endsAt` null: it fires. Unix milliseconds. */
export interface Fired {
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: number
  readonly endsAt: number | null
  readonly generatorURL: string
}

interface Active {
  readonly since: number
  /** Null while it is pending. */
  readonly firedAt: number | null
  readonly told: Fired | null
}

export interface RulesOptions {
  readonly store: Store
  readonly rules: readonly AlertingRule[]
  /** Where its graphs are. */
  readonly url: string
  readonly now: () => number
  readonly everyMs: number
  readonly tell: (alerts: readonly Fired[]) => void
}

/** Evaluates rules again and again; what fires, and what fires no more, is told after each round. */
export class Rules {
  readonly #of: RulesOptions
  readonly #active = new Map<AlertingRule, Map<string, Active>>()
  readonly #timer: NodeJS.Timeout

  constructor(of: RulesOptions) {
    this.#of = of
    this.#timer = setInterval(() => this.#round(), of.everyMs).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #round(): void {
    const now = this.#of.now()
    const alerts = this.#of.rules.flatMap((rule) => this.#evaluate(rule, now))
    if (alerts.length > 0) this.#of.tell(alerts)
  }

  /** What a rule's expression has a value for is active; pending first, firing when it was so for long enough. */
  #evaluate(rule: AlertingRule, now: number): readonly Fired[] {
    // Anew each time: a series that was not there before counts, too.
    const value = new Evaluation(parse(rule.expr), this.#of.store).at(now)
    const found = value.kind === 'vector' ? value.elements : []
    const active = this.#active.get(rule) ?? new Map<string, Active>()
    this.#active.set(rule, active)
    const seen = new Set<string>()
    const alerts: Fired[] = []
    for (const { labels: own, value: of } of found) {
      const { __name__: _, ...rest } = own
      const labels = { ...rest, ...rule.labels, alertname: rule.alert }
      const key = signatureOf(labels)
      seen.add(key)
      const { since, firedAt: before } = active.get(key) ?? { since: now, firedAt: null }
      const firedAt = before ?? (now - since >= rule.forMs ? now : null)
      const told =
        firedAt === null
          ? null
          : { labels, annotations: rule.annotations(labels, of), startsAt: firedAt, endsAt: null, ...this.#page(rule) }
      active.set(key, { since, firedAt, told })
      if (told) alerts.push(told)
    }
    for (const [key, { told }] of active) {
      if (seen.has(key)) continue
      active.delete(key)
      if (told) alerts.push({ ...told, endsAt: now })
    }
    return alerts
  }

  #page(rule: AlertingRule): Pick<Fired, 'generatorURL'> {
    const query = new URLSearchParams({ 'g0.expr': rule.expr, 'g0.tab': '1' })
    return { generatorURL: `${this.#of.url}/graph?${query}` }
  }
}
