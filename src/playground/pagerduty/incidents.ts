import { randomBytes, randomUUID } from 'node:crypto'
import type { PdEvent } from './check.ts'

export interface PdUser {
  readonly id: string
  readonly name: string
}

/** A service of PagerDuty: one integration key, and whom its escalation policy wakes. */
export interface PdService {
  readonly name: string
  readonly routingKey: string
  readonly user: string
}

export interface PdIncident {
  readonly id: string
  readonly number: number
  readonly key: string
  readonly routingKey: string
  readonly service: string
  readonly user: string
  readonly title: string
  readonly severity: string
  readonly link: string | null
  readonly createdAt: string
  status: 'triggered' | 'acknowledged' | 'resolved'
  /** When the status last changed, and by whom: a user's id, or null for an integration. */
  changedAt: string
  changedBy: string | null
  /** How often the same alert was triggered again. */
  repeats: number
}

/** What happened, for the webhooks. `by`: a user's id, or null where an integration did it. */
export type Happened = (
  type: 'incident.triggered' | 'incident.acknowledged' | 'incident.resolved',
  incident: PdIncident,
  by: string | null,
) => void

/** Alerts become incidents; an event applies to the open one with its `dedup_key` and its routing key, and is dropped otherwise. */
export class Incidents {
  readonly #services: readonly PdService[]
  readonly #now: () => number
  readonly #happened: Happened
  readonly all: PdIncident[] = []

  constructor(services: readonly PdService[], now: () => number, happened: Happened) {
    this.#services = services
    this.#now = now
    this.#happened = happened
  }

  /** The service of an integration key; undefined for a key that nobody made. */
  service(routingKey: string): PdService | undefined {
    return this.#services.find((service) => service.routingKey === routingKey)
  }

  /** Takes a checked event and answers with its key. */
  take(event: PdEvent): string {
    const key = event.dedup_key ?? randomUUID().replaceAll('-', '')
    const open = this.all.find(
      (one) => one.key === key && one.routingKey === event.routing_key && one.status !== 'resolved',
    )
    if (event.event_action === 'trigger') {
      if (open) open.repeats += 1
      else this.#open(key, event)
    } else if (open) this.change(open.id, event.event_action === 'resolve' ? 'resolved' : 'acknowledged', null)
    return key
  }

  /** Somebody, or an integration, acknowledges or resolves; false where that changes nothing. */
  change(id: string, to: 'acknowledged' | 'resolved', by: string | null): boolean {
    const incident = this.all.find((one) => one.id === id)
    if (!incident || incident.status === 'resolved' || incident.status === to) return false
    incident.status = to
    incident.changedAt = this.#at()
    incident.changedBy = by
    this.#happened(`incident.${to}`, incident, by)
    return true
  }

  #open(key: string, { routing_key: routingKey, payload, client_url: link }: PdEvent): void {
    const service = this.service(routingKey)
    if (!service || !payload) return
    const at = this.#at()
    const incident: PdIncident = {
      id: `P${randomBytes(4).toString('hex').toUpperCase()}`,
      number: this.all.length + 1,
      key,
      routingKey,
      service: service.name,
      user: service.user,
      title: payload.summary,
      severity: payload.severity,
      link: link ?? null,
      createdAt: at,
      status: 'triggered',
      changedAt: at,
      changedBy: null,
      repeats: 0,
    }
    this.all.push(incident)
    this.#happened('incident.triggered', incident, null)
  }

  #at(): string {
    return new Date(this.#now()).toISOString()
  }
}
