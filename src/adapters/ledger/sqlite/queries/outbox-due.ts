import { query } from '../query.ts'

export const outboxDue = query<{ limit: number }>()((db, args) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .whereRef('wanted', '>', 'delivered')
    .orderBy('wanted')
    .orderBy('key')
    .limit(args.limit),
)
