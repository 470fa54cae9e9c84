import { query } from '../query.ts'

export const valueGet = query<{ name: string }>()((db, args) =>
  db.selectFrom('value').select('json').where('name', '=', args.name),
)
