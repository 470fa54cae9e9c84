import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { inUse, isBusy } from './fault.ts'
import { checkFormat } from './migrate.ts'

/** Pages of 4096 bytes in the log before SQLite copies them into the file, and its size kept on disk after that. */
const checkpointPages = 4000
const logBytes = 64 * 1024 * 1024

/** Creates the folder (0700) and the file (0600) where they are missing; SQLite gives its side files the same mode. */
export function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
}

/**
 * Holds `<file>.lock` until closed; the operating system lets go of it when the process dies. A file of its own, so that readers
 * of the ledger are not in the way. Where another process holds it: null for a guest, else throws Fault `ledger.in-use`.
 */
export function writerLock(file: string, guest: boolean): Database.Database | null {
  const path = `${file}.lock`
  createFile(path)
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    if (guest) return null
    throw inUse(error)
  }
}

/** A commit survives a crash of the process, and a power cut once the log was synced after it. */
export function openWriter(file: string, waitMs: number): Database.Database {
  const db = new Database(file, { timeout: waitMs })
  try {
    // Before anything is changed in a file that may be somebody else's.
    checkFormat(db)
    db.pragma('journal_mode = wal')
    db.pragma('synchronous = normal')
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    db.pragma(`journal_size_limit = ${logBytes}`)
    // What is erased leaves no bytes behind in the file (https://sqlite.org/pragma.html#pragma_secure_delete).
    db.pragma('secure_delete = on')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

export const openReader = (file: string): Database.Database =>
  new Database(file, { readonly: true, fileMustExist: true, timeout: 1000 })
