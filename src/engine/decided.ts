import type { Reply } from '../app/command.ts'
import type { World } from '../app/world.ts'
import type { Json } from '../core/canonical.ts'
import { Fault } from '../core/fault.ts'

const valueName = 'deliveries/decided'

/** An outcome with which nothing was done. */
export const isNothing = (outcome: string): boolean => /^(refused|fault):/.test(outcome)

/**
 * Answers that say that nothing was done, kept from before they are told until their delivery is recorded. A process that dies in
 * between leaves them to the next one, which says the same: run again, a click that was refused before her eyes could count after all.
 */
export class Decided {
  readonly #world: Pick<World, 'store' | 'log'>
  readonly #kept: Map<string, Reply>

  constructor(world: Pick<World, 'store' | 'log'>) {
    this.#world = world
    const left = world.store.values.get(valueName) as unknown as Readonly<Record<string, Reply>> | null
    this.#kept = new Map(Object.entries(left ?? {}))
  }

  /** What the process before decided of a delivery; null where it may be run. */
  of(id: string): Reply | null {
    return this.#kept.get(id) ?? null
  }

  /** Durable when it returns, but where the disk takes nothing: then she is told all the same. */
  keep(id: string, reply: Reply): void {
    if (this.#kept.has(id) || !isNothing(reply.outcome)) return
    this.#kept.set(id, reply)
    this.#write(id)
  }

  /** Its delivery is recorded. */
  drop(id: string): void {
    if (this.#kept.delete(id)) this.#write(id)
  }

  #write(id: string): void {
    const { store, log } = this.#world
    try {
      store.values.set(valueName, Object.fromEntries(this.#kept) as unknown as Json)
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause
      log.warn('answers are told without being kept', { delivery: id, code: cause.code })
    }
  }
}
