import type { Head, Ledger } from '../ports/ledger.ts'
import type { Log } from '../ports/log.ts'
import type { ValueStore } from '../ports/store.ts'
import { Desk, deskEvents } from './desk.ts'
import { keepDesk, keptDesk } from './kept.ts'

const pageSize = 1_000
/** How many events a start has to read again at most, unless the program was killed in the middle of catching up. */
const keepEvery = 10_000

export interface FollowerParts {
  readonly ledger: Pick<Ledger, 'head' | 'read'>
  readonly values: Pick<ValueStore, 'get' | 'set'>
  readonly log: Log
}

/** Keeps a desk in step with the ledger, and a copy of it beside the ledger, so that a start need not read all of history. */
export class Follower {
  readonly desk: Desk
  readonly #parts: FollowerParts
  #folding: Promise<void> = Promise.resolve()
  #folded: number
  #kept: number
  /** What was erased must not be kept: the next start folds without it. */
  #erased = false

  private constructor(parts: FollowerParts, desk: Desk, folded: number) {
    this.#parts = parts
    this.desk = desk
    this.#folded = folded
    this.#kept = folded
  }

  /** Begins with the copy, where there is one. Call `caughtUp` before the desk is used. */
  static async open(parts: FollowerParts): Promise<Follower> {
    const kept = await keptDesk(parts.values, parts.ledger)
    return new Follower(parts, new Desk(kept?.desk), kept?.head.position ?? 0)
  }

  /** Resolves when everything up to a position is folded; rejects when the ledger cannot be read. */
  async caughtUp(position: number): Promise<void> {
    while (this.#folded < position) {
      const folding = this.#folding.then(() => this.#fold())
      this.#folding = folding.catch(() => undefined)
      await folding
    }
  }

  /** Folds the rest and keeps a copy, for a quick start. */
  async close(): Promise<void> {
    const head = await this.#parts.ledger.head()
    await this.caughtUp(head.position)
    // Folded further meanwhile, the desk would not be the one at this head.
    if (this.#folded === head.position) this.#keep(head)
  }

  async #fold(): Promise<void> {
    const { ledger } = this.#parts
    const head = await ledger.head()
    for (;;) {
      // What lies between is known to hold nothing for the desk.
      const after = Math.max(this.desk.position, this.#folded)
      const events = await ledger.read(after, pageSize, [...deskEvents, 'ledger.erased'])
      for (const recorded of events) {
        if (recorded.position <= this.desk.position) continue
        this.#erased ||= recorded.event.type === 'ledger.erased'
        this.desk.apply(recorded)
      }
      if (events.length < pageSize) break
    }
    this.#folded = Math.max(this.#folded, head.position)
    if (this.#folded - this.#kept >= keepEvery && this.desk.position <= head.position) this.#keep(head)
  }

  #keep(head: Head): void {
    if (this.#erased || head.position === this.#kept) return
    this.#kept = head.position
    try {
      keepDesk(this.#parts.values, head, this.desk.packed())
    } catch (cause) {
      this.#parts.log.error('no copy of the desk was kept; a start takes longer', { position: head.position }, cause)
    }
  }
}
