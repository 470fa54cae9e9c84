import { generateKeyPairSync } from 'node:crypto'
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { auditReport } from '../../../src/adapters/ledger/audit/report.ts'
import { chainHash, payloadDigest } from '../../../src/adapters/ledger/chain.ts'
import type { EventRow } from '../../../src/adapters/ledger/sqlite/tables.ts'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import type { Head } from '../../../src/ports/ledger.ts'
import { brief, findings, keys, livedIn, tampered } from './audit-kit.ts'
import { context, newFile, note, openAt, thrown } from './kit.ts'

const hexOf = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex')

/** What someone who knows the program would do: change one event, then make every hash after it anew. */
function rebuild(file: string, position: number, through = Number.MAX_SAFE_INTEGER): string {
  return tampered(file, (db) => {
    const rows = db.prepare<[], EventRow>('select * from event order by position').all()
    const update = db.prepare(
      'update event set payload = @payload, digest = @digest, hash = @hash where position = @position',
    )
    let previous = hexOf(rows[position - 2]?.hash ?? null)
    for (const row of rows.slice(position - 1)) {
      if (row.position > through) break
      const payload = row.position === position ? (row.payload ?? '').replace('note', 'lie') : row.payload
      const digest = payload === null ? hexOf(row.digest) : payloadDigest(hexOf(row.salt), payload)
      previous = chainHash(previous, { ...row, digest })
      update.run({ ...row, payload, digest: Buffer.from(digest, 'hex'), hash: Buffer.from(previous, 'hex') })
    }
  })
}

