import { readFileSync } from 'node:fs'

/** An alert as a story tells it. */
export interface Firing {
  readonly fingerprint: string
  readonly status?: 'firing' | 'resolved'
  readonly region?: string
  readonly service?: string
  readonly name?: string
  readonly summary?: string
  /** What fired, as its source's link tells. */
  readonly expression?: string
  /** Unix milliseconds. */
  readonly startsAtMs: number
}

export const alertsToken = 'stage-alerts-token-0123456789'

/** The configuration of a source `am`, and its secret. */
export const alerting = {
  sections: 'alertSources:\n  am: { adapter: alertmanager, bearer: { env: ALERTS_TOKEN } }\n',
  env: { ALERTS_TOKEN: alertsToken },
}

/** Stands in eu-1, asks payment-svc as the shop's services then do, and has a channel of its own. */
export const withCart = (channel: string) => ({
  service: 'dependsOn: [payment-svc]',
  services: `
  cart-svc:
    tier: critical
    team: payment
    channels: { slack: ${channel} }
    dependsOn: [payment-svc]
    environments:
      production:
        regions:
          eu-1: { targets: { app: { connection: eu, kind: Deployment, namespace: shop, name: cart-svc } } }`,
})

/** What a real Alertmanager posted. */
const posted = JSON.parse(
  readFileSync(new URL('../fixtures/alertmanager/webhook-firing.json', import.meta.url), 'utf8'),
) as { alerts: Record<string, unknown>[] }

/** Posts alerts as Alertmanager does. Throws when they were not taken. */
export async function fire(url: string, ...alerts: readonly Firing[]): Promise<void> {
  const status = await tell(url, ...alerts)
  if (status !== 200) throw new Error(`the alerts were answered ${status}`)
}

/** The same, answering with the status; rejects where nobody answers. */
export async function tell(url: string, ...alerts: readonly Firing[]): Promise<number> {
  const [sample] = posted.alerts
  const body = JSON.stringify({
    ...posted,
    alerts: alerts.map(
      ({ fingerprint, status = 'firing', region, service, name, summary, expression, startsAtMs }) => ({
        ...sample,
        status,
        fingerprint,
        labels: {
          ...(sample?.labels as object),
          alertname: name ?? 'HighErrorRate',
          service: service ?? 'checkout-svc',
          ...(region && { region }),
        },
        annotations: { summary: summary ?? '5xx ratio 41.29%' },
        ...(expression && {
          generatorURL: `http://prometheus.example/graph?g0.expr=${encodeURIComponent(expression)}`,
        }),
        startsAt: new Date(startsAtMs).toISOString(),
        endsAt: status === 'resolved' ? new Date().toISOString() : '0001-01-01T00:00:00Z',
      }),
    ),
  })
  const response = await fetch(`${url}/alerts/am`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${alertsToken}` },
  })
  await response.body?.cancel()
  return response.status
}
