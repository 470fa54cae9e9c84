import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { AuditFinding } from '../../../src/adapters/ledger/audit/finding.ts'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import type { Head } from '../../../src/ports/ledger.ts'
import { context, newFile, newFolder, note, openAt } from './kit.ts'

export const keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = generateKeyPairSync('ed25519')

/** A ledger as life leaves it: keys, several streams, an erased event, a checkpoint in the middle. Closed. */
export async function livedIn(count = 12): Promise<{ readonly file: string; readonly head: Head }> {
  const file = newFile()
  const { ledger, checkpoint, erase, close } = await openAt(file)
  for (let index = 1; index <= count; index++) {
    const writes = [
      { stream: `incident/${index % 3}`, expected: 'any', events: [note(`note ${index}: büro`)] } as const,
    ]
    await ledger.append(writes, index % 4 === 0 ? { ...context, dedupe: `delivery-${index}` } : context)
    if (index === 6) await checkpoint(keys.privateKey, context)
    if (index === 8) await erase(3, 'asked to be forgotten', context)
  }
  const head = await ledger.head()
  await close()
  return { file, head }
}

/** A copy that somebody with the database file at hand worked on. */
export function tampered(file: string, work: (db: Database.Database) => void): string {
  const copy = join(newFolder(), 'copy.db')
  copyFileSync(file, copy)
  const db = new Database(copy)
  work(db)
  db.close()
  return copy
}

export const findings = async (file: string, witnesses: readonly Head[] = []): Promise<readonly AuditFinding[]> =>
  (await verifyLedger(file, { publicKeys: [keys.publicKey], witnesses })).findings

/** `altered 5`, `missing 3-4`: enough to compare. */
export const brief = (found: readonly AuditFinding[]): readonly string[] =>
  found.map(({ kind, position, through }) =>
    [kind, through === undefined || through === position ? position : `${position}-${through}`].join(' '),
  )
