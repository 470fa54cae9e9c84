import { existsSync } from 'node:fs'
import type { Recorded } from '../../../ports/ledger.ts'
import { upcast } from '../upcast.ts'
import { openReader } from './connection.ts'
import { faultOf } from './fault.ts'
import { checkFormat } from './migrate.ts'
import { Reader } from './reader.ts'

/**
 * Reads some streams of a ledger file in order, also while another program writes it; each as it stood at one moment. Null where
 * there is no such file. Throws Fault: `ledger.newer`, `ledger.corrupt`, `ledger.unknown-event`.
 */
export function readStreams<Read>(
  file: string,
  read: (stream: (name: string) => readonly Recorded[]) => Read,
): Read | null {
  if (!existsSync(file)) return null
  const db = openReader(file)
  try {
    checkFormat(db)
    const reader = new Reader(db, upcast)
    db.exec('begin')
    return read((name) => reader.stream(name, 0))
  } catch (error) {
    throw faultOf(error)
  } finally {
    db.close()
  }
}
