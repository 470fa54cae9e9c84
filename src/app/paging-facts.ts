import { asternId, type PersonId } from '../core/actor.ts'
import type { Over } from '../core/paging/events.ts'
import type { LevelFacts } from '../core/paging/raise.ts'
import type { Paging } from '../core/paging/state.ts'
import { isOnCall, onCallOf } from '../core/policy/roles.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { loadIncident, loadRollback } from './load.ts'
import { onCallFor } from './on-call.ts'
import { loadPaging } from './paging.ts'
import { possibleApprovers } from './policy.ts'
import type { World } from './world.ts'

/** So long after she did something, somebody is taken to be awake. */
const awakeForMs = 30 * 60_000

/** What became of the thing that people are woken for. */
export interface Matter {
  readonly over: Over | null
  /** Who does something about it without having said so. */
  readonly acted: PersonId | null
}

const nothing: Matter = { over: null, acted: null }

/** Read from the ledger at this moment. */
export async function matterOf(world: World, paging: Paging): Promise<Matter> {
  if (paging.about === 'incident') {
    const incident = await loadIncident(world, paging.incident)
    if (!incident) return { over: 'ended', acted: null }
    if (incident.closed) return { over: 'closed', acted: null }
    const paged = new Set(paging.raised.flatMap(({ people }) => people))
    const deeds = (await rollbacksIn(world, paging.incident)).flatMap((rollback) => deedsIn(rollback))
    const first = deeds.find(({ at, person, decides }) => at >= paging.openedAt && (decides || paged.has(person)))
    return { over: null, acted: first?.person ?? null }
  }
  const rollback = await loadRollback(world, paging.rollback ?? '')
  if (!rollback) return { over: 'ended', acted: null }
  if (paging.about === 'glass') return rollback.phase === 'ended' ? { over: 'ended', acted: null } : nothing
  if (rollback.phase === 'awaiting-approval') return nothing
  if (rollback.rejected) return { over: 'rejected', acted: rollback.rejected.person }
  if (rollback.outcome === 'expired') return { over: 'ended', acted: null }
  const by = rollback.glass?.person ?? rollback.atOnce?.person ?? rollback.approvals.at(-1)?.person ?? null
  return { over: 'approved', acted: by }
}

interface Act {
  readonly person: PersonId
  readonly at: string
  /** Only who has a right to decide can do this. */
  readonly decides: boolean
}

/** What people did with a rollback, the first first. */
function deedsIn(rollback: Rollback): readonly Act[] {
  const { requester, proposedAt, approvals, atOnce, glass, rejected, abort, endedAt } = rollback
  return [
    // What Astern does by itself wakes nobody and answers no page.
    ...(requester === asternId ? [] : [{ person: requester, at: proposedAt, decides: false }]),
    ...approvals.map(({ person, at }) => ({ person, at, decides: true })),
    ...(atOnce ? [{ ...atOnce, decides: true }] : []),
    ...(glass ? [{ ...glass, decides: true }] : []),
    ...(rejected && endedAt ? [{ person: rejected.person, at: endedAt, decides: rejected.person !== requester }] : []),
    ...(abort ? [{ ...abort, decides: false }] : []),
  ]
}

async function rollbacksIn(world: World, incident: string): Promise<readonly Rollback[]> {
  const all = await Promise.all(world.desk.rollbacksOf(incident).map(({ id }) => loadRollback(world, id)))
  return all.filter((rollback) => rollback !== null)
}

/** Who stands behind a level at this moment, and who of an incident's people is awake. */
export async function levelFacts(world: World, paging: Paging, level: number): Promise<LevelFacts> {
  const roles = paging.escalation.levels[level]?.page ?? []
  const people = await Promise.all(roles.map((role) => peopleOf(world, paging, role)))
  const directory = world.config().directory()
  return {
    people: people.flat().filter((person) => world.config().people.has(person)),
    timeZone: (person) => directory.timeZone(person),
    awake: await awakeFor(world, paging),
  }
}

async function peopleOf(world: World, paging: Paging, role: string): Promise<readonly PersonId[]> {
  const config = world.config()
  if (role === 'approvers' && paging.about === 'approval') {
    const rollback = await loadRollback(world, paging.rollback ?? '')
    return rollback ? possibleApprovers(world, rollback) : []
  }
  // A calendar that is too old gives nobody a right, but whom it names is still the best guess whom to wake.
  if (isOnCall(role)) return onCallFor(world, onCallOf(role) ?? paging.service, world.clock.now())?.people ?? []
  const team = config.service(paging.service)?.team
  if (role === 'owners') return team?.members ?? []
  if (role === 'commander') return team?.commander ? [team.commander] : []
  return config.teams.get(role)?.members ?? [role]
}

/** Who did something in this incident lately: she asked, decided, or answered another page. */
export async function awakeFor(world: World, paging: Paging): Promise<readonly PersonId[]> {
  if (paging.about === 'glass') return []
  const since = world.clock.now().subtract({ milliseconds: awakeForMs })
  const late = (at: string) => Temporal.Instant.compare(Temporal.Instant.from(at), since) >= 0
  const acts = (await rollbacksIn(world, paging.incident)).flatMap((rollback) => deedsIn(rollback))
  const others = [...world.desk.pagings.values()].filter(
    ({ id, incident, ringing }) => incident === paging.incident && id !== paging.id && !ringing,
  )
  const answered = (await Promise.all(others.map(({ id }) => loadPaging(world, id)))).flatMap((other) =>
    other?.acknowledged?.person && late(other.acknowledged.at) ? [other.acknowledged.person] : [],
  )
  return [...acts.filter(({ at }) => late(at)).map(({ person }) => person), ...answered]
}
