import type { Database } from 'better-sqlite3'
import type { Json } from '../../../../core/canonical.ts'
import type { OutboxRow, OutboxStore } from '../../../../ports/store.ts'
import { guarded } from '../fault.ts'
import { outboxDelivered } from '../queries/outbox-delivered.ts'
import { outboxDue } from '../queries/outbox-due.ts'
import { outboxFailed } from '../queries/outbox-failed.ts'
import { outboxGet } from '../queries/outbox-get.ts'
import { outboxSending } from '../queries/outbox-sending.ts'
import { outboxWant } from '../queries/outbox-want.ts'
import { valueGet } from '../queries/value-get.ts'
import { valueSet } from '../queries/value-set.ts'
import { prepare } from '../query.ts'
import type { OutboxColumns } from '../tables.ts'

const cursorName = 'outbox/cursor'
/** Behind by no more events than this, the cursor is written only together with a wish: what it passed asked for none. */
const mostBehind = 500

/**
 * `sending` is synced to disk: were the mark lost in a power cut, the message would be sent again without looking for it. All else may
 * be lost together with its cursor and is then made again.
 */
export function outboxOn(db: Database, flush: () => Promise<void>): OutboxStore {
  const want = prepare(db, outboxWant)
  const due = prepare(db, outboxDue)
  const get = prepare(db, outboxGet)
  const sending = prepare(db, outboxSending)
  const delivered = prepare(db, outboxDelivered)
  const failed = prepare(db, outboxFailed)
  const cursor = prepare(db, valueGet)
  const setCursor = prepare(db, valueSet)
  const wantAll = db.transaction((rows: Parameters<OutboxStore['want']>[0], position: number) => {
    for (const { key, chat, spec, wanted } of rows) want.run({ key, chat, spec: JSON.stringify(spec), wanted })
    setCursor.run({ name: cursorName, json: String(position) })
  })
  // What is in the file, and what was reached since; read when first asked for.
  let stored = -1
  let reached = -1
  const read = (): number => {
    if (stored < 0) stored = reached = Number(cursor.get({ name: cursorName })?.json ?? 0)
    return reached
  }
  const listeners = new Set<() => void>()
  return {
    want: (rows, position) => {
      guarded(() => {
        read()
        if (rows.length > 0 || position - stored > mostBehind) {
          wantAll.immediate(rows, position)
          stored = position
        }
        reached = position
      })
      if (rows.length > 0) for (const listener of listeners) listener()
    },
    follow: (listener) => {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    cursor: () => guarded(read),
    due: (limit) => guarded(() => due.all({ limit }).map(rowOf)),
    get: (key) =>
      guarded(() => {
        const row = get.get({ key })
        return row ? rowOf(row) : null
      }),
    sending: async (key) => {
      guarded(() => void sending.run({ key }))
      await flush()
    },
    delivered: (key, { position, digest, ref }) =>
      guarded(() => void delivered.run({ key, position, digest, ref: JSON.stringify(ref) })),
    failed: (key) => guarded(() => void failed.run({ key })),
  }
}

const rowOf = (row: OutboxColumns): OutboxRow => ({
  ...row,
  spec: JSON.parse(row.spec) as Json,
  ref: row.ref === null ? null : (JSON.parse(row.ref) as Json),
  sending: row.sending === 1,
})
