import { query } from '../query.ts'

/** No row for a stream that does not exist. */
export const streamVersion = query<{ stream: string }>()((db, args) =>
  db.selectFrom('event').select('version').where('stream', '=', args.stream).orderBy('version', 'desc').limit(1),
)
