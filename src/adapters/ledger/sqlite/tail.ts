import type { EventType } from '../../../core/event.ts'
import type { Head, Recorded } from '../../../ports/ledger.ts'
import type { EventRow } from './tables.ts'

/** As many as a burst writes before its followers have read them. */
const mostRows = 500
/** Characters of payload that are kept at most: a storm of alerts comes in large events. */
const mostText = 32 * 1024 * 1024

interface Kept {
  readonly row: EventRow
  recorded: Recorded | null
}

/**
 * The newest committed events, for those who follow the ledger: each of them reads what was just written, and none need ask the
 * database. It is whole up to where another process has written, and begins anew after that.
 */
export class Tail {
  readonly #read: (row: EventRow) => Recorded
  #kept: Kept[] = []
  #skips = false
  #text = 0

  constructor(read: (row: EventRow) => Recorded) {
    this.#read = read
  }

  get head(): Head | null {
    const last = this.#kept.at(-1)
    return last ? { position: last.row.position, hash: Buffer.from(last.row.hash).toString('hex') } : null
  }

  /** What was committed, in order. */
  add(rows: readonly EventRow[]): void {
    if (this.#skips) {
      this.#skips = false
      return
    }
    for (const row of rows) this.#kept.push({ row, recorded: null })
    this.#text += textOf(rows)
    if (this.#kept.length > 2 * mostRows) this.#keep(this.#kept.length - mostRows)
    if (this.#text > mostText) this.#keep(this.#tooMuch())
  }

  #keep(from: number): void {
    this.#kept = this.#kept.slice(from)
    this.#text = textOf(this.#kept.map(({ row }) => row))
  }

  /** How many of the oldest must go, so that half of what may be kept is left. */
  #tooMuch(): number {
    let left = this.#text
    let count = 0
    for (; left > mostText / 2 && count < this.#kept.length; count++)
      left -= this.#kept[count]?.row.payload?.length ?? 0
    return count
  }

  /** Another process has written: what is kept no longer reaches to the end. */
  restart(): void {
    this.#kept = []
    this.#text = 0
  }

  /** With what the open transaction has written and will write: all of it must be read from the database. */
  forget(): void {
    this.#kept = []
    this.#text = 0
    this.#skips = true
  }

  /** As `Ledger.read`; null when it does not reach back so far. */
  after(position: number, limit: number, types: readonly EventType[] | undefined): Recorded[] | null {
    const first = this.#kept[0]
    if (!first || position + 1 < first.row.position) return null
    const found: Recorded[] = []
    for (let at = position + 1 - first.row.position; at < this.#kept.length && found.length < limit; at++) {
      const kept = this.#kept[at] as Kept
      if (!types || types.includes(kept.row.type as EventType)) found.push(this.#recorded(kept))
    }
    return found
  }

  /** From what was stored, not from what was given: a reader sees the same before and after a restart. */
  #recorded(kept: Kept): Recorded {
    kept.recorded ??= this.#read(kept.row)
    return kept.recorded
  }
}

const textOf = (rows: readonly EventRow[]): number => rows.reduce((sum, { payload }) => sum + (payload?.length ?? 0), 0)
