import { query } from '../query.ts'

/** A wish older than the one that stands changes nothing. */
export const outboxWant = query<{ key: string; chat: string; spec: string; wanted: number }>()((db, args) =>
  db
    .insertInto('outbox')
    .values({
      key: args.key,
      chat: args.chat,
      spec: args.spec,
      wanted: args.wanted,
      delivered: 0,
      digest: null,
      ref: null,
      sending: 0,
      failures: 0,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({
          chat: row.ref('excluded.chat'),
          spec: row.ref('excluded.spec'),
          wanted: row.ref('excluded.wanted'),
        }))
        .whereRef('excluded.wanted', '>=', 'outbox.wanted'),
    ),
)
