import type { RawBuilder } from 'kysely'
import { query } from '../query.ts'

/** `t0`, `t1`, … and the rest. */
export type TypedArguments = { readonly after: number; readonly limit: number } & {
  readonly [type: `t${number}`]: string
}

/**
 * Of `count` types, in global order. One branch per type, each already in order by its index, so that SQLite merges them and stops
 * at the limit; an IN list would sort all that is left of the ledger.
 */
export const eventsOfTypes = (count: number) =>
  query<TypedArguments>()((db, args) => {
    const branch = (index: number) =>
      db
        .selectFrom('event')
        .selectAll()
        .where('type', '=', args[`t${index}`] as RawBuilder<string>)
        .where('position', '>', args.after)
    const [first, ...others] = Array.from({ length: count }, (_, index) => branch(index))
    if (!first) throw new TypeError('no types were asked for')
    return others
      .reduce((all, next) => all.unionAll(next), first)
      .orderBy('position')
      .limit(args.limit)
  })
