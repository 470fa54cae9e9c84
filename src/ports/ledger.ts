import type { Actor } from '../core/actor.ts'
import type { AsternEvent, Recorded } from '../core/event.ts'

export type { Recorded } from '../core/event.ts'

export interface Write {
  readonly stream: string
  /** The stream's version this write builds on; 0 = the stream must not exist; 'any' = whatever it is. */
  readonly expected: number | 'any'
  readonly events: readonly AsternEvent[]
}

export interface AppendContext {
  readonly at: string
  readonly actor: Actor
  readonly config: string
  /** The same key a second time appends nothing and answers `duplicate`. */
  readonly dedupe?: string
}

export type Appended =
  | { readonly status: 'appended'; readonly events: readonly Recorded[] }
  /** The position of the first event that the first append with this key wrote. */
  | { readonly status: 'duplicate'; readonly position: number }
  | { readonly status: 'conflict'; readonly stream: string; readonly actual: number }

export interface Head {
  readonly position: number
  readonly hash: string
}

/**
 * The append-only store. `append` resolves only when the events are durable, writes all streams or none, and throws Fault
 * (`ledger.full`, `ledger.read-only`, `ledger.busy`, …) when nothing was written.
 */
export interface Ledger {
  append(writes: readonly Write[], context: AppendContext): Promise<Appended>
  /** One stream in order, after a version. */
  stream(stream: string, afterVersion?: number): Promise<readonly Recorded[]>
  /** All events in global order after a position; `types` narrows. */
  read(after: number, limit: number, types?: readonly AsternEvent['type'][]): Promise<readonly Recorded[]>
  /**
   * Called after each commit with the new head; never sees a gap, but for commits that hold nothing but events of the types it goes
   * `without`. Returns the way to stop.
   */
  follow(listener: (head: Head) => void, without?: readonly AsternEvent['type'][]): () => void
  head(): Promise<Head>
  close(): Promise<void>
}
