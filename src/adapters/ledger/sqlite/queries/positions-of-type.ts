import { query } from '../query.ts'

/** Answered by the index on the type alone. */
export const positionsOfType = query<{ type: string; after: number; limit: number }>()((db, args) =>
  db
    .selectFrom('event')
    .select('position')
    .where('type', '=', args.type)
    .where('position', '>', args.after)
    .orderBy('position')
    .limit(args.limit),
)
