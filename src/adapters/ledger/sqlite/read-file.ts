import { existsSync } from 'node:fs'
import { Fault } from '../../../core/fault.ts'
import type { Recorded } from '../../../ports/ledger.ts'
import { wording } from '../../../text/say.ts'
import { nextTurn } from '../turn.ts'
import { upcast } from '../upcast.ts'
import { openReader } from './connection.ts'
import { faultOf } from './fault.ts'
import { checkFormat } from './migrate.ts'
import { Reader } from './reader.ts'

const rowsPerTurn = 500

/**
 * Every event of a ledger file up to a position, in order, also while another program writes it; holds one page at a time. Throws
 * Fault: `ledger.missing`, `ledger.newer`, `ledger.corrupt`, `ledger.unknown-event`.
 */
export async function* readLedgerFile(file: string, until: number): AsyncGenerator<Recorded> {
  if (!existsSync(file))
    throw new Fault({ code: 'ledger.missing', retry: 'no', hint: wording('ledger.missing', { file }) })
  const db = openReader(file)
  try {
    checkFormat(db)
    const reader = new Reader(db, upcast)
    for (let after = 0; after < until; ) {
      // No transaction over all of it: that would keep the writer's log from being emptied.
      const page = reader.read(after, Math.min(rowsPerTurn, until - after), undefined)
      const last = page.at(-1)
      if (!last) return
      yield* page
      after = last.position
      await nextTurn()
    }
  } catch (error) {
    throw faultOf(error)
  } finally {
    db.close()
  }
}
