import type { RawBuilder } from 'kysely'
import { query } from '../query.ts'

/** `t0`, `t1`, … and the rest. */
export type TypedArguments = { readonly after: number; readonly limit: number } & {
  readonly [type: `t${number}`]: string
}

/**
 * Of `count` types, in global order. There is no index by type, for it would cost every append and serve nobody: who asks has read
 * up to `after` before, and a type stands in front of what makes a row long.
 */
export const eventsOfTypes = (count: number) =>
  query<TypedArguments>()((db, args) => {
    const types = Array.from({ length: count }, (_, index) => args[`t${index}`] as RawBuilder<string>)
    return db
      .selectFrom('event')
      .selectAll()
      .where('position', '>', args.after)
      .where('type', 'in', types)
      .orderBy('position')
      .limit(args.limit)
  })
