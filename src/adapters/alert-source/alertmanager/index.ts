import { z } from 'zod'
import { type Alert, bounded } from '../../../core/alert/alert.ts'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import { secret } from '../../../ports/secret.ts'
import { bearerMatches, json } from '../wire.ts'

const Config = z.strictObject({
  bearer: secret().describe('What Alertmanager sends: http_config.authorization.credentials'),
})

const Labels = z.record(z.string(), z.string())

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config and notify/webhook/webhook.go. */
const Payload = z.object({
  version: z.literal('4'),
  truncatedAlerts: z.number().int().nonnegative().default(0),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: Labels,
      annotations: Labels.default({}),
      startsAt: z.iso.datetime({ offset: true }),
      endsAt: z.iso.datetime({ offset: true }),
      generatorURL: z.string().default(''),
      fingerprint: z.string().min(1),
    }),
  ),
})

export const alertmanager = defineAlertSourceAdapter({
  port: 'alert-source',
  id: 'alertmanager',
  title: 'Alertmanager',
  config: Config,
  open: ({ bearer }) => ({
    read(request) {
      if (!bearerMatches(bearer, request)) return { refused: 401, why: 'wrong or missing bearer token' }
      const payload = Payload.safeParse(json(request.body))
      if (!payload.success)
        return { refused: 400, why: `no Alertmanager webhook of version 4: ${z.prettifyError(payload.error)}` }
      const { alerts, truncatedAlerts } = payload.data
      return { alerts: alerts.map(alertOf), left: truncatedAlerts, reply: '' }
    },
  }),
})

type Posted = z.infer<typeof Payload>['alerts'][number]

function alertOf({ status, labels, annotations, startsAt, endsAt, generatorURL, fingerprint }: Posted): Alert {
  return bounded({
    fingerprint,
    status,
    startsAt: Temporal.Instant.from(startsAt).toString(),
    // A firing alert carries the zero time, or when it would end by itself.
    endsAt: status === 'resolved' ? Temporal.Instant.from(endsAt).toString() : null,
    name: labels.alertname ?? fingerprint,
    summary: annotations.summary ?? annotations.description ?? annotations.message ?? '',
    labels,
    link: generatorURL,
    expression: URL.parse(generatorURL)?.searchParams.get('g0.expr') ?? null,
    release: null,
  })
}
