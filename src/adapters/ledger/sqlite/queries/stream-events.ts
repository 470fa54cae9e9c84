import { query } from '../query.ts'

export const streamEvents = query<{ stream: string; after: number }>()((db, args) =>
  db
    .selectFrom('event')
    .selectAll()
    .where('stream', '=', args.stream)
    .where('version', '>', args.after)
    .orderBy('version'),
)
