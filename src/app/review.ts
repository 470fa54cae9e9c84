import type { PersonId } from '../core/actor.ts'
import type { EventOf } from '../core/event.ts'
import type { Policy } from '../core/policy/policy.ts'
import { answerFor } from '../core/policy/verdict.ts'
import type { RollbackEvent } from '../core/rollback/events.ts'
import type { Rollback } from '../core/rollback/state.ts'
import type { Write } from '../ports/ledger.ts'
import { write } from './commit.ts'
import { policyNow } from './policy.ts'
import { nowOf, type World } from './world.ts'

/** A broken glass is reviewed within so long. */
const dueAfterMs = 3 * 24 * 3_600_000

export const reviewId = (rollback: string): string => `review-${rollback}`

/** Who is to review a rollback's broken glass, and until when; null while none is owed. */
export async function reviewOf(world: Pick<World, 'ledger'>, rollback: string) {
  const events = await world.ledger.stream(`follow-up/${reviewId(rollback)}`)
  const last = events.at(-1)?.event
  return last?.type === 'follow-up.opened' ? last.data : null
}

/** What a broken glass, or the close of its review, means for the follow-up; in the same append as the event itself. */
export async function reviewWrites(
  world: World,
  state: Pick<Rollback, 'id' | 'incident' | 'plan' | 'policy'>,
  events: readonly RollbackEvent[],
): Promise<readonly Write[]> {
  const writes: Write[] = []
  for (const event of events) {
    const stream = `follow-up/${reviewId(state.id)}`
    if (event.type === 'rollback.glass-broken') {
      const { length } = await world.ledger.stream(stream)
      writes.push(write(stream, length, opened(world, state, event.data)))
    }
    if (event.type === 'rollback.reviewed') {
      const { length } = await world.ledger.stream(stream)
      const data = { id: reviewId(state.id), person: event.data.person }
      writes.push(write(stream, length, { type: 'follow-up.done', v: 1, data }))
    }
  }
  return writes
}

function opened(
  world: World,
  state: Pick<Rollback, 'id' | 'incident' | 'plan' | 'policy'>,
  { person, review }: EventOf<'rollback.glass-broken'>['data'],
): EventOf<'follow-up.opened'> {
  const owner = reviewerFor(policyNow(world, state), person)
  const dueAt = Temporal.Instant.from(nowOf(world)).add({ milliseconds: dueAfterMs }).toString()
  const { id: rollback, incident } = state
  return {
    type: 'follow-up.opened',
    v: 1,
    data: { id: review, what: 'review', incident, owner, dueAt, rollback, of: person },
  }
}

/** Who is to review what somebody did: the commander, else the first of those who answer for the service, but never herself. */
const reviewerFor = (policy: Policy, person: PersonId): PersonId =>
  answerFor(policy).find((one) => one !== person) ?? person
