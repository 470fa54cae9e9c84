import type { Account, PersonId } from '../actor.ts'
import type { Deed, Delivery } from '../delivery/delivery.ts'
import type { AsternEvent, EventType, Recorded } from '../event.ts'
import type { Wording } from '../wording.ts'
import { type Controls, controls, refusedControls } from './controls.ts'
import { ruleOfRefusal } from './rules.ts'
import { saidOf } from './said.ts'

/** One line of an audit: who did what, when, by which rule, and what she saw. */
export interface AuditEntry {
  readonly position: number
  readonly at: string
  /** `refused`: somebody was told no. */
  readonly type: EventType | 'refused'
  readonly by: 'person' | 'astern' | 'operator' | 'erased'
  readonly person: PersonId | null
  readonly account: Account | null
  readonly service: string | null
  readonly incident: string | null
  readonly rollback: string | null
  readonly what: Wording
  /** In her own words, where she gave some: untrusted. */
  readonly reason: string | null
  /** Of the policy. */
  readonly rule: string | null
  /** Under which words of the policy she had the right. */
  readonly roles: readonly string[]
  /** What the plan and its preview were when she decided; hex digests. */
  readonly plan: string | null
  readonly preview: string | null
  /** Digest of the configuration in force. */
  readonly config: string
  readonly hash: string
  readonly controls: Controls
}

interface Line {
  readonly service: string
  readonly incident: string
  readonly plan: string
  readonly preview: string
}

/** What happened before the first event that is taken. */
interface Known {
  rollback(id: string): { readonly service: string; readonly incident: string } | null
  incident(id: string): { readonly service: string } | null
}

/** So many are remembered at once: what a line needs from before it stands close to it. */
const remembered = 20_000

/** Makes entries of events, one after the other, in bounded memory. `known` answers for what happened before the first one. */
export class Audit {
  readonly #rollbacks = new Map<string, Line>()
  readonly #incidents = new Map<string, string>()
  readonly #open = new Map<string, { readonly delivery: Delivery; readonly recorded: Recorded }>()
  readonly #known: Known | null

  constructor(known: Known | null = null) {
    this.#known = known
  }

  /** The entry of an event; null for one that an audit does not show. */
  take(recorded: Recorded): AuditEntry | null {
    const { event } = recorded
    this.#remember(recorded)
    if (event.type === 'delivery.received') return null
    if (event.type === 'delivery.handled') return this.#refusal(recorded, event.data)
    const own = Object.hasOwn(controls, event.type) ? controls[event.type] : undefined
    if (!own) return null
    return { ...this.#common(recorded, recorded.stream), type: event.type, ...saidOf(event), controls: own }
  }

  #common(recorded: Recorded, stream: string) {
    const { position, at, actor, config, hash } = recorded
    const about = this.#about(stream, recorded.event)
    return {
      position,
      at,
      by: actor.kind,
      person: actor.kind === 'person' ? actor.person : null,
      account: actor.kind === 'person' ? actor.account : null,
      config,
      hash,
      reason: null,
      rule: null,
      roles: [] as readonly string[],
      ...about,
    }
  }

