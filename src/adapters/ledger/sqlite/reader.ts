import type { Database } from 'better-sqlite3'
import type { Actor } from '../../../core/actor.ts'
import type { Json } from '../../../core/canonical.ts'
import type { EventType } from '../../../core/event.ts'
import { Fault } from '../../../core/fault.ts'
import type { Head, Recorded } from '../../../ports/ledger.ts'
import { wording } from '../../../text/say.ts'
import { genesis } from '../chain.ts'
import type { Upcast } from '../upcast.ts'
import { eventsAfter } from './queries/events-after.ts'
import { eventsOfTypes, type TypedArguments } from './queries/events-of-types.ts'
import { lastEvent } from './queries/last-event.ts'
import { streamEvents } from './queries/stream-events.ts'
import { type Prepared, prepare } from './query.ts'
import type { EventRow } from './tables.ts'
import { Tail } from './tail.ts'

/** Reads on a connection of its own, and what was just written from memory; sees what is committed. */
export class Reader {
  readonly tail = new Tail((row) => this.#recorded(row))
  readonly #last: Prepared<object, { position: number; hash: Uint8Array }>
  readonly #stream: Prepared<{ stream: string; after: number }, EventRow>
  readonly #after: Prepared<{ after: number; limit: number }, EventRow>
  readonly #byTypeCount = new Map<number, Prepared<TypedArguments, EventRow>>()
  readonly #db: Database
  readonly #upcast: Upcast

  constructor(db: Database, upcast: Upcast) {
    this.#last = prepare(db, lastEvent)
    this.#stream = prepare(db, streamEvents)
    this.#after = prepare(db, eventsAfter)
    this.#db = db
    this.#upcast = upcast
  }

  head(): Head {
    const newest = this.tail.head
    if (newest) return newest
    const last = this.#last.get({})
    return last
      ? { position: last.position, hash: Buffer.from(last.hash).toString('hex') }
      : { position: 0, hash: genesis }
  }

  /** Whether the file holds more than what was read or written here; it is then read from the file. */
  overtaken(): Head | null {
    const newest = this.tail.head
    const last = this.#last.get({})
    if (!last || last.position === newest?.position) return null
    if (newest) this.tail.restart()
    return { position: last.position, hash: Buffer.from(last.hash).toString('hex') }
  }

  stream(stream: string, after: number): Recorded[] {
    return this.#stream.all({ stream, after }).map((row) => this.#recorded(row))
  }

  read(after: number, limit: number, types: readonly EventType[] | undefined): Recorded[] {
    const newest = this.tail.after(after, limit, types)
    if (newest) return newest
    if (!types) return this.#after.all({ after, limit }).map((row) => this.#recorded(row))
    const wanted = [...new Set(types)]
    if (wanted.length === 0) return []
    const named = Object.fromEntries(wanted.map((type, index) => [`t${index}`, type]))
    return this.#ofTypes(wanted.length)
      .all({ ...named, after, limit })
      .map((row) => this.#recorded(row))
  }

  /** Prepared when first asked for so many types. */
  #ofTypes(count: number): Prepared<TypedArguments, EventRow> {
    const known = this.#byTypeCount.get(count)
    if (known) return known
    const prepared = prepare(this.#db, eventsOfTypes(count))
    this.#byTypeCount.set(count, prepared)
    return prepared
  }

  /** Throws Fault `ledger.unknown-event`: whoever does not know an event must not decide on what stands around it. */
  #recorded(row: EventRow): Recorded {
    const { position, stream, version, at, config, type, v } = row
    const hash = Buffer.from(row.hash).toString('hex')
    const common = { position, stream, version, at, config, hash }
    if (row.payload === null) {
      return { ...common, actor: { kind: 'erased' }, event: { type: 'event.erased', v: 1, data: { type, v } } }
    }
    const { actor, data } = JSON.parse(row.payload) as { actor: Actor; data: Json }
    const event = this.#upcast(type, v, data)
    if (event) return { ...common, actor, event }
    const hint = wording('ledger.unknown-event', { position: String(position), type, version: v })
    throw new Fault({ code: 'ledger.unknown-event', retry: 'no', hint })
  }
}
