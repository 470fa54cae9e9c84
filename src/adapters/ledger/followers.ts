import type { EventType } from '../../core/event.ts'
import type { Head } from '../../ports/ledger.ts'
import type { Log } from '../../ports/log.ts'
import { nextTurn } from './turn.ts'

interface Follower {
  readonly listener: (head: Head) => void
  readonly without: ReadonlySet<string>
}

/** Tells everybody the newest head after a commit, in a turn of its own; what one listener throws does not reach the others. */
export class Followers {
  readonly #log: Log
  #followers: readonly Follower[] = []
  #newest: Head | null = null
  /** Of what was written since they were told; null where that is not known. */
  #types: Set<string> | null = new Set()

  constructor(log: Log) {
    this.#log = log
  }

  follow(listener: (head: Head) => void, without: readonly EventType[] = []): () => void {
    const own: Follower = { listener, without: new Set(without) }
    this.#followers = [...this.#followers, own]
    return () => {
      this.#followers = this.#followers.filter((other) => other !== own)
    }
  }

  /** Several commits before the listeners' turn are told once, with the last head. `types`: of the events written; null if unknown. */
  tell(head: Head, types: readonly string[] | null): void {
    if (this.#followers.length === 0) return
    const scheduled = this.#newest !== null
    this.#newest = head
    if (types === null) this.#types = null
    else for (const type of types) this.#types?.add(type)
    if (!scheduled) void nextTurn().then(() => this.#callAll())
  }

  close(): void {
    this.#followers = []
  }

  #callAll(): void {
    const head = this.#newest
    const types = this.#types
    this.#newest = null
    this.#types = new Set()
    if (head === null) return
    for (const { listener, without } of this.#followers) {
      if (types?.isSubsetOf(without)) continue
      try {
        listener(head)
      } catch (error) {
        this.#log.error('a follower of the ledger failed', { position: head.position }, error)
      }
    }
  }
}