  /** What somebody wanted, and was told no to: who, from the delivery; where, from what its button or dialog was bound to. */
  #refusal(recorded: Recorded, { id, outcome }: { readonly id: string; readonly outcome: string }): AuditEntry | null {
    const asked = this.#open.get(id)
    this.#open.delete(id)
    if (!asked || !outcome.startsWith('refused:')) return null
    const refused = outcome.slice('refused:'.length)
    const { delivery, recorded: received } = asked
    const bound = boundTo(delivery.deed)
    const line = bound.rollback ? this.#rollback(bound.rollback) : null
    return {
      ...this.#common({ ...received, at: recorded.at, position: recorded.position, hash: recorded.hash }, ''),
      config: recorded.config,
      type: 'refused',
      service: line?.service ?? bound.service,
      incident: line?.incident ?? bound.incident,
      rollback: bound.rollback,
      plan: bound.plan,
      preview: bound.preview,
      what: { key: 'audit.refused', values: { deed: deedOf(delivery.deed), why: refused } },
      reason: bound.reason,
      rule: ruleOfRefusal[refused] ?? null,
      controls: refusedControls,
    }
  }

  #about(stream: string, event: AsternEvent) {
    const [kind, id = ''] = stream.split('/')
    const data = event.data as { readonly rollback?: unknown; readonly incident?: unknown; readonly service?: unknown }
    const text = (value: unknown) => (typeof value === 'string' ? value : null)
    const rollback = kind === 'rollback' ? id : text(data.rollback)
    const line = rollback ? this.#rollback(rollback) : null
    const incident = line?.incident ?? (kind === 'incident' ? id : text(data.incident))
    const service =
      line?.service ?? text(data.service) ?? (incident ? this.#serviceOf(incident) : null) ?? onlyService(event)
    return { service, incident, rollback, plan: line?.plan || null, preview: line?.preview || null }
  }

  #rollback(id: string): Line | null {
    const known = this.#rollbacks.get(id)
    if (known) return known
    const before = this.#known?.rollback(id)
    return before ? { ...before, plan: '', preview: '' } : null
  }

  #serviceOf(incident: string): string | null {
    return this.#incidents.get(incident) ?? this.#known?.incident(incident)?.service ?? null
  }

  #remember(recorded: Recorded): void {
    const { event } = recorded
    if (event.type === 'rollback.proposed') {
      const { id, incident, plan, hash, preview } = event.data
      keep(this.#rollbacks, id, { service: plan.service, incident, plan: hash, preview })
    }
    if (event.type === 'incident.opened') keep(this.#incidents, event.data.id, event.data.service)
    if (event.type === 'delivery.received') keep(this.#open, event.data.id, { delivery: event.data, recorded })
  }
}

/** The oldest goes. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value)
  if (map.size <= remembered) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}

/** A freeze of one service is that service's. */
const onlyService = (event: AsternEvent): string | null =>
  (event.type === 'freeze.set' || event.type === 'freeze.lifted') && event.data.scope.services.length === 1
    ? (event.data.scope.services[0] ?? null)
    : null

/** `/rollback checkout-svc`, `rollback.approve`: what was wanted, short. */
function deedOf(deed: Deed): string {
  switch (deed.kind) {
    case 'command':
      return `/${deed.name} ${deed.text}`.trim().slice(0, 200)
    case 'press':
      return deed.action
    case 'submit':
      return deed.form
    default:
      return deed.kind
  }
}

interface BoundTo {
  readonly rollback: string | null
  readonly service: string | null
  readonly incident: string | null
  readonly plan: string | null
  readonly preview: string | null
  readonly reason: string | null
}

/** What a button or dialog named: people's input, so only texts are taken from it, and nothing is believed. */
function boundTo(deed: Deed): BoundTo {
  const nothing = { rollback: null, service: null, incident: null, plan: null, preview: null, reason: null }
  if (deed.kind === 'command') {
    // Only where the first word is a service: elsewhere it is a verb or a person.
    const names = ['rollback', 'versions', 'runbook', 'freeze', 'incident'].includes(deed.name)
    const [, service = null] =
      /^(?:open\s+)?(?!(?:list|lift|show|close)\b)([A-Za-z0-9][\w.-]*)/.exec(deed.text.trim()) ?? []
    return { ...nothing, service: names ? service : null }
  }
  if (deed.kind !== 'press' && deed.kind !== 'submit') return nothing
  const value = parsed(deed.value)
  const text = (key: string) => (typeof value[key] === 'string' ? (value[key] as string).slice(0, 200) : null)
  return {
    rollback: text('id'),
    service: text('s'),
    incident: text('i'),
    plan: text('h'),
    preview: text('p'),
    reason: deed.inputs.reason?.slice(0, 200) || null,
  }
}

function parsed(value: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(value)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
