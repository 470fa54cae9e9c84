import { z } from 'zod'
import type { Alert } from '../../../core/alert/alert.ts'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import { secret } from '../../../ports/secret.ts'
import { PostedAlert, postedAlert } from '../posted.ts'
import { bearerMatches, json } from '../wire.ts'

const Config = z.strictObject({
  bearer: secret().describe('What Alertmanager sends: http_config.authorization.credentials'),
})

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config and notify/webhook/webhook.go. */
const Payload = z.object({
  version: z.literal('4'),
  truncatedAlerts: z.number().int().nonnegative().default(0),
  alerts: z.array(PostedAlert),
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

function alertOf(posted: z.infer<typeof PostedAlert>): Alert {
  const link = posted.generatorURL
  return postedAlert(posted, { link, expression: URL.parse(link)?.searchParams.get('g0.expr') ?? null })
}
