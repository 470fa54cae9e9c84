import { query } from '../query.ts'

export const outboxSending = query<{ key: string }>()((db, args) =>
  db.updateTable('outbox').set({ sending: 1 }).where('key', '=', args.key),
)
