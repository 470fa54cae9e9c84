import { query } from '../query.ts'

/** Written again only under another key. */
export const templatePut = query<{ digest: string; key: string; nonce: Uint8Array; body: Uint8Array }>()((db, args) =>
  db
    .insertInto('template')
    .values({ digest: args.digest, key: args.key, nonce: args.nonce, body: args.body })
    .onConflict((conflict) =>
      conflict.column('digest').doUpdateSet((row) => ({
        key: row.ref('excluded.key'),
        nonce: row.ref('excluded.nonce'),
        body: row.ref('excluded.body'),
      })),
    ),
)
