import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { GroupCommit } from '../../../src/adapters/ledger/sqlite/group-commit.ts'
import { LogSync } from '../../../src/adapters/ledger/sqlite/log-sync.ts'
import { Fault } from '../../../src/core/fault.ts'
import { until } from '../../kit/until.ts'
import { context, newFile, note, openAt, thrown } from './kit.ts'

/** Commits in the log: frames that hold the size of the database after a commit (https://sqlite.org/fileformat2.html#walformat). */
function commits(file: string): number {
  const wal = readFileSync(`${file}-wal`)
  const pageSize = wal.readUInt32BE(8)
  const salt = wal.subarray(16, 24)
  let count = 0
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    if (wal.subarray(at + 8, at + 16).equals(salt) && wal.readUInt32BE(at + 4) > 0) count += 1
  }
  return count
}

it('writes a burst in one commit, and each of a hundred writers in rounds of one', async () => {
  const file = newFile()
  const { ledger } = await openAt(file)
  const before = commits(file)
  const append = (stream: string) => ledger.append([{ stream, expected: 'any', events: [note('x')] }], context)
  await Promise.all(Array.from({ length: 100 }, (_, index) => append(`s/${index}`)))
  expect(commits(file)).toBe(before + 1)
  // Each writer waits for its own append before the next, some of them a few turns longer.
  const writer = async (index: number) => {
    for (let round = 0; round < 5; round++) {
      await append(`s/${index}`)
      for (let turn = 0; turn < index % 4; turn++) await Promise.resolve()
    }
  }
  await Promise.all(Array.from({ length: 100 }, (_, index) => writer(index)))
  expect(commits(file)).toBe(before + 6)
  expect((await ledger.head()).position).toBe(600)
})

it('gives each append its own outcome when the group fails as a whole', async () => {
  const file = newFile()
  const { ledger } = await openAt(file)
  // An error that only comes while writing, and only for one of them.
  const db = new Database(file)
  db.exec(`create trigger refuse before insert on event when new.stream = 'bad' begin select raise(fail, 'no'); end`)
  db.close()
  const outcomes = await Promise.allSettled(
    ['a', 'bad', 'c'].map((stream) => ledger.append([{ stream, expected: 0, events: [note('x')] }], context)),
  )
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await ledger.read(0, 10)).map(({ position, stream }) => `${position} ${stream}`)).toEqual(['1 a', '2 c'])
})

it('syncs a burst even of thousands to the last', async () => {
  const { ledger, close } = await openAt(newFile())
  const all = Array.from({ length: 2500 }, (_, index) =>
    ledger.append([{ stream: `s/${index}`, expected: 0, events: [note('x')] }], context),
  )
  await close()
  expect(new Set((await Promise.all(all)).map((outcome) => outcome.status))).toEqual(new Set(['appended']))
})

it('answers and tells nothing before the log is synced, and takes appends meanwhile', async () => {
  const db = new Database(newFile())
  db.exec('create table line (id integer primary key)')
  const syncs: { done: () => void; failed: (error: Error) => void }[] = []
  const log = {
    broken: null,
    flush: () => new Promise<void>((done, failed) => syncs.push({ done, failed })),
  }
  const told: string[] = []
  const clock = { monotonicMs: () => 0, sleep: async () => undefined }
  const group = new GroupCommit(db, log, clock, 0, {
    begun: () => undefined,
    committed: () => () => void told.push('durable'),
    undone: () => undefined,
  })
  const insert = (id: number) => group.add(() => db.prepare('insert into line (id) values (?)').run(id))
  const first = insert(1).then(() => told.push('first'))
  await until('the first sync begins', () => syncs.length === 1)
  const reading = group.synced().then(() => told.push('read'))
  const second = insert(2).then(
    () => told.push('second'),
    () => told.push('second refused'),
  )
  await until('the second sync begins', () => syncs.length === 2)
  expect(db.prepare('select count(*) from line').pluck().get()).toBe(2)
  expect(told).toEqual([])
  syncs[0]?.done()
  await first
  expect(told).toEqual(['durable', 'first'])
  syncs[1]?.failed(new Error('no disk'))
  await Promise.all([second, reading])
  expect(told.toSorted()).toEqual(['durable', 'first', 'read', 'second refused'])
  db.close()
})

it('trusts no sync after one that failed', async () => {
  const file = newFile()
  // What cannot be synced: a pipe.
  expect(spawnSync('mkfifo', [`${file}-wal`]).status).toBe(0)
  const log = new LogSync(file)
  const refusal = await thrown(() => log.flush())
  expect(refusal).toBeInstanceOf(Fault)
  expect(log.broken).toBe(refusal)
  expect(await thrown(() => log.flush())).toBe(refusal)
  log.close()
})
