import { type Incident, incidentFrom, incidentStream } from '../core/incident/state.ts'
import { type Moment, timeline } from '../core/incident/timeline.ts'
import { glassId, joinedId, type Paging, pagingFrom, pagingStream } from '../core/paging/state.ts'
import { rollbackStream } from '../core/rollback/lock.ts'
import { type Rollback, rollbackFrom } from '../core/rollback/state.ts'
import type { Recorded } from '../ports/ledger.ts'
import type { World } from './world.ts'

export const loadRollback = async (world: Pick<World, 'ledger'>, id: string): Promise<Rollback | null> =>
  rollbackFrom(await world.ledger.stream(rollbackStream(id)))

export const loadIncident = async (world: Pick<World, 'ledger'>, id: string): Promise<Incident | null> =>
  incidentFrom(await world.ledger.stream(incidentStream(id)))

export interface Story {
  readonly incident: Incident
  readonly rollbacks: ReadonlyMap<string, Rollback>
  readonly pagings: readonly Paging[]
  readonly moments: readonly Moment[]
}

/** An incident with its rollbacks and its timeline. */
export async function loadStory(world: Pick<World, 'ledger'>, id: string): Promise<Story | null> {
  const own = await world.ledger.stream(incidentStream(id))
  const incident = incidentFrom(own)
  if (!incident) return null
  const events: Recorded[] = [...own]
  const rollbacks = new Map<string, Rollback>()
  for (const rollback of incident.rollbacks) {
    const stream = await world.ledger.stream(rollbackStream(rollback))
    const state = rollbackFrom(stream)
    if (state) rollbacks.set(rollback, state)
    events.push(...stream)
  }
  const pagings: Paging[] = []
  const about = incident.rollbacks.flatMap((rollback) => [rollback, glassId(rollback)])
  const joined = incident.alerted.map(({ service }) => joinedId(id, service))
  for (const paging of [id, ...joined, ...about]) {
    const stream = await world.ledger.stream(pagingStream(paging))
    const state = pagingFrom(stream)
    if (state) pagings.push(state)
    events.push(...stream)
  }
  return { incident, rollbacks, pagings, moments: timeline(events) }
}
