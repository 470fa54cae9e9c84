import { query } from '../query.ts'

/** What was folded from events, and may hold what one of them held. */
export const valuesForget = query()((db) => db.deleteFrom('value').where('name', 'like', 'projection/%'))
