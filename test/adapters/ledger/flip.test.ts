import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { isDamage } from '../../../src/adapters/ledger/sqlite/fault.ts'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { Fault } from '../../../src/core/fault.ts'
import { livedIn } from './audit-kit.ts'
import { newFolder } from './kit.ts'

/** Every event as the database gives it, by its position; null when it gives none at all. */
function contents(file: string): ReadonlyMap<number, string> | null {
  const db = new Database(file, { readonly: true })
  try {
    const rows = db.prepare<[], { position: number }>('select * from event').all()
    return new Map(rows.map((row) => [row.position, JSON.stringify(row)]))
  } catch (error) {
    if (!isDamage(error)) throw error
    return null
  } finally {
    db.close()
  }
}

/** The bytes of the table's pages in the file. */
function tableBytes(file: string): readonly number[] {
  const db = new Database(file, { readonly: true })
  const pages = db.prepare<[], { pageno: number }>(`select pageno from dbstat where name = 'event'`).all()
  const size = Number(db.pragma('page_size', { simple: true }))
  db.close()
  return pages.flatMap(({ pageno }) => Array.from({ length: size }, (_, index) => (pageno - 1) * size + index))
}

/** Every byte takes half a minute: `EVERY=1`. Seven has no divisor in common with a page, so all places in a row are met. */
const every = Number(process.env.EVERY ?? 7)

it('8. History cannot be changed unnoticed: any byte of any event', { timeout: 120_000 }, async () => {
  const { file } = await livedIn()
  const before = contents(file) ?? new Map<number, string>()
  const bytes = readFileSync(file)
  const copy = join(newFolder(), 'copy.db')
  let altered = 0
  for (const offset of tableBytes(file).filter((_, index) => index % every === 0)) {
    const kept = bytes[offset] ?? 0
    bytes[offset] = kept ^ (1 << (offset % 8))
    writeFileSync(copy, bytes)
    bytes[offset] = kept
    const after = contents(copy)
    const changed = [...before].filter(([position, row]) => after?.get(position) !== row).map(([position]) => position)
    const added = [...(after?.keys() ?? [])].filter((position) => !before.has(position))
    if (changed.length + added.length === 0) continue
    altered += 1
    const report = await verifyLedger(copy, { publicKeys: [], witnesses: [] }).catch((error) => error)
    if (report instanceof Fault) {
      expect(report.code, `byte ${offset}`).toBe('ledger.corrupt')
      continue
    }
    const named = (position: number) =>
      report.findings.some(
        (finding: { position: number | null; through?: number }) =>
          finding.position !== null &&
          finding.position <= position &&
          position <= (finding.through ?? finding.position),
      )
    expect(report.findings.length, `byte ${offset}`).toBeGreaterThan(0)
    if (after)
      expect(
        changed.filter((position) => !named(position)),
        `byte ${offset}`,
      ).toEqual([])
  }
  expect(altered).toBeGreaterThan(3000 / every)
})
