import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'
import { secret } from '../../../ports/secret.ts'
import { address } from '../address.ts'

export const PagerDutyConfig = z.strictObject({
  routingKey: secret().optional().describe('The integration key for people and services without one of their own'),
  services: z
    .record(z.string(), secret())
    .default({})
    .describe('An integration key (Events API v2) for each of your services'),
  webhookSecrets: z
    .array(secret())
    .min(1, { error: 'needs the secret of the webhook subscription: without it no acknowledgement comes back' })
    .describe('The secrets of the v3 webhook subscription: one, or two while it is being changed'),
  apiToken: secret().optional().describe('A read-only REST key: lets Astern ask what became of a page'),
  url: address().default('https://events.pagerduty.com').describe('https://events.eu.pagerduty.com in the EU'),
  apiUrl: address().default('https://api.pagerduty.com').describe('https://api.eu.pagerduty.com in the EU'),
  timeout: duration().default(5000).describe('How long one request may take'),
})
export type PagerDutyConfig = z.infer<typeof PagerDutyConfig>

export const PagerDutyContact = z.strictObject({
  user: z
    .string()
    .regex(/^[A-Z0-9]{4,32}$/, { error: 'expected the id of a user of PagerDuty, like PLH1HKV' })
    .describe('Her user id: how an acknowledgement is known to be hers'),
  routingKey: secret().optional().describe('The integration key of a service of PagerDuty that wakes only her'),
})
export type PagerDutyContact = z.infer<typeof PagerDutyContact>
