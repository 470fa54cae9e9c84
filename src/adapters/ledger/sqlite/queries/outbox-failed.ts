import { query } from '../query.ts'

/** `sending` stays: whether the message stands there is not known until somebody looked. */
export const outboxFailed = query<{ key: string }>()((db, args) =>
  db
    .updateTable('outbox')
    .set((row) => ({ failures: row('failures', '+', 1) }))
    .where('key', '=', args.key),
)
