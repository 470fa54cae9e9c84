import { z } from 'zod'
import { type Alert, bounded } from '../../../core/alert/alert.ts'

const Time = z.iso.datetime({ offset: true }).nullish()

/** https://docs.sentry.io/integrations/integration-platform/webhooks/metric-alerts/ */
const MetricAlert = z.object({
  action: z.enum(['critical', 'warning', 'resolved']),
  data: z.object({
    description_text: z.string().default(''),
    description_title: z.string().default(''),
    web_url: z.string().default(''),
    metric_alert: z.object({
      id: z.union([z.string().min(1), z.number()]).transform(String),
      title: z.string().default(''),
      date_started: Time,
      date_detected: Time,
      date_closed: Time,
      projects: z.array(z.string()).default([]),
      alert_rule: z.object({ name: z.string().default(''), environment: z.string().nullish() }).optional(),
    }),
  }),
})

/** A metric alert: critical and warning fire, both under the id of Sentry's own incident. */
export function metricAlert(payload: unknown, now: string): Alert | 'unreadable' {
  const read = MetricAlert.safeParse(payload)
  if (!read.success) return 'unreadable'
  const { action, data } = read.data
  const { metric_alert: alert } = data
  const environment = alert.alert_rule?.environment
  const [project] = alert.projects
  return bounded({
    fingerprint: `metric ${alert.id}`,
    status: action === 'resolved' ? 'resolved' : 'firing',
    startsAt: instant(alert.date_started ?? alert.date_detected ?? now),
    endsAt: action === 'resolved' ? instant(alert.date_closed ?? now) : null,
    name: alert.alert_rule?.name || alert.title || data.description_title,
    summary: data.description_text,
    labels: {
      severity: action,
      ...(environment && { environment }),
      ...(project !== undefined && { project }),
    },
    link: data.web_url,
    expression: null,
    release: null,
  })
}

const instant = (text: string): string => Temporal.Instant.from(text).toString()
