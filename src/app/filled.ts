import { Fault } from '../core/fault.ts'
import type { Incident } from '../core/incident/state.ts'
import { suggestedBefore } from '../core/release/candidates.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { Recorded } from '../ports/ledger.ts'
import { wording } from '../text/say.ts'
import type { Filled } from '../view/suspected.ts'
import { look } from './look.ts'
import { chatsOf, rowOf, type Wish } from './rows.ts'
import { placesOf } from './suspects.ts'
import type { World } from './world.ts'

/** So long a card waits for clusters, registries and monitors; then it says what is known without them. */
const lookWithinMs = 4_000

/** What an incident's card shows of its suspect, as things are now; null where nothing was judged. */
export async function filledOf(world: World, incident: Incident, signal: AbortSignal): Promise<Filled | null> {
  const { suspected } = incident
  if (!suspected) return null
  const stays = quietedBy(world, incident)
  if (stays) return { suspected, state: stays }
  const [suspect] = suspected.suspects
  const places = suspect && !incident.closed && placesOf(world, suspected.symptom.environment, suspect)
  if (!suspect || !places) return { suspected, state: { kind: 'none' } }
  const { scope, came, regions } = places
  try {
    const found = await withDeadline(world.clock, lookWithinMs, signal, (soon) => look(world, scope, soon))
    const chosen = suggestedBefore(found.candidates, came)
    const reason = wording('card.suggested-before', { version: suspect.version })
    const lanes = Object.keys(came).filter((lane) =>
      regions.some((region) => lane === region || lane.startsWith(`${region}/`)),
    )
    return { suspected, state: { kind: 'open', look: { ...found, suggested: chosen, reason }, chosen, regions: lanes } }
  } catch (cause) {
    if (signal.aborted) throw cause
    const isLate = cause instanceof Fault || (cause instanceof DOMException && cause.name === 'TimeoutError')
    if (!isLate) throw cause
    return { suspected, state: { kind: 'late' } }
  }
}

/** Once a rollback was asked for, its own card holds what is to be done; one that came to nothing leaves it to this one again. */
function quietedBy(
  world: World,
  { rollbacks }: Incident,
): Extract<Filled['state'], { readonly rollback: string }> | null {
  const lines = rollbacks.flatMap((id) => world.desk.rollback(id) ?? [])
  const running = lines.findLast(({ outcome }) => outcome === null)
  if (running) return { kind: 'under-way', rollback: running.id }
  const last = lines.at(-1)
  if (!last || last.outcome === 'rejected' || last.outcome === 'expired') return null
  return { kind: last.outcome === 'restored' ? 'restored' : 'tried', rollback: last.id }
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
