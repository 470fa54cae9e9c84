import { sql } from 'kysely'
import { query } from '../query.ts'

/** From an index alone, for when the table itself cannot be read to its end. */
export const highestPosition = query()((db) => ({
  compile: () =>
    sql<{ position: number | null }>`select max(+position) as position from event indexed by event_by_stream`.compile(
      db,
    ),
}))
