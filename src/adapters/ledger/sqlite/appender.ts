import type { Database } from 'better-sqlite3'
import type { Chance } from '../../../ports/clock.ts'
import type { AppendContext, Appended, Head, Recorded, Write } from '../../../ports/ledger.ts'
import { chainHash, genesis, payloadDigest } from '../chain.ts'
import { saltsFrom } from '../salts.ts'
import { eventByDedupe } from './queries/event-by-dedupe.ts'
import { insertEvent } from './queries/insert-event.ts'
import { lastEvent } from './queries/last-event.ts'
import { streamEnd } from './queries/stream-end.ts'
import { type Prepared, prepare, preparePluck } from './query.ts'
import type { EventRow } from './tables.ts'

const start: Head = { position: 0, hash: genesis }
const mostEnds = 10_000

/** Where a stream ends: `first` is the position of its first event. */
interface End {
  readonly first: number
  readonly version: number
}

interface PreparedEvent {
  readonly event: Recorded['event']
  readonly payload: string
}

/** An append whose payloads are already text, so that nothing but the database can fail once a transaction is open. */
export interface PreparedAppend {
  readonly writes: readonly {
    readonly stream: string
    readonly expected: number | 'any'
    readonly events: readonly PreparedEvent[]
  }[]
  readonly context: AppendContext
}

/** Throws TypeError for an append that makes no sense: no event, or text that is not Unicode (it would be stored as another text). */
export function prepareAppend(writes: readonly Write[], context: AppendContext): PreparedAppend {
  const actor = JSON.stringify(context.actor)
  const count = writes.reduce((sum, write) => sum + write.events.length, 0)
  if (count === 0) throw new TypeError('an append needs an event')
  for (const text of [context.at, context.config, context.dedupe ?? '', ...writes.map((write) => write.stream)]) {
    if (!text.isWellFormed()) throw new TypeError('streams, keys and instants must be well-formed Unicode')
  }
  const prepared = writes.map((write) => ({
    stream: write.stream,
    expected: write.expected,
    events: write.events.map((event) => {
      if (event.type === 'event.erased') throw new TypeError('event.erased is read, never appended')
      return { event, payload: `{"actor":${actor},"data":${JSON.stringify(event.data)}}` }
    }),
  }))
  return { writes: prepared, context }
}

/** Writes events at the end of the chain. Only ever used inside the writer's open transaction, after `begin`. */
export class Appender {
  readonly #last: Prepared<object, { position: number; hash: Uint8Array }>
  readonly #end: Prepared<{ stream: string }, End>
  readonly #known: Prepared<{ dedupe: string }, number>
  readonly #insert: Prepared<EventRow, unknown>
  readonly #salt: () => Buffer
  #head: Head | null = null
  #written: EventRow[] = []
  /** Of streams that were met lately; forgotten with the head. */
  readonly #ends = new Map<string, End>()

  constructor(db: Database, chance: Chance) {
    this.#last = prepare(db, lastEvent)
    this.#end = prepare(db, streamEnd)
    this.#known = preparePluck(db, eventByDedupe)
    this.#insert = prepare(db, insertEvent)
    this.#salt = saltsFrom(chance)
  }

  /** The end of the chain as this transaction sees it. */
  get head(): Head {
    if (this.#head === null) throw new TypeError('the end of the chain is known only in a transaction')
    return this.#head
  }

  /** What was written since `begin`. */
  get written(): readonly EventRow[] {
    return this.#written
  }

  /**
   * What is remembered of the chain holds unless another process has written since: the end of the chain tells. Answers whether
   * one has.
   */
  begin(): boolean {
    const last = this.#last.get({})
    const moved = this.#head !== null && this.#head.position !== (last?.position ?? 0)
    if (this.#head === null || moved)
      this.#head = last ? { position: last.position, hash: Buffer.from(last.hash).toString('hex') } : start
    if (moved || this.#ends.size > mostEnds) this.#ends.clear()
    this.#written = []
    return moved
  }

  undone(): void {
    this.#head = null
    this.#ends.clear()
  }

  append({ writes, context }: PreparedAppend): Appended {
    const known = context.dedupe === undefined ? undefined : this.#known.get({ dedupe: context.dedupe })
    if (known !== undefined) return { status: 'duplicate', position: known }
    // Everything is looked up before anything is written.
    const begins = this.head.position
    const ends = new Map<string, End>()
    const bases: End[] = []
    let count = 0
    for (const { stream, expected, events } of writes) {
      const end = ends.get(stream) ?? this.#endOf(stream)
      const actual = end?.version ?? 0
      if (expected !== 'any' && expected !== actual) return { status: 'conflict', stream, actual }
      const base = end ?? { first: begins + count + 1, version: 0 }
      bases.push(base)
      if (events.length > 0) ends.set(stream, { first: base.first, version: actual + events.length })
      count += events.length
    }
    const recorded: Recorded[] = []
    for (const [index, { stream, events }] of writes.entries()) {
      const { first, version: base } = bases[index] as End
      for (const [at, { event, payload }] of events.entries()) {
        const dedupe = recorded.length === 0 ? (context.dedupe ?? null) : null
        recorded.push(this.#insertOne({ stream, first, version: base + at + 1, event, payload, dedupe, context }))
      }
    }
    for (const [stream, end] of ends) this.#ends.set(stream, end)
    return { status: 'appended', events: recorded }
  }

  #endOf(stream: string): End | undefined {
    return this.#ends.get(stream) ?? this.#end.get({ stream })
  }

  #insertOne(of: {
    readonly stream: string
    readonly first: number
    readonly version: number
    readonly event: Recorded['event']
    readonly payload: string
    readonly dedupe: string | null
    readonly context: AppendContext
  }): Recorded {
    const { stream, first, version, event, payload, dedupe, context } = of
    const { at, config, actor } = context
    const head = this.head
    const position = head.position + 1
    const salt = this.#salt()
    const digest = payloadDigest(salt.toString('hex'), payload)
    const envelope = { position, stream, first, version, at, config, type: event.type, v: event.v, dedupe, digest }
    const hash = chainHash(head.hash, envelope)
    const row = { ...envelope, digest: Buffer.from(digest, 'hex'), hash: Buffer.from(hash, 'hex'), salt, payload }
    this.#insert.run(row)
    this.#written.push(row)
    this.#head = { position, hash }
    return { position, stream, version, at, actor, config, event, hash }
  }
}
