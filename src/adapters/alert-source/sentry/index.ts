import { z } from 'zod'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import { secret } from '../../../ports/secret.ts'
import { hmacMatches, json } from '../wire.ts'
import { eventAlert } from './event-alert.ts'
import { issue } from './issue.ts'
import { metricAlert } from './metric-alert.ts'

const Config = z.strictObject({
  clientSecret: secret().describe('The client secret of the internal integration'),
})

/** What we read; everything else that an integration may subscribe to is taken and left alone. */
const readers = new Map([
  ['event_alert', eventAlert],
  ['metric_alert', metricAlert],
  ['issue', issue],
])

/**
 * https://docs.sentry.io/integrations/integration-platform/webhooks/: `Sentry-Hook-Signature` is the hex HMAC-SHA256 of the raw
 * body. An issue alert never says that it is over: its issue does, under the same id.
 */
export const sentry = defineAlertSourceAdapter({
  port: 'alert-source',
  id: 'sentry',
  title: 'Sentry',
  config: Config,
  open: ({ clientSecret }, { clock }) => ({
    read({ headers, body }) {
      if (!hmacMatches(clientSecret, [body], headers['sentry-hook-signature'] ?? ''))
        return { refused: 401, why: 'no right signature in Sentry-Hook-Signature' }
      const resource = headers['sentry-hook-resource'] ?? ''
      const reader = readers.get(resource)
      const payload = json(body)
      if (payload === undefined) return { refused: 400, why: 'the body is no JSON' }
      if (!reader) return { alerts: [], left: 0, reply: '' }
      const alert = reader(payload, clock.now().toString())
      if (alert === 'unreadable') return { refused: 400, why: `no ${resource} as Sentry documents it` }
      return { alerts: alert === 'unimportant' ? [] : [alert], left: 0, reply: '' }
    },
  }),
})
