import { releaseKey, type Suspected } from '../core/alert/suspected.ts'
import { Fault } from '../core/fault.ts'
import { numberOf } from '../core/incident/join.ts'
import type { Incident } from '../core/incident/state.ts'
import { suggestion } from '../core/release/candidates.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { Recorded } from '../ports/ledger.ts'
import type { Filled } from '../view/suspected.ts'
import { isSince, lastRestoredMs } from './fires.ts'
import { look } from './look.ts'
import { chatsOf, rowOf, type Wish } from './rows.ts'
import { type Places, placesOf } from './suspects.ts'
import type { World } from './world.ts'

/** So long a card waits for clusters, registries and monitors; then it says what is known without them. */
const lookWithinMs = 4_000

/** What an incident's card shows of its suspect, as things are now; null where nothing was judged. */
export async function filledOf(world: World, incident: Incident, signal: AbortSignal): Promise<Filled | null> {
  const { suspected } = incident
  if (!suspected) return null
  const stays = await quietedBy(world, incident, suspected)
  const { also, apart } = suspectedIn(world, incident)
  if (stays) return { suspected, also, apart, state: stays }
  const [suspect] = suspected.suspects
  const places = suspect && !incident.closed && placesOf(world, suspected.symptom.environment, suspect)
  if (!suspect || !places) return { suspected, also, apart, state: { kind: 'none' } }
  return { suspected, also, apart, state: await lately(world, incident.id, places, signal) }
}

/** Other fires of the same release that are no incident with this one, and those of which a rollback in the younger one is the reason. */
function suspectedIn({ desk }: World, { id, suspected, rollbacks }: Incident): Pick<Filled, 'also' | 'apart'> {
  const [first] = suspected?.suspects ?? []
  if (!first) return { also: [], apart: [] }
  const others = desk
    .openIncidents()
    .filter(({ id: other, suspect, drill }) => other !== id && drill === undefined && suspect !== undefined)
    .filter(({ suspect }) => suspect && releaseKey(suspect) === releaseKey(first))
  const apart = others.flatMap((other) => {
    const young = numberOf(other) > numberOf({ id }) ? other : { id, rollbacks }
    return young.rollbacks.length > 0 ? [{ id: other.id, young: young.id }] : []
  })
  return { also: others.map((line) => line.id).filter((other) => !apart.some((one) => one.id === other)), apart }
}

/** So often at most it is looked anew for a card on which nothing of that changed: alerts may come a thousand a second. */
const lookEveryMs = 10_000
const looked = new WeakMap<
  World,
  Map<string, { readonly about: string; readonly atMs: number; readonly state: Filled['state'] }>
>()

async function lately(world: World, id: string, places: Places, signal: AbortSignal): Promise<Filled['state']> {
  const known = looked.get(world) ?? new Map()
  looked.set(world, known)
  const about = JSON.stringify([world.config().digest, places.regions, places.came, places.runs])
  const nowMs = world.clock.monotonicMs()
  const last = known.get(id)
  if (last?.about === about && nowMs - last.atMs < lookEveryMs) return last.state
  const state = await openState(world, places, signal)
  if (state.kind === 'open') {
    for (const [other, { atMs }] of known) if (nowMs - atMs > lookEveryMs) known.delete(other)
    known.set(id, { about, atMs: nowMs, state })
  }
  return state
}

async function openState(
  world: World,
  { scope, came, regions, version }: Places,
  signal: AbortSignal,
): Promise<Filled['state']> {
  try {
    const found = await withDeadline(world.clock, lookWithinMs, signal, (soon) => look(world, scope, soon))
    const lanes = Object.keys(came).filter((lane) =>
      regions.some((region) => lane === region || lane.startsWith(`${region}/`)),
    )
    const { candidate: chosen, reason } = suggestion(found.candidates, { version, came })
    return { kind: 'open', look: { ...found, suggested: chosen, reason }, chosen, regions: lanes }
  } catch (cause) {
    if (signal.aborted) throw cause
    const isLate = cause instanceof Fault || (cause instanceof DOMException && cause.name === 'TimeoutError')
    if (!isLate) throw cause
    return { kind: 'late' }
  }
}

/**
 * Once a rollback was asked for, its own card holds what is to be done; one that came to nothing, or another fire since it was restored, leaves it to this one
 * again.
 */
async function quietedBy(
  world: World,
  incident: Incident,
  suspected: Suspected,
): Promise<Extract<Filled['state'], { readonly rollback: string }> | null> {
  const lines = incident.rollbacks.flatMap((id) => world.desk.rollback(id) ?? [])
  const running = lines.findLast(({ outcome }) => outcome === null)
  if (running) return { kind: 'under-way', rollback: running.id }
  const last = lines.at(-1)
  if (!last || last.outcome === 'rejected' || last.outcome === 'expired') return null
  if (last.outcome !== 'restored') return { kind: 'tried', rollback: last.id }
  if (isSince(suspected, await lastRestoredMs(world, incident))) return null
  return { kind: 'restored', rollback: last.id }
}

/** The card tells what runs where its suspect is: it changes with that, until a rollback's card tells it. */
export function filledWishes(world: World, { event, position }: Recorded): Wish[] {
  if (event.type !== 'release.became-current') return []
  const { service } = event.data.target
  return world.desk
    .openIncidents()
    .filter(({ suspect, rollbacks }) => suspect?.service === service && rollbacks.length === 0)
    .flatMap(({ id }) =>
      chatsOf(world, id)
        .filter((chat) => world.store.outbox.get(`${chat}/incident:${id}`) !== null)
        .map((chat) => rowOf(chat, `incident:${id}`, { view: 'incident', id }, position)),
    )
}

/** So long a card that offers something goes on telling how it stands, though nothing new was heard. */
const followedMs = 3_600_000

/** The cards of incidents that offer what to go back to and wait for somebody. */
export const filledCards = (world: World): readonly string[] =>
  world.desk
    .openIncidents()
    .filter(({ suspect, rollbacks, openedAt }) => {
      const ageMs = world.clock.now().epochMilliseconds - Temporal.Instant.from(openedAt).epochMilliseconds
      return suspect !== undefined && rollbacks.length === 0 && ageMs < followedMs
    })
    .map(({ id }) => `incident:${id}`)
