import { query } from '../query.ts'

export const streamEvents = query<{ stream: string; after: number }>()((db, args) =>
  db
    .selectFrom('event')
    .selectAll()
    .where('first', '=', (nested) =>
      nested.selectFrom('event').select('position').where('stream', '=', args.stream).where('version', '=', 1),
    )
    .where('version', '>', args.after)
    .orderBy('version'),
)
