import { astern, asternId } from '../core/actor.ts'
import { type AutomaticStop, counting } from '../core/incident/automatic.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { type Incident, incidentStream } from '../core/incident/state.ts'
import { toAccept } from '../core/rollback/plan.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { plain, sayPlain, sayWording } from '../text/say.ts'
import { differs, inTime, type Prepared, prepare } from './automatic.ts'
import { automaticRow } from './automatic-posting.ts'
import { commit, write } from './commit.ts'
import { loadIncident } from './load.ts'
import { planMoves } from './plan.ts'
import { propose } from './propose.ts'
import { chatsOf } from './rows.ts'
import { nowOf, type World } from './world.ts'

/** Announces a rollback that nobody asked for, where it would run as things are; else why not. The plan is only tried. */
export async function announce(world: World, incident: Incident, signal: AbortSignal): Promise<AutomaticStop | null> {
  const ready = await prepare(world, incident, signal)
  if (typeof ready === 'string') return ready
  const tried = await tryOut(world, ready, signal)
  if (tried) return tried
  await tell(world, incident, ready, null)
  return null
}

type Anew = 'spread' | 'late' | 'untold'

/** Announces it anew, with the whole time before it; where it would not run any more it is stopped. */
export async function announceAnew(world: World, incident: Incident, why: Anew, signal: AbortSignal): Promise<void> {
  const ready = await prepare(world, incident, signal)
  const no = typeof ready === 'string' ? ready : await tryOut(world, ready, signal)
  if (no) await giveUp(world, incident, no)
  else if (typeof ready !== 'string') await tell(world, incident, ready, why)
}

/** What stands in the way of a plan, or that a person would have to look at. */
async function tryOut(world: World, { scope, moves }: Prepared, signal: AbortSignal): Promise<AutomaticStop | null> {
  const tried = await inTime(world, signal, (soon) => planMoves(world, scope, moves, soon))
  if (tried === 'not-seen') return tried
  const { plan, blockers } = tried
  const hard = [...blockers, ...toAccept(plan)]
  if (hard.length > 0) {
    world.log.info('a person has to look at it', {
      service: scope.service.name,
      codes: hard.map(({ code }) => code).join(' '),
    })
    return 'blocked'
  }
  return plan.steps.length === 0 ? 'moved' : null
}

/** Nothing where the incident took a turn meanwhile: it is looked at again. */
async function tell(world: World, incident: Incident, { due }: Prepared, anew: Anew | null) {
  const before = counting(incident)
  await commit<never>(world, { actor: astern }, async () => {
    const fresh = await loadIncident(world, incident.id)
    if (!fresh || hasTurned(incident, fresh)) return []
    const dueAt = world.clock.now().add({ milliseconds: due.afterMs }).toString()
    const events: IncidentEvent[] = [{ type: 'incident.automatic-due', v: 1, data: { ...due, dueAt } }]
    if (before && anew) events.unshift(stopped(before.position, anew))
    return [write(incidentStream(incident.id), fresh.version, ...events)]
  })
}

const hasTurned = (before: Incident, now: Incident): boolean =>
  now.closed !== null ||
  now.rollbacks.length > 0 ||
  now.suspected?.position !== before.suspected?.position ||
  now.automatic.length !== before.automatic.length ||
  counting(now)?.position !== counting(before)?.position

const stopped = (due: number, why: AutomaticStop): IncidentEvent => ({
  type: 'incident.automatic-stopped',
  v: 1,
  data: { due, person: null, why },
})

/** Ends the countdown that runs, if it is still the same. */
export async function stop(world: World, { id, automatic }: Incident, why: AutomaticStop): Promise<void> {
  const due = automatic.at(-1)?.position
  await commit<never>(world, { actor: astern }, async () => {
    const fresh = await loadIncident(world, id)
    if (!fresh || due === undefined || counting(fresh)?.position !== due) return []
    return [write(incidentStream(id), fresh.version, stopped(due, why))]
  })
}

/** Who was just started sees nothing yet, and a cluster may be slow: looked at again, for so long. */
const blindMs = 60_000

async function giveUp(world: World, incident: Incident, why: AutomaticStop): Promise<void> {
  const dueAt = counting(incident)?.dueAt
  const lateMs = dueAt ? world.clock.now().since(Temporal.Instant.from(dueAt)).total('milliseconds') : blindMs
  if (why !== 'not-seen' || lateMs >= blindMs) await stop(world, incident, why)
}

/** The time is up: looks at everything once more, and goes back; or ends with the reason. */
export async function act(world: World, incident: Incident, signal: AbortSignal): Promise<void> {
  const announced = counting(incident)
  if (!announced) return
  // A process that died may have taken it with it; a chat that takes nothing the second time either will not be waited for.
  if (!isTold(world, incident, announced.position))
    return incident.automatic.length > 1
      ? stop(world, incident, 'untold')
      : announceAnew(world, incident, 'untold', signal)
  const ready = await prepare(world, incident, signal)
  const no = typeof ready === 'string' ? ready : differs(incident, ready)
  if (no || typeof ready === 'string') return giveUp(world, incident, no ?? 'not-seen')
  const { scope, moves } = ready
  const { language } = scope.service
  const why = announced.why.map((wording) => plain(sayWording(language, wording))).join(' · ')
  const release = `${announced.service} ${announced.from}`
  const { position: asOf } = await world.ledger.head()
  const asked = {
    scope,
    moves,
    reason: sayPlain(language, 'automatic.reason', { release, why }),
    who: { person: asternId, standing: 'member', actor: astern, asOf },
    dedupe: `automatic:${incident.id}:${announced.position}`,
    automatic: { incident: incident.id, line: announced.line, due: announced.position, judged: announced.suspicion },
  } as const
  const outcome = await inTime(world, signal, (soon) => propose(world, asked, soon))
  if (outcome === 'not-seen') return giveUp(world, incident, outcome)
  if (outcome.status === 'refused') await stop(world, incident, stopOf(outcome.no))
  else world.log.info('went back by itself', { rollback: outcome.rollback, incident: incident.id, at: nowOf(world) })
}

/** A chat has shown it, so that somebody could have stopped it. */
function isTold(world: World, { id }: Incident, due: number): boolean {
  const rows = chatsOf(world, id).map((chat) => world.store.outbox.get(`${chat}/${automaticRow(id, due)}`))
  return rows.some((row) => row !== null && row.ref !== null)
}

function stopOf({ refused }: Refusal): AutomaticStop {
  switch (refused) {
    case 'locked':
      return 'locked'
    case 'frozen':
      return 'freeze'
    case 'needs-a-person':
      return 'policy'
    case 'nothing-to-do':
      return 'moved'
    default:
      return 'blocked'
  }
}
