import type { Database, Statement } from 'better-sqlite3'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import type { Tables } from './tables.ts'

/** A placeholder while a query is built; becomes `@name`. */
class Argument {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

class StatementCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Argument) this.append(`@${value.name}`)
    else this.appendImmediateValue(value)
  }
}

const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new StatementCompiler(),
  },
})

type Arguments<Args> = { readonly [Name in keyof Args]: RawBuilder<Args[Name]> }

/** A query built with Kysely, not compiled yet. */
export interface Query<Args extends object, Row> {
  build(db: Kysely<Tables>, args: Arguments<Args>): Compilable<Row>
}

export const query =
  <Args extends object = Record<never, never>>() =>
  <Row>(build: Query<Args, Row>['build']): Query<Args, Row> => ({ build })

/** Compiles once; from then on it is a prepared statement of that connection. */
export function prepare<Args extends object, Row>(db: Database, of: Query<Args, Row>): Statement<[Args], Row> {
  const args = new Proxy({} as Arguments<Args>, {
    get: (_, name) => sql`${new Argument(String(name))}`,
  })
  return db.prepare<[Args], Row>(of.build(builder, args).compile().sql)
}

/** Of a query with one column: gives its value, not a row. */
export const preparePluck = <Args extends object, Value>(
  db: Database,
  of: Query<Args, { readonly [Column in string]: Value }>,
): Statement<[Args], Value> => prepare(db, of).pluck() as unknown as Statement<[Args], Value>
