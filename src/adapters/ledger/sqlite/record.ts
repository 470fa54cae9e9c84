import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { AppendContext } from '../../../ports/ledger.ts'
import { type Checkpoint, signCheckpoint } from '../checkpoint.ts'
import { type Appender, prepareAppend } from './appender.ts'
import type { GroupCommit } from './group-commit.ts'
import { erasePayload } from './queries/erase-payload.ts'
import { eventAt } from './queries/event-at.ts'
import { valuesForget } from './queries/values-forget.ts'
import { prepare } from './query.ts'
import type { Tail } from './tail.ts'

export type RecordContext = Omit<AppendContext, 'dedupe'>

/** Signs the chain as it stands and appends that as `ledger.checkpointed`; null while the ledger is empty. */
export type Sign = (key: KeyObject, context: RecordContext) => Promise<Checkpoint | null>

/** Takes an event's actor and data away for good and says so in `ledger.erased`. */
export type Erase = (position: number, reason: string, context: RecordContext) => Promise<Erased>

export type Erased =
  | { readonly status: 'erased' }
  /** The record's own words about itself (`ledger.…`) stay: they hold no person's data, and the audit needs them. */
  | { readonly status: 'refused'; readonly reason: 'no-such-event' | 'already-erased' | 'part-of-the-record' }

export const signer =
  (appender: Appender, group: GroupCommit): Sign =>
  (key, context) =>
    group.add(() => {
      if (appender.head.position === 0) return null
      const checkpoint: Checkpoint = signCheckpoint(appender.head, key)
      const event = { type: 'ledger.checkpointed', v: 1, data: checkpoint } as const
      appender.append(prepareAppend([{ stream: 'checkpoints', expected: 'any', events: [event] }], context))
      return checkpoint
    })

export function eraser(writer: Database, appender: Appender, group: GroupCommit, tail: Tail): Erase {
  const find = prepare(writer, eventAt)
  const erase = prepare(writer, erasePayload)
  const forget = prepare(writer, valuesForget)
  return async (position, reason, context) => {
    const event = { type: 'ledger.erased', v: 1, data: { position, reason } } as const
    const prepared = prepareAppend([{ stream: 'erasures', expected: 'any', events: [event] }], context)
    const erased = await group.add((): Erased => {
      const found = find.get({ position })
      if (!found) return { status: 'refused', reason: 'no-such-event' }
      if (found.payload === null) return { status: 'refused', reason: 'already-erased' }
      if (found.type.startsWith('ledger.')) return { status: 'refused', reason: 'part-of-the-record' }
      erase.run({ position })
      forget.run({})
      tail.forget()
      appender.append(prepared)
      return { status: 'erased' }
    })
    // The log still holds the page as it was; emptying it may have to wait for readers, then the next one does it.
    if (erased.status === 'erased' && writer.open) writer.pragma('wal_checkpoint(truncate)')
    return erased
  }
}
