import { z } from 'zod'
import type { Alert } from '../../../core/alert/alert.ts'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import type { AlertRequest } from '../../../ports/alert-source.ts'
import type { Clock } from '../../../ports/clock.ts'
import { secret } from '../../../ports/secret.ts'
import { PostedAlert, postedAlert } from '../posted.ts'
import { bearerMatches, hmacMatches, json } from '../wire.ts'

const header = (fallback: string) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .toLowerCase()
    .default(fallback)

const Config = z
  .strictObject({
    secret: secret().optional().describe('The HMAC secret of the contact point'),
    signatureHeader: header('x-grafana-alerting-signature'),
    timestampHeader: z
      .string()
      .regex(/^[\w-]+$/)
      .toLowerCase()
      .optional(),
    bearer: secret().optional().describe('Authorization credentials of the contact point, where it signs nothing'),
  })
  .refine((one) => (one.secret === undefined) !== (one.bearer === undefined), {
    error: 'give the secret of its HMAC, or a bearer token; one of the two',
  })
type Config = z.infer<typeof Config>

const Posted = PostedAlert.extend({ panelURL: z.string().default(''), dashboardURL: z.string().default('') })

/** https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/ */
const Payload = z.object({
  version: z.string().optional(),
  truncatedAlerts: z.number().int().nonnegative().nullish(),
  alerts: z.array(Posted),
})

export const grafana = defineAlertSourceAdapter({
  port: 'alert-source',
  id: 'grafana',
  title: 'Grafana',
  config: Config,
  open: (config, { clock }) => ({
    read(request) {
      const no = unproven(config, request, clock)
      if (no) return { refused: 401, why: no }
      const payload = Payload.safeParse(json(request.body))
      if (!payload.success) return { refused: 400, why: `no Grafana webhook: ${z.prettifyError(payload.error)}` }
      const { alerts, truncatedAlerts } = payload.data
      return { alerts: alerts.map(alertOf), left: truncatedAlerts ?? 0, reply: '' }
    },
  }),
})

const windowS = 300

/** Hex HMAC-SHA256 of `[unixSeconds ":"] rawBody`; see grafana/alerting `http/hmac.go`. Null when it is proven. */
function unproven(config: Config, request: AlertRequest, clock: Clock): string | null {
  const { headers, body } = request
  if (!config.secret)
    return config.bearer && bearerMatches(config.bearer, request) ? null : 'wrong or missing bearer token'
  const given = headers[config.signatureHeader] ?? ''
  if (!config.timestampHeader)
    return hmacMatches(config.secret, [body], given) ? null : `no right signature in ${config.signatureHeader}`
  const time = headers[config.timestampHeader] ?? ''
  if (!/^\d{1,12}$/.test(time)) return `no time in ${config.timestampHeader}`
  if (Math.abs(clock.now().epochMilliseconds / 1000 - Number(time)) > windowS) return 'signed too long ago'
  return hmacMatches(config.secret, [`${time}:`, body], given)
    ? null
    : `no right signature in ${config.signatureHeader}`
}

function alertOf(posted: z.infer<typeof Posted>): Alert {
  const { panelURL, dashboardURL, generatorURL } = posted
  return postedAlert(posted, { link: panelURL || dashboardURL || generatorURL, expression: null })
}
