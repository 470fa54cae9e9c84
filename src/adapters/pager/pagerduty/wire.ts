import { z } from 'zod'

/* https://developer.pagerduty.com/docs/events-api-v2-overview and https://developer.pagerduty.com/docs/webhooks-overview */

/** Longer summaries are refused whole: https://developer.pagerduty.com/docs/send-alert-event */
export const longestSummary = 1024

/** What a refused event is answered with. */
export const refusal = z.object({ message: z.string().optional(), errors: z.array(z.string()).optional() })

/** `GET /incidents?incident_key=…`; the key of an incident that an event made is the event's `dedup_key`. */
export const incidents = z.object({ incidents: z.array(z.object({ id: z.string(), created_at: z.string() })) })

const event = z.object({
  id: z.string().min(1).max(200),
  event_type: z.string(),
  occurred_at: z.iso.datetime({ offset: true }),
  /** Null where nobody did it; not a user where an integration did, as our own acknowledge and resolve. */
  agent: z.object({ id: z.string(), type: z.string(), summary: z.string().optional() }).nullish(),
  data: z.looseObject({ incident_key: z.string().nullish() }),
})

/** One webhook holds one event. */
export const webhook = z.object({ event })
export type WebhookEvent = z.infer<typeof event>
