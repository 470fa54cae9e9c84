import type { Config } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import { auditEvents } from '../core/audit/controls.ts'
import { Audit, type AuditEntry } from '../core/audit/entry.ts'
import { nearest } from '../core/nearest.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { World } from './world.ts'

/** Whose audit it is. */
export type AuditSubject =
  | { readonly kind: 'all' }
  | { readonly kind: 'service' | 'person' | 'incident'; readonly id: string }

export type AuditSubjectRefusal = {
  readonly refused: 'audit-what'
  readonly word: string
  readonly nearest: readonly string[]
}

/** What a word means: a service, a person by key or name, an incident. */
export function auditSubject(
  { config, desk }: Pick<World, 'config' | 'desk'>,
  word: string,
): AuditSubject | AuditSubjectRefusal {
  const { services, people } = config()
  if (word === '') return { kind: 'all' }
  if (services.has(word)) return { kind: 'service', id: word }
  const lower = word.replace(/^@/, '').toLowerCase()
  const person = [...people.values()].find(({ id, name }) => [id.toLowerCase(), name.toLowerCase()].includes(lower))
  if (person) return { kind: 'person', id: person.id }
  if (desk.incident(word.toUpperCase())) return { kind: 'incident', id: word.toUpperCase() }
  return { refused: 'audit-what', word, nearest: nearest(word, [...services.keys(), ...people.keys()], 3) }
}

/** Who may read an audit: the service's team for its own, each her own deeds, and those who may freeze everything for all of it. */
export function mayAudit(world: Pick<World, 'config' | 'desk'>, subject: AuditSubject): readonly PersonId[] {
  const config = world.config()
  return [...new Set([...ownersOf(world, config, subject), ...config.freezes.may])]
}

function ownersOf({ desk }: Pick<World, 'desk'>, config: Config, subject: AuditSubject): readonly PersonId[] {
  if (subject.kind === 'all') return []
  if (subject.kind === 'person') return [subject.id]
  const name = subject.kind === 'service' ? subject.id : desk.incident(subject.id)?.service
  return config.service(name ?? '')?.team.members ?? []
}

export interface AuditFound {
  /** How many there are. */
  readonly count: number
  /** The newest, oldest first; the single steps of Astern's own work are counted only. */
  readonly entries: readonly AuditEntry[]
}

const page = 500

/** They follow from what people decided, and would push it out of a short list. */
const ownWork: readonly AuditEntry['type'][] = [
  'rollback.checks-added',
  'step.started',
  'step.settled',
  'follow-up.opened',
  'incident.post-mortem-drafted',
  'ledger.checkpointed',
]

/** What was done since an instant; only the newest are kept. */
export async function auditSince(
  world: Pick<World, 'ledger' | 'desk'>,
  subject: AuditSubject,
  since: Temporal.Instant,
  newest: number,
  signal: AbortSignal,
): Promise<AuditFound> {
  const { ledger, desk } = world
  const audit = new Audit({ rollback: (id) => desk.rollback(id), incident: (id) => desk.incident(id) })
  let entries: AuditEntry[] = []
  let count = 0
  let after = await positionBefore(ledger, since)
  for (;;) {
    signal.throwIfAborted()
    const events = await ledger.read(after, page, auditEvents)
    const last = events.at(-1)
    if (!last) return { count, entries }
    after = last.position
    const found = events.flatMap((recorded) => audit.take(recorded) ?? []).filter((entry) => isAbout(subject, entry))
    count += found.length
    entries = [...entries, ...found.filter(({ type }) => !ownWork.includes(type))].slice(-newest)
  }
}

function isAbout(subject: AuditSubject, entry: AuditEntry): boolean {
  switch (subject.kind) {
    case 'all':
      return true
    case 'service':
      return entry.service === subject.id
    case 'person':
      return entry.person === subject.id
    case 'incident':
      return entry.incident === subject.id
  }
}

/** The last position before an instant, found by halving: there is no index by time, and clocks go forward. */
async function positionBefore(ledger: Ledger, since: Temporal.Instant): Promise<number> {
  let [low, high] = [0, (await ledger.head()).position]
  while (low < high) {
    const middle = Math.floor((low + high + 1) / 2)
    const [event] = await ledger.read(middle - 1, 1)
    if (event && Temporal.Instant.compare(event.at, since) < 0) low = middle
    else high = middle - 1
  }
  return low
}
