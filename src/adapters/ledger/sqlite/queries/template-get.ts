import { query } from '../query.ts'

export const templateGet = query<{ digest: string }>()((db, args) =>
  db.selectFrom('template').select(['key', 'nonce', 'body']).where('digest', '=', args.digest),
)
