import { existsSync } from 'node:fs'
import type { EventType } from '../../../core/event.ts'
import type { Recorded } from '../../../ports/ledger.ts'
import { upcast } from '../upcast.ts'
import { openReader } from './connection.ts'
import { faultOf } from './fault.ts'
import { checkFormat } from './migrate.ts'
import { Reader } from './reader.ts'

const rowsPerPage = 100

/**
 * Events of some types among the newest `positions` of a ledger file, oldest first, also while another program writes it; one page at a
 * time. Nothing where there is no such file. Throws Fault: `ledger.newer`, `ledger.corrupt`, `ledger.unknown-event`.
 */
export function* readNewest(file: string, types: readonly EventType[], positions: number): Generator<Recorded> {
  if (!existsSync(file)) return
  const db = openReader(file)
  try {
    checkFormat(db)
    const reader = new Reader(db, upcast)
    for (let after = Math.max(0, reader.head().position - positions); ; ) {
      const page = reader.read(after, rowsPerPage, types)
      const last = page.at(-1)
      if (!last) return
      yield* page
      after = last.position
    }
  } catch (error) {
    throw faultOf(error)
  } finally {
    db.close()
  }
}
