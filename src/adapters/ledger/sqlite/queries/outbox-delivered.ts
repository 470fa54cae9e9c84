import { query } from '../query.ts'

export const outboxDelivered = query<{ key: string; position: number; digest: string; ref: string }>()((db, args) =>
  db
    .updateTable('outbox')
    .set({ delivered: args.position, digest: args.digest, ref: args.ref, sending: 0, failures: 0 })
    .where('key', '=', args.key),
)
