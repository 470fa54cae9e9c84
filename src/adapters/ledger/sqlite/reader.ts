import type { Database, Statement } from 'better-sqlite3'
import type { Actor } from '../../../core/actor.ts'
import type { Json } from '../../../core/canonical.ts'
import type { EventType } from '../../../core/event.ts'
import { Fault } from '../../../core/fault.ts'
import type { Head, Recorded } from '../../../ports/ledger.ts'
import { wording } from '../../../text/say.ts'
import { genesis } from '../chain.ts'
import type { Upcast } from '../upcast.ts'
import { eventAt } from './queries/event-at.ts'
import { eventsAfter } from './queries/events-after.ts'
import { lastEvent } from './queries/last-event.ts'
import { positionsOfType } from './queries/positions-of-type.ts'
import { streamEvents } from './queries/stream-events.ts'
import { prepare } from './query.ts'
import type { EventRow } from './tables.ts'

/** Reads on a connection of its own; sees what is committed. */
export class Reader {
  readonly #last: Statement<[object], { position: number; hash: Uint8Array }>
  readonly #stream: Statement<[{ stream: string; after: number }], EventRow>
  readonly #after: Statement<[{ after: number; limit: number }], EventRow>
  readonly #ofType: Statement<[{ type: string; after: number; limit: number }], { position: number }>
  readonly #at: Statement<[{ position: number }], EventRow>
  readonly #upcast: Upcast

  constructor(db: Database, upcast: Upcast) {
    this.#last = prepare(db, lastEvent)
    this.#stream = prepare(db, streamEvents)
    this.#after = prepare(db, eventsAfter)
    this.#ofType = prepare(db, positionsOfType)
    this.#at = prepare(db, eventAt)
    this.#upcast = upcast
  }

  head(): Head {
    const last = this.#last.get({})
    return last
      ? { position: last.position, hash: Buffer.from(last.hash).toString('hex') }
      : { position: 0, hash: genesis }
  }

  stream(stream: string, after: number): Recorded[] {
    return this.#stream.all({ stream, after }).map((row) => this.#recorded(row))
  }

  read(after: number, limit: number, types: readonly EventType[] | undefined): Recorded[] {
    if (!types) return this.#after.all({ after, limit }).map((row) => this.#recorded(row))
    const positions = [...new Set(types)]
      .flatMap((type) => this.#ofType.all({ type, after, limit }).map((row) => row.position))
      .sort((a, b) => a - b)
      .slice(0, limit)
    return positions.flatMap((position) => this.#at.all({ position }).map((row) => this.#recorded(row)))
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
