import { existsSync } from 'node:fs'
import { Fault } from '../../../core/fault.ts'
import type { Ledger } from '../../../ports/ledger.ts'
import type { ValueStore } from '../../../ports/store.ts'
import { wording } from '../../../text/say.ts'
import { nextTurn } from '../turn.ts'
import { upcast } from '../upcast.ts'
import { openReader } from './connection.ts'
import { faultOf, guarded } from './fault.ts'
import { checkFormat } from './migrate.ts'
import { Reader } from './reader.ts'
import { valuesOn } from './store/values.ts'

/** What a ledger file holds, also while another program writes it. */
export interface ReadLedger {
  readonly ledger: Pick<Ledger, 'head' | 'read'>
  readonly values: Pick<ValueStore, 'get'>
  close(): void
}

/** Opens a ledger file for reading alone. Throws Fault: `ledger.missing`, `ledger.newer`, `ledger.corrupt`. */
export function openToRead(file: string): ReadLedger {
  if (!existsSync(file))
    throw new Fault({ code: 'ledger.missing', retry: 'no', hint: wording('ledger.missing', { file }) })
  const db = openReader(file)
  try {
    checkFormat(db)
    const reader = new Reader(db, upcast)
    return {
      ledger: {
        head: async () => guarded(() => reader.head()),
        async read(after, limit, types) {
          await nextTurn()
          return guarded(() => reader.read(after, limit, types))
        },
      },
      values: valuesOn(db),
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw faultOf(error)
  }
}
