import { query } from '../query.ts'

export const eventAt = query<{ position: number }>()((db, args) =>
  db.selectFrom('event').selectAll().where('position', '=', args.position),
)
