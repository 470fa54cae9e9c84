import { query } from '../query.ts'

export const eventsAfter = query<{ after: number; limit: number }>()((db, args) =>
  db.selectFrom('event').selectAll().where('position', '>', args.after).orderBy('position').limit(args.limit),
)
