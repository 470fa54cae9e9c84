import { query } from '../query.ts'

export const valueSet = query<{ name: string; json: string }>()((db, args) =>
  db
    .insertInto('value')
    .values({ name: args.name, json: args.json })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ json: row.ref('excluded.json') }))),
)
