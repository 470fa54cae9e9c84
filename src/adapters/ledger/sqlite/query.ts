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

/** A placeholder while a query is built. */
class Argument {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

class StatementCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Argument) super.appendValue(value.name)
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

/** A prepared statement of one connection. Binds by place: by name costs better-sqlite3 twice as much. */
export class Prepared<Args extends object, Row> {
  readonly #statement: Statement<unknown[], Row>
  readonly #names: readonly (keyof Args)[]

  constructor(statement: Statement<unknown[], Row>, names: readonly (keyof Args)[]) {
    this.#statement = statement
    this.#names = names
  }

  run(args: Args): void {
    this.#statement.run(...this.#bound(args))
  }

  get(args: Args): Row | undefined {
    return this.#statement.get(...this.#bound(args))
  }

  all(args: Args): Row[] {
    return this.#statement.all(...this.#bound(args))
  }

  iterate(args: Args): IterableIterator<Row> {
    return this.#statement.iterate(...this.#bound(args))
  }

  #bound(args: Args): unknown[] {
    return this.#names.map((name) => args[name])
  }
}

/** Compiles once; `pluck` for a query with one column gives its value, not a row. */
export function prepare<Args extends object, Row>(db: Database, of: Query<Args, Row>): Prepared<Args, Row> {
  const { sql: text, parameters } = compile(of)
  return new Prepared(db.prepare<unknown[], Row>(text), parameters as (keyof Args)[])
}

export function preparePluck<Args extends object, Value>(
  db: Database,
  of: Query<Args, { readonly [Column in string]: Value }>,
): Prepared<Args, Value> {
  const { sql: text, parameters } = compile(of)
  const statement = db.prepare<unknown[]>(text).pluck() as unknown as Statement<unknown[], Value>
  return new Prepared(statement, parameters as (keyof Args)[])
}

const compile = <Args extends object, Row>(of: Query<Args, Row>) => {
  const args = new Proxy({} as Arguments<Args>, {
    get: (_, name) => sql`${new Argument(String(name))}`,
  })
  return of.build(builder, args).compile()
}
