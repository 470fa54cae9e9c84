import type { Recorded } from '../event.ts'
import type { LockEvent } from './events.ts'
import { targetId } from './plan.ts'
import { changeSteps, type Rollback } from './state.ts'

export const lockStream = (target: string): string => `lock/${target}`
export const rollbackStream = (id: string): string => `rollback/${id}`

/** Who holds a target's lock, folded from its stream; null when it is free. */
export function lockHolder(events: readonly Recorded[]): string | null {
  const last = events.at(-1)?.event as LockEvent | undefined
  return last?.type === 'lock.taken' ? last.data.rollback : null
}

/** The events that give back every lock of a rollback that ended, by stream. */
export const releases = (rollback: Rollback): readonly { readonly stream: string; readonly event: LockEvent }[] =>
  changeSteps(rollback.plan).map(({ target }) => ({
    stream: lockStream(targetId(target)),
    event: { type: 'lock.released', v: 1, data: { target, rollback: rollback.id } },
  }))
