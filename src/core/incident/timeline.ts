import type { Actor } from '../actor.ts'
import type { EventType, Recorded } from '../event.ts'

/** One readable moment of an incident: an event that people should hear of. */
export interface Moment {
  readonly position: number
  readonly at: string
  readonly actor: Actor
  /** The rollback it belongs to, if any. */
  readonly rollback: string | null
  readonly event: Recorded['event']
}

const telling: ReadonlySet<EventType> = new Set([
  'incident.opened',
  'incident.noted',
  'incident.closed',
  'incident.post-mortem-drafted',
  'freeze.overridden',
  'rollback.proposed',
  'rollback.approved',
  'rollback.approval-voided',
  'rollback.acted-at-once',
  'rollback.glass-broken',
  'rollback.reviewed',
  'rollback.rejected',
  'rollback.expired',
  'rollback.abort-asked',
  'rollback.ended',
  'step.started',
  'step.settled',
  'step.failed',
] satisfies EventType[])

export const isTelling = (type: EventType): boolean => telling.has(type)

/** The moments of an incident and its rollbacks, in the ledger's order. Check steps speak only when they end. */
export function timeline(events: readonly Recorded[]): readonly Moment[] {
  const checks = new Set<string>()
  const moments: Moment[] = []
  for (const recorded of [...events].sort((a, b) => a.position - b.position)) {
    const { event, stream } = recorded
    const rollback = stream.startsWith('rollback/') ? stream.slice('rollback/'.length) : null
    if (event.type === 'rollback.proposed')
      for (const step of event.data.plan.steps) if (step.kind === 'check') checks.add(`${rollback}/${step.id}`)
    if (!isTelling(event.type)) continue
    if (event.type === 'step.started' && checks.has(`${rollback}/${event.data.step}`)) continue
    moments.push({ position: recorded.position, at: recorded.at, actor: recorded.actor, rollback, event })
  }
  return moments
}
