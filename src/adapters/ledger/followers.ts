import type { Head } from '../../ports/ledger.ts'
import type { Log } from '../../ports/log.ts'
import { nextTurn } from './turn.ts'

type Listener = (head: Head) => void

/** Tells everybody the newest head after a commit, in a turn of its own; what one listener throws does not reach the others. */
export class Followers {
  readonly #log: Log
  #listeners: readonly Listener[] = []
  #newest: Head | null = null

  constructor(log: Log) {
    this.#log = log
  }

  follow(listener: Listener): () => void {
    const own: Listener = (head) => listener(head)
    this.#listeners = [...this.#listeners, own]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== own)
    }
  }

  /** Several commits before the listeners' turn are told once, with the last head. */
  tell(head: Head): void {
    if (this.#listeners.length === 0) return
    const scheduled = this.#newest !== null
    this.#newest = head
    if (!scheduled) void nextTurn().then(() => this.#callAll())
  }

  close(): void {
    this.#listeners = []
  }

  #callAll(): void {
    const head = this.#newest
    this.#newest = null
    if (head === null) return
    for (const listener of this.#listeners) {
      try {
        listener(head)
      } catch (error) {
        this.#log.error('a follower of the ledger failed', { position: head.position }, error)
      }
    }
  }
}
