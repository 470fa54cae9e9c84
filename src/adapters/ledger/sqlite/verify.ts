import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { Fault } from '../../../core/fault.ts'
import { wording } from '../../../text/say.ts'
import type { AuditReport } from '../audit/finding.ts'
import type { AuditRow } from '../audit/row.ts'
import { type AuditQuestion, ChainWalk } from '../audit/walk.ts'
import { nextTurn } from '../turn.ts'
import { openReader } from './connection.ts'
import { faultOf, isDamage } from './fault.ts'
import { checkFormat } from './migrate.ts'
import { eventAt } from './queries/event-at.ts'
import { eventsAfter } from './queries/events-after.ts'
import { highestPosition } from './queries/highest-position.ts'
import { lastEvent } from './queries/last-event.ts'
import { prepare } from './query.ts'

const rowsPerTurn = 5000
const damagesShown = 20

export type LedgerQuestion = Pick<AuditQuestion, 'publicKeys' | 'witnesses'>

/**
 * Walks a ledger file, also one that is being written to, and says what was altered. Holds one event at a time.
 * Throws Fault only when there is nothing to walk: `ledger.missing`, `ledger.newer`, `ledger.corrupt`, `ledger.walled-in`.
 */
export async function verifyLedger(file: string, ask: LedgerQuestion): Promise<AuditReport> {
  if (!existsSync(file)) {
    throw new Fault({ code: 'ledger.missing', retry: 'no', hint: wording('ledger.missing', { file }) })
  }
  let db: Database | undefined
  try {
    db = openFor(file)
    checkFormat(db)
    return await walk(db, ask)
  } catch (error) {
    throw faultOf(error)
  } finally {
    db?.close()
  }
}

/** SQLite needs its side files beside a ledger, also to read it (https://sqlite.org/wal.html#read_only_databases). */
function openFor(file: string): Database {
  const db = openReader(file)
  try {
    db.pragma('schema_version')
    return db
  } catch (cause) {
    db.close()
    const walled = ['ledger.cannot-open', 'ledger.read-only'].includes(faultOf(cause).code)
    if (!walled) throw cause
    throw new Fault({ code: 'ledger.walled-in', retry: 'no', hint: wording('ledger.walled-in'), cause })
  }
}

async function walk(db: Database, ask: LedgerQuestion): Promise<AuditReport> {
  // One snapshot for everything: what is erased or appended meanwhile is not seen.
  db.exec('begin')
  const at = prepare(db, eventAt)
  const after = prepare(db, eventsAfter)
  const hashAt = (position: number): string | null => {
    const row = orDamage(() => at.get({ position }))
    return row === 'damage' || !row ? null : Buffer.from(row.hash).toString('hex')
  }
  const chain = new ChainWalk({ ...ask, hashAt })
  let last = 0
  const end = lastPosition(db)
  let more = true
  while (more) {
    const rows = after.iterate({ after: last, limit: -1 }) as IterableIterator<AuditRow>
    try {
      let taken = 0
      for (const row of rows) {
        chain.take(row)
        last = row.position
        taken += 1
        if (taken % rowsPerTurn === 0) await nextTurn()
      }
      more = false
    } catch (error) {
      if (!isDamage(error)) throw error
      // Around the damage one by one, so that each event that cannot be read is named.
      more = last < end
      const row = more ? orDamage(() => at.get({ position: last + 1 })) : undefined
      if (row === 'damage') chain.unreadable(last + 1)
      else if (row) chain.take(row)
      last += 1
    }
  }
  const damages = orDamage(() => db.pragma(`integrity_check(${damagesShown})`) as { integrity_check: string }[])
  if (damages === 'damage') chain.damaged('integrity_check')
  else for (const { integrity_check: what } of damages) if (what !== 'ok') chain.damaged(what)
  return chain.finish(end)
}

/** Where the walk must get to: by the table and by an index, for either may be damaged at its end. */
function lastPosition(db: Database): number {
  const row = orDamage(() => prepare(db, lastEvent).get({}))
  const indexed = orDamage(() => prepare(db, highestPosition).get({}))
  return Math.max(row === 'damage' ? 0 : (row?.position ?? 0), indexed === 'damage' ? 0 : (indexed?.position ?? 0))
}

function orDamage<T>(work: () => T): T | 'damage' {
  try {
    return work()
  } catch (error) {
    if (isDamage(error)) return 'damage'
    throw error
  }
}
