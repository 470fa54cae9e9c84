import type { Database, Statement } from 'better-sqlite3'
import type { Clock } from '../../../ports/clock.ts'
import { nextTurn } from '../turn.ts'
import { closedFault, faultOf, isBusy } from './fault.ts'
import type { LogSync } from './log-sync.ts'

interface Waiting {
  run(): void
  done(): void
  failed(fault: Error): void
}

export interface GroupHooks {
  begun(): void
  /** Answers what is to be done once what was committed is on disk. */
  committed(): () => void
  undone(): void
}

/** How many jobs share a commit at most, so that a flood does not hold up everything else. */
const groupSize = 1000
const busyPauseMs = 20

/**
 * One transaction for all jobs that wait, and one sync to disk for all transactions since the last. It waits for the end of the turn: a
 * burst shares a commit, a single writer waits for nobody. Jobs check before they write, so that one job's "no" does not touch the
 * others; no savepoints are needed.
 */
export class GroupCommit {
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #db: Database
  readonly #log: Pick<LogSync, 'broken' | 'flush'>
  readonly #clock: Pick<Clock, 'monotonicMs' | 'sleep'>
  readonly #busyMs: number
  readonly #hooks: GroupHooks
  #waiting: Waiting[] = []
  #draining: Promise<void> | null = null
  /** The sync that what was committed last waits for. */
  #syncing: Promise<void> | null = null
  #closed = false

  constructor(
    db: Database,
    log: Pick<LogSync, 'broken' | 'flush'>,
    clock: Pick<Clock, 'monotonicMs' | 'sleep'>,
    busyMs: number,
    hooks: GroupHooks,
  ) {
    this.#db = db
    this.#log = log
    this.#clock = clock
    this.#busyMs = busyMs
    this.#hooks = hooks
    this.#begin = db.prepare('begin immediate')
    this.#commit = db.prepare('commit')
    this.#rollback = db.prepare('rollback')
  }

  /** Resolves with what `job` returned once that is durable. A job may be run twice: then the first run was undone. */
  add<T>(job: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closedFault())
    if (this.#log.broken) return Promise.reject(this.#log.broken)
    return new Promise<T>((resolve, reject) => {
      let result: T
      this.#waiting.push({
        run: () => {
          result = job()
        },
        done: () => resolve(result),
        failed: reject,
      })
      this.#draining ??= nextTurn().then(() => this.#drain())
    })
  }

  /** Resolves once everything that was committed is on disk; throws Fault where it may not be. At once where it is. */
  async synced(): Promise<void> {
    await this.#syncing
    if (this.#log.broken) throw this.#log.broken
  }

  /** Takes no more jobs; resolves when those that wait have their outcome. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#draining
    await this.#syncing
  }

  async #drain(): Promise<void> {
    let busySince: number | null = null
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, groupSize)
      const refusal = this.#tryToBegin()
      if (refusal === null) {
        busySince = null
        this.#runAll(group)
        if (this.#waiting.length > 0) await nextTurn()
        continue
      }
      busySince ??= this.#clock.monotonicMs()
      const waits = isBusy(refusal) && this.#clock.monotonicMs() - busySince < this.#busyMs
      if (!waits) {
        for (const job of group) job.failed(faultOf(refusal))
        continue
      }
      this.#waiting.unshift(...group)
      await this.#clock.sleep(busyPauseMs)
    }
    this.#draining = null
  }

  #tryToBegin(): unknown {
    try {
      this.#begin.run()
      return null
    } catch (error) {
      return error
    }
  }

  /** In an open transaction. When a group fails, each of its jobs gets a transaction and so an outcome of its own. */
  #runAll(group: readonly Waiting[]): void {
    try {
      this.#hooks.begun()
      for (const job of group) job.run()
      this.#commit.run()
    } catch (error) {
      this.#hooks.undone()
      if (this.#db.inTransaction) this.#rollback.run()
      const [only, ...others] = group
      if (others.length === 0) only?.failed(faultOf(error))
      else for (const job of group) this.#runAlone(job)
      return
    }
    const syncing = this.#sync(group, this.#hooks.committed()).finally(() => {
      if (this.#syncing === syncing) this.#syncing = null
    })
    this.#syncing = syncing
  }

  async #sync(group: readonly Waiting[], durable: () => void): Promise<void> {
    try {
      await this.#log.flush()
    } catch (error) {
      for (const job of group) job.failed(faultOf(error))
      return
    }
    for (const job of group) job.done()
    durable()
  }

  #runAlone(job: Waiting): void {
    const refusal = this.#tryToBegin()
    if (refusal === null) this.#runAll([job])
    else job.failed(faultOf(refusal))
  }
}
