import type { Ledger } from '../ports/ledger.ts'
import { type Desk, deskEvents } from './desk.ts'

const pageSize = 1_000

/** Keeps a desk in step with the ledger. */
export class Follower {
  readonly #ledger: Ledger
  readonly #desk: Desk
  #folding: Promise<void> = Promise.resolve()
  #folded = 0

  constructor(ledger: Ledger, desk: Desk) {
    this.#ledger = ledger
    this.#desk = desk
  }

  /** Resolves when everything up to a position is folded; rejects when the ledger cannot be read. */
  async caughtUp(position: number): Promise<void> {
    while (this.#folded < position) {
      const folding = this.#folding.then(() => this.#fold())
      this.#folding = folding.catch(() => undefined)
      await folding
    }
  }

  async #fold(): Promise<void> {
    const { position } = await this.#ledger.head()
    for (;;) {
      // What lies between is known to hold nothing for the desk.
      const after = Math.max(this.#desk.position, this.#folded)
      const events = await this.#ledger.read(after, pageSize, deskEvents)
      for (const recorded of events) if (recorded.position > this.#desk.position) this.#desk.apply(recorded)
      if (events.length < pageSize) break
    }
    this.#folded = Math.max(this.#folded, position)
  }
}
