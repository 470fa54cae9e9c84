import { z } from 'zod'
import { type Alert, bounded } from '../../core/alert/alert.ts'

const Labels = z.record(z.string(), z.string())

/** One alert as Alertmanager posts it, and Grafana, whose alerting is built on it: prometheus/alertmanager `template/template.go`. */
export const PostedAlert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Labels,
  annotations: Labels.default({}),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  generatorURL: z.string().default(''),
  fingerprint: z.string().min(1),
})

export function postedAlert(
  posted: z.infer<typeof PostedAlert>,
  { link, expression }: Pick<Alert, 'link' | 'expression'>,
): Alert {
  const { status, labels, annotations, startsAt, endsAt, fingerprint } = posted
  return bounded({
    fingerprint,
    status,
    startsAt: Temporal.Instant.from(startsAt).toString(),
    // A firing alert carries the zero time, or when it would end by itself.
    endsAt: status === 'resolved' ? Temporal.Instant.from(endsAt).toString() : null,
    name: labels.alertname ?? fingerprint,
    summary: annotations.summary ?? annotations.description ?? annotations.message ?? '',
    labels,
    link,
    expression,
    release: null,
  })
}
