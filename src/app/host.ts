import type { PersonId } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import { changeSteps, type Rollback } from '../core/rollback/state.ts'
import type { AnyRefusal } from '../view/refusal.ts'
import { candidateNamed } from './chosen.ts'
import { breakGlass } from './consent.ts'
import { loadRollback } from './load.ts'
import { look } from './look.ts'
import type { Move } from './plan.ts'
import { propose } from './propose.ts'
import { findScope, laneOf, type Scope } from './scope.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

export interface FromHost {
  readonly service: string
  readonly to: string
  readonly place: string | null
  readonly person: PersonId
  readonly reason: string
  /** Of the host. */
  readonly user: string
  /** Makes a second try of the same command one rollback. */
  readonly dedupe: string
}

export type FromHostOutcome =
  | { readonly status: 'begun'; readonly rollback: string }
  | { readonly status: 'refused'; readonly no: AnyRefusal; readonly id?: string }

/**
 * A rollback that somebody runs at the command line of the host because chat is down: the same plan, always by a broken glass. One that
 * waits for approval and wants the very same is run, instead of being in the way.
 */
export async function rollBackFromHost(world: World, asked: FromHost, signal: AbortSignal): Promise<FromHostOutcome> {
  const scope = findScope(world.config(), asked.service, asked.place)
  if ('refused' in scope) return { status: 'refused', no: scope }
  const found = await look(world, scope, signal)
  const unread = found.regions.find(({ problem }) => problem !== null)?.problem
  if (unread) throw new Fault({ code: unread.code, retry: 'yes', hint: unread.wording })
  const chosen = candidateNamed(found, asked.to, 'en')
  if ('refused' in chosen) return { status: 'refused', no: chosen }
  const moves = scope.targets.flatMap((target): Move[] => {
    const lane = laneOf(scope, target)
    const to = chosen.releases[lane]
    return to && !chosen.alreadyIn.includes(lane) ? [{ target, to }] : []
  })
  const { person, user, reason, dedupe } = asked
  const { position: asOf } = await world.ledger.head()
  const who: Who = { person, standing: 'member', actor: { kind: 'operator', person, user }, asOf }
  const outcome = await propose(world, { scope, moves, reason, who, dedupe, override: reason, host: true }, signal)
  if (outcome.status === 'proposed') return { status: 'begun', rollback: outcome.rollback }
  if (outcome.no.refused !== 'locked') return outcome
  const holder = await loadRollback(world, outcome.no.rollback)
  if (holder?.phase !== 'awaiting-approval' || !same(holder, scope, moves)) return outcome
  const { id, hash, preview } = holder
  const click = { rollback: id, hash, preview, who, dedupe: `${dedupe}:glass` }
  const settled = await breakGlass(world, click, reason, 'host')
  return settled.status === 'done' ? { status: 'begun', rollback: id } : { status: 'refused', no: settled.no, id }
}

/** Whether a rollback would bring the same targets to the same releases. */
function same(rollback: Rollback, scope: Scope, moves: readonly Move[]): boolean {
  const steps = changeSteps(rollback.plan)
  return (
    rollback.plan.environment === scope.environment.name &&
    steps.length === moves.length &&
    moves.every(({ target, to }) =>
      steps.some(
        (step) =>
          step.target.region === target.ref.region && step.target.target === target.ref.target && step.to.id === to.id,
      ),
    )
  )
}
