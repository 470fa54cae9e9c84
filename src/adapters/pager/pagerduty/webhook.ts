import type { PagerGiven, RouteHandler, RouteResponse } from '../../../ports/adapter.ts'
import type { Heard } from '../../../ports/pager.ts'
import { jsonOf } from '../ask.ts'
import type { PagerDutyConfig, PagerDutyContact } from './config.ts'
import { isSigned } from './signature.ts'
import { type WebhookEvent, webhook } from './wire.ts'

const acts: Readonly<Record<string, Heard['act']>> = {
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
}

const say = (status: number, body: string): RouteResponse => ({ status, body: `${body}\n` })

/**
 * Takes PagerDuty's v3 webhooks. They come at least once, and are sent again after 5xx and 429 but not after other answers:
 * https://developer.pagerduty.com/docs/webhooks-behavior. They carry no time of sending; the event's id makes a repeated one harmless.
 */
export const webhookHandler =
  (
    { webhookSecrets }: PagerDutyConfig,
    given: PagerGiven<PagerDutyContact>,
    hear: (heard: Heard) => Promise<void>,
  ): RouteHandler =>
  async ({ headers, body }) => {
    if (!isSigned(headers['x-pagerduty-signature'], body, webhookSecrets)) {
      given.log.warn('a webhook of PagerDuty was not signed with its secret', { pager: given.name })
      return say(401, 'This is not signed.')
    }
    const read = webhook.safeParse(jsonOf(Buffer.from(body).toString('utf8')))
    if (!read.success) return say(400, 'This is no event.')
    const { event } = read.data
    if (event.event_type === 'pagey.ping') return say(200, 'pong')
    const heard = heardIn(event, given)
    if (!heard) return say(202, 'Nothing to do.')
    await hear(heard)
    return say(202, 'Taken.')
  }

/** Null for what is no answer of a person: other events, and what integrations did. */
function heardIn(event: WebhookEvent, given: PagerGiven<PagerDutyContact>): Heard | null {
  const act = acts[event.event_type]
  const { agent, data } = event
  if (!act || agent?.type !== 'user_reference' || !data.incident_key) return null
  const person = [...given.contacts()].find(([, { user }]) => user === agent.id)?.[0] ?? null
  const at = Temporal.Instant.from(event.occurred_at).toString()
  const by = { person, account: agent.id, name: agent.summary ?? agent.id }
  return { id: event.id, key: data.incident_key, act, by, at }
}
