import type { Database } from 'better-sqlite3'
import { Fault } from '../../../core/fault.ts'
import { wording } from '../../../text/say.ts'
import { migrations } from './migrations/index.ts'

/** "ASTN": tells a ledger from any other SQLite file (https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x4153544e

const pragma = (db: Database, name: string): number => Number(db.pragma(name, { simple: true }))

/** Throws Fault `ledger.newer` or `ledger.corrupt` for a file that this program must not touch. */
export function checkFormat(db: Database): { version: number } {
  const version = pragma(db, 'user_version')
  const empty = pragma(db, 'schema_version') === 0
  if (pragma(db, 'application_id') !== applicationId && !(empty && version === 0)) {
    throw new Fault({ code: 'ledger.corrupt', retry: 'no', hint: wording('ledger.corrupt') })
  }
  if (version > migrations.length) {
    const hint = wording('ledger.newer', { found: version, known: migrations.length })
    throw new Fault({ code: 'ledger.newer', retry: 'no', hint })
  }
  return { version }
}

/** Whether a file that another process writes to is of this program's format. */
export const isNewest = (db: Database): boolean => checkFormat(db).version === migrations.length

/** Brings the database to the newest format: each migration and its number in one transaction. */
export function migrate(db: Database): void {
  const { version } = checkFormat(db)
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue
    db.transaction(() => {
      db.exec(statements)
      db.pragma(`application_id = ${applicationId}`)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
