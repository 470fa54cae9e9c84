import type { PersonId } from '../core/actor.ts'
import type { Policy, Standing } from '../core/policy/policy.ts'
import {
  abort as decideAbort,
  approve as decideApprove,
  actAtOnce as decideAtOnce,
  reject as decideReject,
} from '../core/rollback/decide.ts'
import type { RollbackEvent } from '../core/rollback/events.ts'
import { breakGlass as decideBreakGlass, review as decideReview } from '../core/rollback/glass.ts'
import { releases, rollbackStream } from '../core/rollback/lock.ts'
import { isRefusal, type Refusal } from '../core/rollback/refusal.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { commit, write } from './commit.ts'
import { loadRollback } from './load.ts'
import { policyNow } from './policy.ts'
import { reviewId, reviewWrites } from './review.ts'
import type { Who } from './who.ts'
import { nowOf, type World } from './world.ts'

/** What a click on a rollback's card says. */
export interface Click {
  readonly rollback: string
  readonly hash: string
  readonly preview: string
  readonly who: Who
  readonly dedupe: string
}

export type Settled =
  | { readonly status: 'done'; readonly rollback: Rollback }
  | { readonly status: 'refused'; readonly no: Refusal }

export const approve = (world: World, click: Click): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) =>
    decideApprove(state, { person, policy, standing, hash: click.hash, preview: click.preview }, nowOf(world)),
  )

export const reject = (world: World, click: Click, reason: string): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) => decideReject(state, { person, policy, standing }, reason))

export const abort = (world: World, click: Click, reason: string): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) => decideAbort(state, { person, policy, standing }, reason))

/** The engineer on call for the service runs it without waiting for approval, where the policy lets her. */
export const actAtOnce = (world: World, click: Click): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) =>
    decideAtOnce(state, { person, policy, standing, hash: click.hash, preview: click.preview }, nowOf(world)),
  )

/** Runs it without the approval it needs; somebody else has to review that. */
export const breakGlass = (
  world: World,
  click: Click,
  reason: string,
  via: 'chat' | 'host' = 'chat',
): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) => {
    const { hash, preview } = click
    const consent = { person, policy, standing, hash, preview, via, review: reviewId(state.id) }
    return decideBreakGlass(state, consent, reason, nowOf(world))
  })

/** Closes the review of a broken glass. */
export const review = (world: World, click: Click, note: string): Promise<Settled> =>
  decided(world, click, (state, person, policy, standing) => decideReview(state, { person, policy, standing }, note))

async function decided(
  world: World,
  click: Click,
  decide: (state: Rollback, person: PersonId, policy: Policy, standing: Standing) => readonly RollbackEvent[] | Refusal,
): Promise<Settled> {
  const { person, actor, asOf } = click.who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  const result = await commit<Refusal>(world, { actor, dedupe: click.dedupe }, async () => {
    const state = await existing(world, click.rollback)
    const lost = actor.kind === 'person' && world.desk.accountLostSince(actor.account, asOf)
    const standing = lost ? 'deactivated' : click.who.standing
    const events = decide(state, person, policyNow(world, state), standing)
    if (isRefusal(events)) return events
    const rejected = events.some((event) => event.type === 'rollback.rejected')
    return [
      write(rollbackStream(state.id), state.version, ...events),
      ...(await reviewWrites(world, state, events)),
      ...(rejected ? releases(state).map(({ stream, event }) => write(stream, 'any', event)) : []),
    ]
  })
  if (result.status === 'refused') return result
  return { status: 'done', rollback: await existing(world, click.rollback) }
}

async function existing(world: World, id: string): Promise<Rollback> {
  const state = await loadRollback(world, id)
  if (!state) throw new TypeError(`there is no rollback ${id}`)
  return state
}
