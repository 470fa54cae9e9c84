import { query } from '../query.ts'

export const eventByDedupe = query<{ dedupe: string }>()((db, args) =>
  db.selectFrom('event').select('position').where('dedupe', '=', args.dedupe),
)
