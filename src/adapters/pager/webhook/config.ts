import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'
import { secret } from '../../../ports/secret.ts'
import { address } from '../address.ts'

export const WebhookConfig = z.strictObject({
  url: address().describe('Where pages are posted'),
  secret: secret().describe('Signs what goes out and what comes in'),
  timeout: duration().default(5000).describe('How long one request may take'),
})
export type WebhookConfig = z.infer<typeof WebhookConfig>

export const WebhookContact = z.strictObject({
  address: z.string().min(1).describe('What the receiver calls her: a number, a user name'),
})
export type WebhookContact = z.infer<typeof WebhookContact>
