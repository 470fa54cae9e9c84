import { astern, asternId, type PersonId } from '../core/actor.ts'
import type { EventOf, EventType, Recorded } from '../core/event.ts'
import type { Escalation, PagingEvent } from '../core/paging/events.ts'
import { glassId, joinedId, type Paging, pagingStream } from '../core/paging/state.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { tookIn } from './about.ts'
import { commit, write } from './commit.ts'
import { loadRollback } from './load.ts'
import { onCallFor } from './on-call.ts'
import { loadPaging } from './paging.ts'
import type { World } from './world.ts'

/** What people may have to be woken for. */
export const openers = [
  'incident.opened',
  'incident.alerted',
  'rollback.proposed',
  'rollback.approval-voided',
  'rollback.glass-broken',
] as const satisfies readonly EventType[]

/** Those who could approve are told by the card at once, and woken after so long. */
const approversAfterMs = 60_000

type Opened = EventOf<'page.opened'>['data']

/** Begins to wake people where an event asks for it. Idempotent: the same event opens once. Nothing without a pager. */
export async function openPaging(world: World, recorded: Recorded): Promise<void> {
  if (world.pagers.size === 0) return
  const opening = await openingFor(world, recorded)
  if (!opening) return
  const { opened, events } = opening
  await commit<never>(world, { actor: astern, dedupe: `page:${recorded.position}` }, async () => {
    const stream = await world.ledger.stream(pagingStream(opened.id))
    const known = await loadPaging(world, opened.id)
    if (known && !known.over) return []
    return [write(pagingStream(opened.id), stream.length, { type: 'page.opened', v: 1, data: opened }, ...events)]
  })
}

interface Opening {
  readonly opened: Opened
  readonly events: readonly PagingEvent[]
}

async function openingFor(world: World, { event, stream }: Recorded): Promise<Opening | null> {
  switch (event.type) {
    case 'incident.opened':
      return event.data.cause === 'rollback' ? null : forIncident(world, event.data)
    case 'incident.alerted':
      return forJoined(world, stream.slice('incident/'.length), event.data)
    case 'rollback.proposed':
    case 'rollback.approval-voided': {
      const rollback = await loadRollback(world, stream.slice('rollback/'.length))
      return rollback?.phase === 'awaiting-approval' ? forApproval(world, rollback) : null
    }
    case 'rollback.glass-broken': {
      const rollback = await loadRollback(world, stream.slice('rollback/'.length))
      return rollback?.glass ? forGlass(world, rollback, event.data) : null
    }
    default:
      return null
  }
}

/** Whoever is on call and opened it herself has it already. */
function forIncident(world: World, { id, service, opener }: EventOf<'incident.opened'>['data']): Opening | null {
  const opened = openedFor(world, service, { id, about: 'incident', incident: id, rollback: null, environment: null })
  if (!opened) return null
  if (opener === null) return { opened, events: [] }
  const mine = onCallFor(world, service, world.clock.now())?.people.includes(opener) ?? false
  return { opened: { ...opened, awake: [opener] }, events: mine ? [answeredBy(opener)] : [] }
}

/** Whose release is suspected, and burns itself, is woken as if it had an incident of its own; what only suffers from it waits. */
async function forJoined(
  world: World,
  id: string,
  { service, news }: EventOf<'incident.alerted'>['data'],
): Promise<Opening | null> {
  const incident = world.desk.incident(id)
  if (news !== 'began' || !incident || incident.service === service || incident.suspect?.service !== service)
    return null
  const of = { about: 'incident', incident: id, rollback: null, environment: null } as const
  const opened = openedFor(world, service, { id: joinedId(id, service), ...of })
  if (!opened) return null
  // Who answered for what became one with it has it already.
  const before = tookIn(world.desk, id, service)
  const person = before && (await loadPaging(world, before.id))?.acknowledged?.person
  if (!person) return { opened, events: [] }
  return { opened: { ...opened, awake: [person] }, events: [answeredBy(person)] }
}

const answeredBy = (person: PersonId): PagingEvent => ({
  type: 'page.acknowledged',
  v: 1,
  data: { person, by: 'acted', tookMs: 0 },
})

/** The approvers first, then along the policy of the service. */
function forApproval(world: World, { id, incident, plan, requester }: Rollback): Opening | null {
  const of = { id, about: 'approval', incident, rollback: id, environment: plan.environment } as const
  const opened = openedFor(world, plan.service, of)
  if (!opened) return null
  const { levels, acknowledgeMs } = opened.escalation
  const escalation: Escalation = {
    ...opened.escalation,
    delayMs: approversAfterMs,
    levels: [{ page: ['approvers'], waitMs: acknowledgeMs }, ...levels],
  }
  return { opened: { ...opened, escalation, awake: requester === asternId ? [] : [requester] }, events: [] }
}

/** Everybody concerned, once, whatever the hour. */
function forGlass(world: World, rollback: Rollback, glass: EventOf<'rollback.glass-broken'>['data']): Opening | null {
  const { incident, plan, id } = rollback
  const of = { id: glassId(id), about: 'glass', incident, rollback: id, environment: plan.environment } as const
  const opened = openedFor(world, plan.service, of)
  const page = glass.concerned.filter((person) => person !== glass.person)
  if (!opened || page.length === 0) return null
  const escalation: Escalation = { ...opened.escalation, levels: [{ page, waitMs: 0 }], repeat: null, quiet: null }
  return { opened: { ...opened, escalation, awake: [glass.person] }, events: [] }
}

function openedFor(
  world: World,
  name: string,
  of: Pick<Paging, 'id' | 'about' | 'incident' | 'rollback' | 'environment'>,
): Opened | null {
  const service = world.config().service(name)
  if (!service) return null
  return { ...of, service: name, tier: service.tier, escalation: service.paging, awake: [] }
}
