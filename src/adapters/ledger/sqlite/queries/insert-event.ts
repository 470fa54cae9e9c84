import { query } from '../query.ts'
import type { EventRow } from '../tables.ts'

export const insertEvent = query<EventRow>()((db, args) =>
  db.insertInto('event').values({
    position: args.position,
    stream: args.stream,
    first: args.first,
    version: args.version,
    at: args.at,
    config: args.config,
    type: args.type,
    v: args.v,
    dedupe: args.dedupe,
    digest: args.digest,
    hash: args.hash,
    salt: args.salt,
    payload: args.payload,
  }),
)
