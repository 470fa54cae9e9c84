import { query } from '../query.ts'

export const outboxGet = query<{ key: string }>()((db, args) =>
  db.selectFrom('outbox').selectAll().where('key', '=', args.key),
)
