import type { Database } from 'better-sqlite3'
import type { Json } from '../../../../core/canonical.ts'
import type { ValueStore } from '../../../../ports/store.ts'
import { guarded } from '../fault.ts'
import { valueGet } from '../queries/value-get.ts'
import { valueSet } from '../queries/value-set.ts'
import { prepare } from '../query.ts'

export function valuesOn(db: Database): ValueStore {
  const get = prepare(db, valueGet)
  const set = prepare(db, valueSet)
  return {
    get: (name) =>
      guarded(() => {
        const row = get.get({ name })
        return row ? (JSON.parse(row.json) as Json) : null
      }),
    set: (name, value) => guarded(() => void set.run({ name, json: JSON.stringify(value) })),
  }
}
