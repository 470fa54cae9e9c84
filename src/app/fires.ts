import type { Suspected } from '../core/alert/suspected.ts'
import type { Incident } from '../core/incident/state.ts'
import { loadRollback } from './load.ts'
import type { World } from './world.ts'

/** When a rollback last made an incident good: what burns since is another fire. Unix milliseconds; null where none did. */
export async function lastRestoredMs(world: World, incident: Incident): Promise<number | null> {
  const last = incident.rollbacks.findLast((id) => world.desk.rollback(id)?.outcome === 'restored')
  const endedAt = last === undefined ? null : (await loadRollback(world, last))?.endedAt
  return endedAt ? Temporal.Instant.from(endedAt).epochMilliseconds : null
}

/** Whether a judgement is of a fire that began since. */
export const isSince = ({ symptom }: Suspected, afterMs: number | null): boolean =>
  afterMs === null || symptom.burning.every(({ since }) => Temporal.Instant.from(since).epochMilliseconds > afterMs)
