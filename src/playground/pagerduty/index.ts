import { randomBytes } from 'node:crypto'
import { loopback } from '../loopback.ts'
import { handler, type Trouble } from './handle.ts'
import { Incidents, type PdIncident, type PdService, type PdUser } from './incidents.ts'
import { type Delivered, type Subscription, Webhooks } from './webhooks.ts'

export type { Trouble } from './handle.ts'
export type { PdService, PdUser } from './incidents.ts'
export { type Delivered, type Subscription, signatures } from './webhooks.ts'

/** One page as a phone shows it. */
export interface PageShown {
  readonly id: string
  readonly key: string
  readonly user: string
  readonly name: string
  readonly title: string
  readonly severity: string
  readonly link: string | null
  readonly status: PdIncident['status']
  readonly at: string
  readonly changedAt: string
  /** Null: an integration did it, or nobody yet. */
  readonly changedBy: string | null
}

export interface PlaygroundPagerDuty {
  /** Where both its APIs are; `GET /pages` tells what is on which phone. */
  readonly url: string
  /** Returns the way to end it. */
  subscribe(subscription: Subscription): () => void
  pages(): readonly PageShown[]
  /** What a user does in the app of PagerDuty; false where that changes nothing. */
  acknowledge(incident: string, user: string): boolean
  resolve(incident: string, user: string): boolean
  /** Sends `pagey.ping`, as the button for a test event does. */
  ping(): void
  /** What the next requests meet, in order; after them all is well. */
  meet(...troubles: readonly Trouble[]): void
  /** Every event that was accepted, and the webhooks that were sent. */
  accepted(): readonly Readonly<Record<string, unknown>>[]
  delivered(): readonly Delivered[]
  settled(): Promise<void>
  close(): Promise<void>
}

export interface PagerDutyOptions {
  readonly users: readonly PdUser[]
  readonly services: readonly PdService[]
  readonly apiToken?: string
  readonly now?: () => number
  /** Before a webhook is sent again the first time. */
  readonly retryMs?: number
}

/** A strict local PagerDuty: Events API v2, the REST calls that Astern asks, v3 webhooks. */
export async function startPagerDuty(options: PagerDutyOptions): Promise<PlaygroundPagerDuty> {
  const { users, services, now = Date.now, retryMs = 200 } = options
  const webhooks = new Webhooks(retryMs)
  const reference = (kind: string, id: string, summary: string) => ({
    id,
    type: `${kind}_reference`,
    summary,
    self: `https://api.pagerduty.com/${kind}s/${id}`,
    html_url: `https://playground.pagerduty.com/${kind}s/${id}`,
  })
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name ?? id
  const eventId = () => `01${randomBytes(12).toString('hex').toUpperCase()}`
  const incidents = new Incidents(services, now, (type, incident, by) =>
    webhooks.send({
      id: eventId(),
      event_type: type,
      resource_type: 'incident',
      occurred_at: incident.changedAt,
      agent: by
        ? reference('user', by, nameOf(by))
        : { ...reference('inbound_integration', 'PINTEGR', 'Events API V2'), type: 'inbound_integration_reference' },
      client: by ? { name: 'PagerDuty' } : null,
      data: {
        id: incident.id,
        type: 'incident',
        number: incident.number,
        status: incident.status,
        incident_key: incident.key,
        created_at: incident.createdAt,
        title: incident.title,
        service: reference('service', incident.service, incident.service),
        assignees: [reference('user', incident.user, nameOf(incident.user))],
        urgency: incident.severity === 'critical' ? 'high' : 'low',
      },
    }),
  )
  const troubles: Trouble[] = []
  const accepted: Readonly<Record<string, unknown>>[] = []
  const pages = () =>
    incidents.all.map(
      ({ id, key, user, title, severity, link, status, createdAt, changedAt, changedBy }): PageShown => ({
        id,
        key,
        user,
        name: nameOf(user),
        title,
        severity,
        link,
        status,
        at: createdAt,
        changedAt,
        changedBy,
      }),
    )
  const server = await loopback(
    handler({ incidents, users, apiToken: options.apiToken ?? null, troubles, accepted, pages }),
  )
  return {
    url: server.url,
    subscribe: (subscription) => webhooks.subscribe(subscription),
    pages,
    acknowledge: (id, user) => incidents.change(id, 'acknowledged', user),
    resolve: (id, user) => incidents.change(id, 'resolved', user),
    ping: () =>
      webhooks.send({
        id: eventId(),
        event_type: 'pagey.ping',
        resource_type: 'pagey',
        occurred_at: new Date(now()).toISOString(),
        agent: users[0] ? reference('user', users[0].id, users[0].name) : null,
        client: null,
        data: { message: 'Hello from your friend Pagey!', type: 'ping' },
      }),
    meet: (...more) => void troubles.push(...more),
    accepted: () => accepted,
    delivered: () => webhooks.log,
    settled: () => webhooks.settled(),
    async close() {
      await server.close()
      await webhooks.close()
    },
  }
}
