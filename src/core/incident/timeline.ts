import type { Actor } from '../actor.ts'
import type { EventOf, EventType, Recorded } from '../event.ts'
import { rollbackOf } from '../paging/state.ts'
import type { Step } from '../rollback/plan.ts'

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
  'incident.alerted',
  'incident.dated',
  'incident.suspected',
  'incident.automatic-due',
  'incident.automatic-stopped',
  'incident.noted',
  'incident.note-dropped',
  'incident.joined',
  'incident.took-in',
  'incident.closed',
  'incident.drill-over',
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
  'rollback.checks-added',
  'rollback.ended',
  'step.started',
  'step.settled',
  'step.failed',
  'page.escalated',
  'page.sent',
  'page.failed',
  'page.acknowledged',
] satisfies EventType[])

/** Whether people should hear of it in the timeline. */
export const isTelling = (event: Recorded['event']): boolean => telling.has(event.type) && !isSilent(event)

/** What another moment says already: the first page says that paging began, the approval that she is awake. */
function isSilent(event: Recorded['event']): boolean {
  if (event.type === 'incident.alerted') return event.data.news === 'more'
  // Nobody could tell, or the alerts had told it rightly.
  if (event.type === 'incident.dated') return event.data.since === null || event.data.since === event.data.told
  if (event.type === 'page.acknowledged') return event.data.by === 'acted'
  return event.type === 'page.escalated' && isQuietLevel(event.data)
}

const isQuietLevel = ({ why, empty, deferred, people }: EventOf<'page.escalated'>['data']): boolean =>
  empty ? empty !== 'vacant' : why === 'opened' && people.some((person) => !deferred[person])

/** The rollback that a stream is about; null where it is about the incident as a whole. */
export function rollbackOfStream(stream: string): string | null {
  const [kind, id = ''] = stream.split('/')
  if (kind === 'rollback') return id
  return kind === 'paging' ? rollbackOf(id) : null
}

/** The moments of an incident and its rollbacks, in the ledger's order; `at` is when it happened. Check steps speak only when they end. */
export function timeline(events: readonly Recorded[]): readonly Moment[] {
  const checks = new Set<string>()
  const moments: Moment[] = []
  for (const recorded of [...events].sort((a, b) => a.position - b.position)) {
    const { event, stream } = recorded
    const rollback = rollbackOfStream(stream)
    for (const step of stepsOf(event)) if (step.kind === 'check') checks.add(`${rollback}/${step.id}`)
    if (!isTelling(event)) continue
    if (event.type === 'step.started' && checks.has(`${rollback}/${event.data.step}`)) continue
    moments.push({ position: recorded.position, at: happenedAt(recorded), actor: recorded.actor, rollback, event })
  }
  return withoutDropped(moments)
}

function happenedAt({ event, at }: Recorded): string {
  if (event.type === 'incident.dated') return event.data.since ?? at
  return event.type === 'incident.noted' ? (event.data.at ?? at) : at
}

function stepsOf(event: Recorded['event']): readonly Step[] {
  if (event.type === 'rollback.proposed') return event.data.plan.steps
  return event.type === 'rollback.checks-added' ? event.data.steps : []
}

/** A message whose mark was taken off is told no more; one marked anew is told once. */
function withoutDropped(moments: readonly Moment[]): readonly Moment[] {
  const last = new Map<string, number>()
  for (const { event, position } of moments)
    if (event.type === 'incident.noted' || event.type === 'incident.note-dropped')
      if (event.data.message !== undefined) last.set(event.data.message, position)
  return moments.filter(
    ({ event, position }) =>
      event.type !== 'incident.noted' || event.data.message === undefined || last.get(event.data.message) === position,
  )
}

/** As things happened and were said, whenever they were recorded. What was taken back is left out. */
export const asItHappened = (moments: readonly Moment[]): readonly Moment[] =>
  moments
    .filter(({ event }) => event.type !== 'incident.note-dropped')
    .toSorted((a, b) => (a.at === b.at ? a.position - b.position : a.at < b.at ? -1 : 1))
