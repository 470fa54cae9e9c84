import type { Chance, Clock } from '../../../ports/clock.ts'
import type { Ledger } from '../../../ports/ledger.ts'
import type { Log } from '../../../ports/log.ts'
import type { Store } from '../../../ports/store.ts'
import { Followers } from '../followers.ts'
import { type Upcast, upcast } from '../upcast.ts'
import { Appender } from './appender.ts'
import { createFile, openReader, openWriter, writerLock } from './connection.ts'
import { closedFault, faultOf, inUse } from './fault.ts'
import { GroupCommit } from './group-commit.ts'
import { ledgerOver } from './ledger.ts'
import { LogSync } from './log-sync.ts'
import { isNewest, migrate } from './migrate.ts'
import { Reader } from './reader.ts'
import { type Erase, eraser, type Sign, signer } from './record.ts'
import { outboxOn } from './store/outbox.ts'
import { templatesOn } from './store/templates.ts'
import { valuesOn } from './store/values.ts'

export interface LedgerOptions {
  readonly file: string
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>
  readonly chance: Chance
  readonly log: Log
  /** 32 bytes; the key that templates are encrypted with is derived from it. */
  readonly templateKey: Uint8Array
  /** How long an append waits for a lock that another program holds. */
  readonly busyMs?: number
  /** The file's greatest size in pages of 4096 bytes; past it appends fail with `ledger.full`. */
  readonly maxPages?: number
  /** Takes a second seat where another process writes already, instead of being refused. */
  readonly guest?: boolean
  /** What makes stored events into today's; others only in tests. */
  readonly upcast?: Upcast
}

export interface OpenLedger {
  /** Another process writes as well: the bot. */
  readonly guest: boolean
  readonly ledger: Ledger
  readonly store: Store
  readonly checkpoint: Sign
  readonly erase: Erase
  close(): Promise<void>
}

const besideMs = 25
/** How often a look is taken whether another process has written. */
const watchMs = 400

/** Opens the ledger for writing, making file and folder where they are missing. Throws Fault (`ledger.in-use`, `ledger.newer`, …). */
export async function openLedger(options: LedgerOptions): Promise<OpenLedger> {
  const { file, chance, clock, log, busyMs = 2000 } = options
  const opened: { close(): void }[] = []
  const keep = <Kept extends { close(): void }>(db: Kept): Kept => {
    opened.unshift(db)
    return db
  }
  const closeAll = () => {
    for (const db of opened.splice(0)) db.close()
  }
  try {
    createFile(file)
    const lock = writerLock(file, options.guest ?? false)
    if (lock) keep(lock)
    const guest = lock === null
    const writer = keep(openWriter(file, busyMs))
    if (!guest) migrate(writer)
    else if (!isNewest(writer)) throw inUse()
    // A file that only can be read is found out now, not at the first append.
    writer.exec('begin immediate; rollback')
    writer.pragma('busy_timeout = 0')
    const synced = keep(new LogSync(file))
    // What a process committed that died before its sync is read from now on.
    await synced.flush()
    const reader = new Reader(keep(openReader(file)), options.upcast ?? upcast)
    // Its waits hold the whole process up: what cannot be written at once is tried again by whoever wrote it.
    const beside = keep(openWriter(file, guest ? busyMs : Math.min(busyMs, besideMs)))
    if (options.maxPages !== undefined) {
      for (const db of [writer, beside]) db.pragma(`max_page_count = ${options.maxPages}`)
    }

    const followers = new Followers(log)
    const watching = new AbortController()
    let told = reader.head().position
    /** What another process writes is found by looking. */
    const watch = async () => {
      for (;;) {
        await clock.sleep(watchMs, watching.signal).catch(() => undefined)
        if (watching.signal.aborted) return
        try {
          const head = reader.overtaken()
          if (!head || head.position <= told) continue
          await synced.flush()
          told = head.position
          followers.tell(head, null)
        } catch (cause) {
          log.warn('the ledger could not be looked at', { code: faultOf(cause).code })
        }
      }
    }
    const watched = watch()
    const appender = new Appender(writer, chance)
    const group = new GroupCommit(writer, synced, clock, busyMs, {
      begun: () => {
        if (appender.begin()) reader.tail.restart()
      },
      committed: () => {
        if (appender.written.length === 0) return () => undefined
        const { head, written } = appender
        reader.tail.add(written)
        // Another process may have written before this one did, and is told with it.
        const types = written[0]?.position === told + 1 ? written.map(({ type }) => type) : null
        told = head.position
        return () => followers.tell(head, types)
      },
      undone: () => {
        appender.undone()
        // What a commit that failed left behind is known to the database alone.
        reader.tail.forget()
      },
    })
    const isOpen = () => opened.length > 0
    const close = async () => {
      watching.abort()
      await Promise.all([group.close(), watched])
      followers.close()
      closeAll()
    }
    const reading = () => {
      if (!isOpen()) throw closedFault()
      return reader
    }
    return {
      guest,
      ledger: ledgerOver(appender, group, reading, followers, close),
      store: {
        outbox: outboxOn(beside, () => synced.flush()),
        templates: templatesOn(beside, options.templateKey, chance),
        values: valuesOn(beside),
      },
      checkpoint: signer(appender, group),
      erase: eraser(writer, appender, group, reader.tail),
      close,
    }
  } catch (error) {
    closeAll()
    throw faultOf(error)
  }
}
