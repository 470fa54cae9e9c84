import type { PersonId } from '../core/actor.ts'
import type { DrillEvent, StopReason } from '../core/drill/events.ts'
import { score } from '../core/drill/score.ts'
import type { Score } from '../core/drill/stage.ts'
import type { Drill } from '../core/drill/state.ts'
import { incidentStream, serviceStream } from '../core/incident/state.ts'
import { glassId, pagingStream } from '../core/paging/state.ts'
import { releases, rollbackStream } from '../core/rollback/lock.ts'
import type { Recorded, Write } from '../ports/ledger.ts'
import { write } from './commit.ts'
import { drillWrite, stopEvents } from './drills.ts'
import { loadIncident, loadRollback } from './load.ts'
import type { World } from './world.ts'

export interface Stopping {
  readonly why: StopReason
  readonly by: PersonId | null
  readonly incident?: string
  readonly reason?: string
}

/**
 * Everything that ends with a drill, in one append: its incidents, so that nobody is woken for them any more, and proposals that wait for
 * approval, which hold locks. What a rollback does already it does to its end.
 */
export async function stopWrites(world: World, drill: Drill, of: Stopping): Promise<Write[]> {
  const own = world.desk.openIncidents().filter((line) => line.drill === drill.id)
  const writes: Write[] = [drillWrite(drill, ...stopEvents(drill, of))]
  for (const { id } of own) {
    const incident = await loadIncident(world, id)
    if (!incident || incident.closed) continue
    const { service } = incident
    const closed = { type: 'service.incident-closed', v: 1, data: { service, incident: id } } as const
    writes.push(
      write(incidentStream(id), incident.version, { type: 'incident.drill-over', v: 1, data: { drill: drill.id } }),
      write(serviceStream(service, drill.id), 'any', closed),
    )
    for (const name of incident.rollbacks) {
      const rollback = await loadRollback(world, name)
      if (rollback?.phase !== 'awaiting-approval') continue
      writes.push(
        write(rollbackStream(name), rollback.version, { type: 'rollback.expired', v: 1, data: {} }),
        ...releases(rollback).map(({ stream, event }) => write(stream, 'any', event)),
      )
    }
  }
  return writes
}

/** How a drill went: per service that burnt, and the one that was broken. Nothing where it was not played to an end of its own. */
export async function scoredEvents(world: World, drill: Drill): Promise<readonly DrillEvent[]> {
  const { fault, faultAt, stopped, within } = drill
  if (!fault || faultAt === null || !['done', 'overrun', 'hand'].includes(stopped?.why ?? '')) return []
  const own = world.desk.incidents().filter((line) => line.drill === drill.id)
  const services = [...new Set([fault.service, ...own.map(({ service }) => service)])]
  const scores: Record<string, Score> = {}
  for (const service of services) {
    const events: Recorded[] = []
    for (const line of own) {
      if (line.service !== service) continue
      events.push(...(await world.ledger.stream(incidentStream(line.id))))
      events.push(...(await world.ledger.stream(pagingStream(line.id))))
      for (const id of line.rollbacks) {
        events.push(...(await world.ledger.stream(rollbackStream(id))))
        for (const paging of [id, glassId(id)]) events.push(...(await world.ledger.stream(pagingStream(paging))))
      }
    }
    scores[service] = score(faultAt, events, within, fault.kind === 'alerts' ? 'acknowledge' : 'verify')
  }
  return [{ type: 'drill.scored', v: 1, data: { scores } }]
}
