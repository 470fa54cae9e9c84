import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Fault } from '../../../core/fault.ts'
import { faultOf } from './fault.ts'

const syncData = promisify(fdatasync)

/**
 * Syncs the database's write-ahead log to disk while the event loop goes on. SQLite's own sync at a commit (`synchronous=FULL`)
 * does the same and holds the whole process up meanwhile: a commit is durable once the log is
 * (https://sqlite.org/wal.html#performance_considerations).
 */
export class LogSync {
  readonly #file: number
  #current: Promise<void> | null = null
  #next: Promise<void> | null = null
  #broken: Fault | null = null

  /** The log exists as long as a connection is open that has read the database. */
  constructor(database: string) {
    // For writing: Windows syncs no file that was opened to be read.
    this.#file = openSync(`${database}-wal`, 'r+')
  }

  /**
   * Set for good once a sync has failed: the system may have dropped what it could not write, and the next sync would say nothing
   * of it.
   */
  get broken(): Fault | null {
    return this.#broken
  }

  /**
   * Resolves once everything committed up to now is on disk. Those who ask while a sync runs share the next one. Rejects with Fault
   * `ledger.io` or `ledger.full`.
   */
  flush(): Promise<void> {
    const current = this.#current
    if (!current) return this.#begin()
    this.#next ??= current
      .catch(() => undefined)
      .then(() => {
        this.#next = null
        return this.#begin()
      })
    return this.#next
  }

  close(): void {
    closeSync(this.#file)
  }

  #begin(): Promise<void> {
    const begun = this.#sync().finally(() => {
      if (this.#current === begun) this.#current = null
    })
    this.#current = begun
    return begun
  }

  async #sync(): Promise<void> {
    if (this.#broken) throw this.#broken
    try {
      await syncData(this.#file)
    } catch (error) {
      this.#broken = faultOf(error)
      throw this.#broken
    }
  }
}
