import Database from 'better-sqlite3'
import { Fault, type Retry } from '../../../core/fault.ts'
import { type TextKey, wording } from '../../../text/say.ts'

type Code = Extract<TextKey, `ledger.${string}`>

/**
 * By SQLite's primary result code (https://sqlite.org/rescode.html). An I/O error may come after the bytes of a commit reached the
 * disk, so that only a look at the ledger can tell: `check`.
 */
const kinds: Readonly<Record<string, readonly [Code, Retry]>> = {
  FULL: ['ledger.full', 'no'],
  READONLY: ['ledger.read-only', 'no'],
  PERM: ['ledger.read-only', 'no'],
  BUSY: ['ledger.busy', 'yes'],
  LOCKED: ['ledger.busy', 'yes'],
  IOERR: ['ledger.io', 'check'],
  CORRUPT: ['ledger.corrupt', 'no'],
  NOTADB: ['ledger.corrupt', 'no'],
  CANTOPEN: ['ledger.cannot-open', 'no'],
}

/** Of the file system, while folders and files are made. */
const errnoKinds: Readonly<Record<string, readonly [Code, Retry]>> = {
  ENOSPC: ['ledger.full', 'no'],
  EDQUOT: ['ledger.full', 'no'],
  EACCES: ['ledger.cannot-open', 'no'],
  EPERM: ['ledger.cannot-open', 'no'],
  ENOTDIR: ['ledger.cannot-open', 'no'],
  EEXIST: ['ledger.cannot-open', 'no'],
  EISDIR: ['ledger.cannot-open', 'no'],
  EROFS: ['ledger.read-only', 'no'],
  EIO: ['ledger.io', 'check'],
}

const sqliteCode = (error: unknown): string | undefined =>
  error instanceof Database.SqliteError ? error.code.split('_')[1] : undefined

export const isBusy = (error: unknown): boolean => sqliteCode(error) === 'BUSY'
export const isDamage = (error: unknown): boolean => ['CORRUPT', 'NOTADB'].includes(sqliteCode(error) ?? '')

/** Any error of the database as a Fault; a Fault stays what it is. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [code, retry] = kinds[sqliteCode(error) ?? ''] ?? errnoKinds[errno] ?? (['ledger.broken', 'no'] as const)
  return new Fault({ code, retry, hint: wording(code), cause: error })
}

export const inUse = (cause?: unknown): Fault =>
  new Fault({ code: 'ledger.in-use', retry: 'no', hint: wording('ledger.in-use'), cause })

export const closedFault = (): Fault =>
  new Fault({ code: 'ledger.closed', retry: 'yes', hint: wording('ledger.closed') })

/** Runs `work`, turning the database's errors into faults. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw faultOf(error)
  }
}
