import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type OpenLedger, openLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { verifyLedger } from '../../src/adapters/ledger/sqlite/verify.ts'
import { systemChance } from '../../src/adapters/system/chance.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { AppendContext } from '../../src/ports/ledger.ts'
import type { Log } from '../../src/ports/log.ts'

/**
 * The ledger beside bare better-sqlite3 with the same durability, one insert per transaction: in one run, in turns, medians of the
 * rounds. `node test/bench/ledger.ts [events]` also fills a ledger with that many events and opens and walks it.
 */
const rounds = 9
const perRound = 600
const text = 'x'.repeat(300)
const context: AppendContext = {
  at: '2026-03-02T09:00:00Z',
  actor: { kind: 'person', person: 'mei', account: { chat: 'slack', tenant: 'T1', user: 'U-MEI' } },
  config: 'c0ffee',
}
const nothing = () => {}
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }
const folder = mkdtempSync(join(tmpdir(), 'astern-bench-'))
const open = (name: string): Promise<OpenLedger> =>
  openLedger({
    file: join(folder, name),
    clock: systemClock,
    chance: systemChance,
    log,
    templateKey: new Uint8Array(32),
  })

async function rate(count: number, work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return (count * 1000) / (performance.now() - began)
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
const print = (...cells: readonly (string | number)[]) =>
  process.stdout.write(
    `${cells.map((cell) => (typeof cell === 'number' ? String(Math.round(cell)) : cell).padEnd(34)).join('')}\n`,
  )

function bareInserts(): (count: number) => void {
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec('create table event (position integer primary key, stream text, type text, payload text)')
  const insert = db.prepare('insert into event (stream, type, payload) values (?, ?, ?)')
  const payload = JSON.stringify({ actor: context.actor, data: { text, person: 'mei' } })
  return (count) => {
    for (let index = 0; index < count; index++) insert.run(`incident/${index % 50}`, 'incident.noted', payload)
  }
}

async function append(to: OpenLedger, count: number, stream: string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const events = [{ type: 'incident.noted', v: 1, data: { text, person: 'mei' } }] as const
    await to.ledger.append([{ stream: `${stream}/${index % 50}`, expected: 'any', events }], context)
  }
}

async function beside(): Promise<void> {
  const bare = bareInserts()
  const ledger = await open('ledger.db')
  const many = (writers: number, each: number) =>
    Promise.all(Array.from({ length: writers }, (_, index) => append(ledger, each, `writer-${index}`)))
  const rates = { bare: [] as number[], one: [] as number[], hundred: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    rates.bare.push(await rate(perRound, () => bare(perRound)))
    rates.one.push(await rate(perRound, () => append(ledger, perRound, 'one')))
    rates.hundred.push(await rate(perRound * 20, () => many(100, (perRound * 20) / 100)))
  }
  await ledger.close()
  const base = median(rates.bare)
  print('', 'appends per second', 'beside bare inserts', 'goal')
  print('bare better-sqlite3', base)
  print('ledger, one writer', median(rates.one), `${(median(rates.one) / base).toFixed(2)} x`, '>= 0.8 x')
  print('ledger, 100 writers', median(rates.hundred), `${(median(rates.hundred) / base).toFixed(1)} x`, '>= 10 x')
}

async function large(count: number): Promise<void> {
  const opening = async (name: string) => {
    const began = performance.now()
    const opened = await open(name)
    await opened.ledger.head()
    return { opened, ms: performance.now() - began }
  }
  const { opened } = await opening('large.db')
  await Promise.all(Array.from({ length: 1000 }, (_, index) => append(opened, count / 1000, `incident-${index}`)))
  await opened.close()
  const times = { empty: [] as number[], large: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const empty = await opening(`empty-${round}.db`)
    await empty.opened.close()
    const again = await opening(`empty-${round}.db`)
    const full = await opening('large.db')
    times.empty.push(again.ms)
    times.large.push(full.ms)
    await again.opened.close()
    await full.opened.close()
  }
  print('open, empty', `${median(times.empty).toFixed(2)} ms`)
  const ratio = median(times.large) / median(times.empty)
  print(`open, ${count} events`, `${median(times.large).toFixed(2)} ms`, `${ratio.toFixed(2)} x`, '<= 2 x')
  const rss = process.memoryUsage().rss
  const began = performance.now()
  const report = await verifyLedger(join(folder, 'large.db'), { publicKeys: [], witnesses: [] })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const grown = Math.round((process.memoryUsage().rss - rss) / 2 ** 20)
  print(`walk, ${report.events} events`, `${seconds} s`, `${grown} MB more`, `${report.findings.length} findings`)
}

try {
  await beside()
  const count = Number(process.argv[2] ?? 0)
  if (count > 0) await large(count)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
