import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { Fault } from '../../../src/core/fault.ts'
import { sayWording } from '../../../src/text/say.ts'
import { context, newFile, newFolder, note, openAt, thrown } from './kit.ts'

const nobody = { publicKeys: [], witnesses: [] }

/** A fault with this code, whose hint says something in both languages. */
function expectFault(error: unknown, code: string, retry: string): void {
  expect(error).toBeInstanceOf(Fault)
  if (!(error instanceof Fault)) return
  expect({ code: error.code, retry: error.retry }).toEqual({ code, retry })
  expect(sayWording('en', error.hint)).not.toEqual(sayWording('zh-CN', error.hint))
}

describe('a ledger in trouble', () => {
  it('makes its folder and file for nobody else to read', async () => {
    const file = join(newFolder(), 'deep', 'er', 'ledger.db')
    const { store } = await openAt(file)
    store.values.set('x', 1)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    for (const end of ['', '-wal', '-shm', '.lock']) expect(statSync(file + end).mode & 0o777, end).toBe(0o600)
  })

  it('has one writer at a time, and lets go when that one closes', async () => {
    const file = newFile()
    const first = await openAt(file)
    expectFault(await thrown(() => openAt(file)), 'ledger.in-use', 'no')
    const append = () => first.ledger.append([{ stream: 'a', expected: 'any', events: [note('x')] }], context)
    expect((await append()).status).toBe('appended')
    await first.close()
    expect((await (await openAt(file)).ledger.head()).position).toBe(1)
  })

  it('acknowledges nothing it cannot keep when the disk is full, and goes on when it is not', async () => {
    const file = newFile()
    const small = await openAt(file, { maxPages: 24 })
    const append = (ledger: typeof small.ledger, text: string) =>
      ledger.append([{ stream: 'a', expected: 'any', events: [note(text)] }], context)
    let kept = 0
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => append(small.ledger, 'x'.repeat(1500))))
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') kept += 1
      else expectFault(outcome.reason, 'ledger.full', 'no')
    }
    expect(kept).toBeGreaterThan(5)
    expect(kept).toBeLessThan(60)
    const both = await small.ledger
      .append(
        [
          { stream: 'b', expected: 0, events: [note('small')] },
          { stream: 'c', expected: 0, events: [note('x'.repeat(200_000))] },
        ],
        context,
      )
      .catch((error: unknown) => error)
    expectFault(both, 'ledger.full', 'no')
    expect(await small.ledger.stream('b')).toEqual([])
    expect((await small.ledger.head()).position).toBe(kept)
    await small.close()
    expect((await verifyLedger(file, nobody)).findings).toEqual([])
    const roomy = await openAt(file)
    expect(await append(roomy.ledger, 'on')).toMatchObject({ status: 'appended', events: [{ position: kept + 1 }] })
  })

  it('waits a while for a lock that others hold, without stopping the process, then says so', async () => {
    const file = newFile()
    const { ledger } = await openAt(file, { busyMs: 300 })
    const other = new Database(file)
    other.exec('begin immediate')
    const append = () => ledger.append([{ stream: 'a', expected: 'any', events: [note('x')] }], context)
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 5)
    expectFault(await thrown(append), 'ledger.busy', 'yes')
    clearInterval(turning)
    expect(turns).toBeGreaterThan(10)
    const waiting = Promise.all([append(), append()])
    setTimeout(() => other.exec('rollback'), 60)
    expect((await waiting).map((outcome) => outcome.status)).toEqual(['appended', 'appended'])
    other.close()
  })

  it('says at once that its file can only be read', async () => {
    const file = newFile()
    await (await openAt(file)).close()
    const answer = asOrdinaryUser(file)
    expect(answer).toContain('"code":"ledger.read-only"')
  })

  it('asks for a copy of a ledger on a disk that can only be read', async () => {
    const file = newFile()
    const { ledger, close } = await openAt(file)
    await ledger.append([{ stream: 'a', expected: 0, events: [note('x')] }], context)
    await close()
    expect(existsSync(`${file}-wal`)).toBe(false)
    expect(asOrdinaryUser(file, 'verify')).toContain('"code":"ledger.walled-in"')
  })

  it('refuses a ledger that a newer program wrote', async () => {
    const file = newFile()
    await (await openAt(file)).close()
    const db = new Database(file)
    db.pragma('user_version = 99')
    db.close()
    expectFault(await thrown(() => openAt(file)), 'ledger.newer', 'no')
    expectFault(await thrown(() => verifyLedger(file, nobody)), 'ledger.newer', 'no')
  })

  it('refuses what is no ledger, and leaves it as it was', async () => {
    const text = newFile()
    writeFileSync(text, 'this is no database, but it is long enough to be looked at'.repeat(20))
    expectFault(await thrown(() => openAt(text)), 'ledger.corrupt', 'no')
    const foreign = newFile()
    const db = new Database(foreign)
    db.exec('create table recipes (name text)')
    db.close()
    const before = readFileSync(foreign)
    expectFault(await thrown(() => openAt(foreign)), 'ledger.corrupt', 'no')
    expect(readFileSync(foreign).equals(before)).toBe(true)
  })

  it('says that its folder cannot be made', async () => {
    const file = newFile()
    writeFileSync(file, '')
    expectFault(await thrown(() => openAt(join(file, 'ledger.db'))), 'ledger.cannot-open', 'no')
    mkdirSync(`${file}.d`)
    expectFault(await thrown(() => openAt(`${file}.d`)), 'ledger.cannot-open', 'no')
  })
})

/** Opens the ledger as a user who may not write it (root may write everything). */
function asOrdinaryUser(file: string, what: 'open' | 'verify' = 'open'): string {
  chmodSync(file, 0o444)
  chmodSync(`${file}.lock`, 0o666)
  chmodSync(dirname(file), 0o555)
  const program = new URL('./ordinary-user.ts', import.meta.url).pathname
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const { stdout, stderr } = spawnSync(process.execPath, [program, what, file], { encoding: 'utf8', ...user })
  chmodSync(dirname(file), 0o755)
  return stdout + stderr
}
