import { commit, write } from '../app/commit.ts'
import { loadRollback } from '../app/load.ts'
import type { World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import type { RollbackEvent } from '../core/rollback/events.ts'
import { rollbackStream } from '../core/rollback/lock.ts'
import type { Rollback } from '../core/rollback/state.ts'

/** Another worker has taken the rollback over: whoever meets this stops at once and writes nothing more. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

/** The right to drive one rollback, until somebody claims it with a higher epoch. */
export class Claim {
  readonly rollback: string
  readonly epoch: number
  readonly #world: World

  constructor(world: World, rollback: string, epoch: number) {
    this.#world = world
    this.rollback = rollback
    this.epoch = epoch
  }

  /** Appends on top of whatever else happened to the rollback meanwhile; throws Superseded when the claim is lost. */
  async append(...events: readonly RollbackEvent[]): Promise<void> {
    await commit<never>(this.#world, { actor: astern }, async () => {
      const state = await this.#held()
      return [write(rollbackStream(this.rollback), state.version, ...events)]
    })
  }

  async #held(): Promise<Rollback> {
    const state = await loadRollback(this.#world, this.rollback)
    if (!state || state.epoch !== this.epoch || state.phase === 'ended') throw new Superseded(this.rollback)
    return state
  }
}
