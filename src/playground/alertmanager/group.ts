import { fingerprint } from './fingerprint.ts'

export type Labels = Readonly<Record<string, string>>

/** One alert as Prometheus posts it; `endsAt` null: it fires. Unix milliseconds. */
export interface Alert {
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: number
  readonly endsAt: number | null
  readonly generatorURL: string
}

/** What was told last of a group, as its notification log keeps it. */
export interface Notified {
  readonly at: number
  readonly firing: ReadonlySet<string>
  readonly resolved: ReadonlySet<string>
}

/** Whether a group has news: https://github.com/prometheus/alertmanager `DedupStage.needsUpdate`, with `send_resolved`. */
export function needsUpdate(last: Notified | null, alerts: readonly Alert[], now: number, repeatMs: number): boolean {
  const { firing, resolved } = sorted(alerts)
  if (!last) return firing.size > 0
  if (!firing.isSubsetOf(last.firing)) return true
  if (firing.size === 0) return last.firing.size > 0
  if (!resolved.isSubsetOf(last.resolved)) return true
  return now - last.at >= repeatMs
}

export function sorted(alerts: readonly Alert[]): Pick<Notified, 'firing' | 'resolved'> {
  const of = (ended: boolean) =>
    new Set(alerts.filter(({ endsAt }) => (endsAt !== null) === ended).map(({ labels }) => fingerprint(labels)))
  return { firing: of(false), resolved: of(true) }
}

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config, version 4. */
export function webhook(
  receiver: string,
  groupLabels: Labels,
  alerts: readonly Alert[],
  externalURL: string,
): Record<string, unknown> {
  const firing = alerts.some(({ endsAt }) => endsAt === null)
  const words = Object.entries(groupLabels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return {
    receiver,
    status: firing ? 'firing' : 'resolved',
    alerts: alerts.map((alert) => ({
      status: alert.endsAt === null ? 'firing' : 'resolved',
      labels: alert.labels,
      annotations: alert.annotations,
      startsAt: new Date(alert.startsAt).toISOString(),
      endsAt: alert.endsAt === null ? '0001-01-01T00:00:00Z' : new Date(alert.endsAt).toISOString(),
      generatorURL: alert.generatorURL,
      fingerprint: fingerprint(alert.labels),
    })),
    groupLabels,
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL,
    version: '4',
    groupKey: `{}:{${words.join(', ')}}`,
    truncatedAlerts: 0,
  }
}

/** What all of them have alike. */
function common(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  )
}