describe('8. History cannot be changed unnoticed', () => {
  it('finds nothing in a ledger nobody touched', async () => {
    const { file, head } = await livedIn()
    const report = await verifyLedger(file, { publicKeys: [keys.publicKey], witnesses: [head] })
    expect(report).toEqual({
      events: 14,
      head,
      erased: 1,
      findings: [],
      more: 0,
      checkpoints: { total: 1, verified: 1, unchecked: 0 },
      witnesses: { given: 1, matched: 1 },
    })
  })

  const columns: readonly (readonly [string, string])[] = [
    ['payload', `replace(payload, 'note', 'nope')`],
    ['salt', 'zeroblob(16)'],
    ['digest', 'zeroblob(32)'],
    ['hash', 'zeroblob(32)'],
    ['at', `'2020-01-01T00:00:00Z'`],
    ['stream', `'incident/other'`],
    ['first', '99'],
    ['version', '99'],
    ['config', `'other'`],
    ['type', `'incident.closed'`],
    ['v', '2'],
    ['dedupe', `'another'`],
  ]
  it.each(columns)('names the event whose %s was changed', async (column, value) => {
    const { file } = await livedIn()
    const copy = tampered(file, (db) => db.exec(`update event set ${column} = ${value} where position = 5`))
    const found = await findings(copy)
    expect(found.map((finding) => finding.position)).toEqual([5])
    expect(['altered', 'chain-broken']).toContain(found[0]?.kind)
  })

  it('names a removed event, several, and the first', async () => {
    const { file } = await livedIn()
    const without = async (which: string) =>
      brief(await findings(tampered(file, (db) => db.exec(`delete from event where position ${which}`))))
    expect(await without('= 5')).toEqual(['missing 5'])
    expect(await without('in (5, 6, 11)')).toEqual(['missing 5-6', 'missing 11'])
    expect(await without('= 1')).toEqual(['missing 1'])
  })

  it.each([
    [5, 9],
    [8, 9],
    [1, 2],
  ])('names swapped events %i and %i', async (one, other) => {
    const { file } = await livedIn()
    const copy = tampered(file, (db) =>
      db.exec(`update event set position = -1 where position = ${one};
        update event set position = ${one} where position = ${other};
        update event set position = ${other} where position = -1`),
    )
    expect(brief(await findings(copy))).toEqual([`reordered ${one}`, `reordered ${other}`])
  })

  it('names an inserted event', async () => {
    const { file } = await livedIn()
    const copy = tampered(file, (db) =>
      db.exec(`insert into event select 15, 'incident/x', 15, 1, at, config, type, v, null, digest, hash, salt, payload
        from event where position = 5`),
    )
    expect(brief(await findings(copy))).toEqual(['chain-broken 15'])
  })

  it('names the neighbours of an event that was given a hash to fit', async () => {
    const { file } = await livedIn()
    expect(brief(await findings(rebuild(file, 9, 9)))).toEqual(['chain-broken 10'])
  })

  it('finds a chain rebuilt before a checkpoint by the checkpoint', async () => {
    const { file } = await livedIn()
    expect(brief(await findings(rebuild(file, 2)))).toEqual(['rebuilt 6'])
  })

  it('finds a chain rebuilt after the last checkpoint only with a witness', async () => {
    const { file, head } = await livedIn()
    const copy = rebuild(file, 9)
    expect(brief(await findings(copy))).toEqual([])
    expect(brief(await findings(copy, [head]))).toEqual(['rebuilt 14'])
  })

  it('finds a cut tail only with a witness', async () => {
    const { file, head } = await livedIn()
    const copy = tampered(file, (db) => db.exec('delete from event where position > 11'))
    expect(brief(await findings(copy))).toEqual([])
    expect(brief(await findings(copy, [head]))).toEqual(['cut-tail 12-14'])
  })

  it('finds a checkpoint signed anew with another key, or not at all', async () => {
    const { file } = await livedIn()
    const other = generateKeyPairSync('ed25519').publicKey
    const ask = { publicKeys: [other], witnesses: [] }
    expect(brief((await verifyLedger(file, ask)).findings)).toEqual(['bad-signature 7'])
    const both = await verifyLedger(file, { publicKeys: [other, keys.publicKey], witnesses: [] })
    expect(both.checkpoints).toEqual({ total: 1, verified: 1, unchecked: 0 })
  })

  it('says that it did not check signatures when it has no key', async () => {
    const { file } = await livedIn()
    const report = await verifyLedger(file, { publicKeys: [], witnesses: [] })
    expect(report.checkpoints).toEqual({ total: 1, verified: 0, unchecked: 1 })
    expect(auditReport(report, 'en').lines.join('\n')).toContain('signatures were not checked')
  })

  it('tells an erased event from an altered one only when the ledger says so', async () => {
    const { file } = await livedIn()
    const erase = (position: number) =>
      tampered(file, (db) => db.exec(`update event set payload = null, salt = null where position = ${position}`))
    expect(brief(await findings(erase(5)))).toEqual(['erased-unannounced 5'])
    expect(brief(await findings(erase(7)))).toEqual(['altered 7'])
    const half = tampered(file, (db) => db.exec('update event set payload = null where position = 5'))
    expect(brief(await findings(half))).toEqual(['altered 5'])
  })

  it('finds an index that hides an event from its stream', async () => {
    const { file } = await livedIn()
    const index = (db: Database.Database, where: string) => {
      db.unsafeMode()
      db.pragma('writable_schema = on')
      db.exec(`update sqlite_schema set sql = 'create unique index event_by_stream on event (first, version) ${where}'
        where name = 'event_by_stream'; pragma writable_schema = reset`)
    }
    const narrowed = tampered(file, (db) => {
      index(db, 'where position <> 5')
      db.exec('reindex event_by_stream')
    })
    const copy = tampered(narrowed, (db) => index(db, ''))
    expect((await findings(copy)).map((finding) => finding.kind)).toContain('damaged')
  })

  it('works while the ledger is being written to', async () => {
    const file = newFile()
    const { ledger } = await openAt(file)
    await ledger.append([{ stream: 'a', expected: 0, events: [note('x')] }], context)
    const before = await verifyLedger(file, { publicKeys: [], witnesses: [] })
    expect(before).toMatchObject({ events: 1, findings: [] })
    await ledger.append([{ stream: 'a', expected: 1, events: [note('y')] }], context)
    expect((await verifyLedger(file, { publicKeys: [], witnesses: [before.head] })).findings).toEqual([])
  })

  it('walks a long ledger in time that grows with its length', async () => {
    const file = newFile()
    const { ledger } = await openAt(file)
    const events = Array.from({ length: 100 }, (_, index) => note(`note ${index}`))
    const appends = Array.from({ length: 200 }, (_, index) =>
      ledger.append([{ stream: `incident/${index}`, expected: 0, events }], context),
    )
    await Promise.all(appends)
    const report = await verifyLedger(file, { publicKeys: [], witnesses: [await ledger.head()] })
    expect(report).toMatchObject({ events: 20_000, findings: [], witnesses: { matched: 1 } })
  })

  it('has nothing to walk where there is no ledger', async () => {
    const file = newFile()
    const ask = { publicKeys: [], witnesses: [] }
    expect(await thrown(() => verifyLedger(file, ask))).toMatchObject({ code: 'ledger.missing' })
    const other = tampered((await livedIn(1)).file, (db) => db.pragma('application_id = 1'))
    expect(await thrown(() => verifyLedger(other, ask))).toMatchObject({ code: 'ledger.corrupt' })
  })
})

describe('the report of an audit', () => {
  it('exits 0 on a whole ledger and gives the witness to keep', async () => {
    const { file, head } = await livedIn()
    const { lines, exitCode } = auditReport(
      await verifyLedger(file, { publicKeys: [keys.publicKey], witnesses: [] }),
      'en',
    )
    expect(exitCode).toBe(0)
    expect(lines).toEqual([
      '14 events checked.',
      '1 event was erased, and the ledger says so.',
      'Signatures hold on 1 of 1 checkpoint.',
      'No witness was given: without one, a cut tail or a chain rebuilt after the last checkpoint cannot be found.',
      'The ledger is as it was written.',
      `Witness of its end, to keep elsewhere: ${head.position}:${head.hash}`,
    ])
  })

  it.each(['en', 'zh-CN'] as const)('exits 1 and names each event (%s)', async (language) => {
    const { file, head } = await livedIn()
    const copy = tampered(file, (db) =>
      db.exec(`update event set at = 'x' where position = 5; delete from event where position in (9, 14)`),
    )
    const witnesses: Head[] = [head]
    const report = await verifyLedger(copy, { publicKeys: [keys.publicKey], witnesses })
    const { lines, exitCode } = auditReport(report, language)
    expect(exitCode).toBe(1)
    const marked = lines.filter((line) => line.startsWith('✗'))
    expect(marked).toHaveLength(3)
    for (const [index, position] of ['5', '9', '14'].entries()) expect(marked[index]).toContain(position)
  })
})
