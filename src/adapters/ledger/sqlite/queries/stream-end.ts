import { query } from '../query.ts'

/** No row for a stream that does not exist. */
export const streamEnd = query<{ stream: string }>()((db, args) =>
  db
    .selectFrom('event')
    .select(['first', 'version'])
    .where('first', '=', (nested) =>
      nested.selectFrom('event').select('position').where('stream', '=', args.stream).where('version', '=', 1),
    )
    .orderBy('version', 'desc')
    .limit(1),
)
