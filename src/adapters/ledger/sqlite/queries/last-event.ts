import { query } from '../query.ts'

export const lastEvent = query()((db) =>
  db.selectFrom('event').select(['position', 'hash']).orderBy('position', 'desc').limit(1),
)
