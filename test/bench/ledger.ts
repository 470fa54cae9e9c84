import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type OpenLedger, openLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { systemChance } from '../../src/adapters/system/chance.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { AppendContext } from '../../src/ports/ledger.ts'
import type { Log } from '../../src/ports/log.ts'
import { inFolder } from './process.ts'
import { compared, type Measure } from './row.ts'

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
const open = (file: string): Promise<OpenLedger> =>
  openLedger({
    file,
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

function bareInserts(file: string): (count: number) => void {
  const db = new Database(file)
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

/** The ledger beside bare inserts. */
export const ledger: Measure = () =>
  inFolder(async (folder) => {
    const bare = bareInserts(join(folder, 'bare.db'))
    const opened = await open(join(folder, 'ledger.db'))
    const many = (writers: number, each: number) =>
      Promise.all(Array.from({ length: writers }, (_, index) => append(opened, each, `writer-${index}`)))
    const rates = { bare: [] as number[], one: [] as number[], hundred: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      rates.bare.push(await rate(perRound, () => bare(perRound)))
      rates.one.push(await rate(perRound, () => append(opened, perRound, 'one')))
      rates.hundred.push(await rate(perRound * 20, () => many(100, (perRound * 20) / 100)))
    }
    await opened.close()
    const beside = { unit: 'appends/s', theirs: rates.bare, beside: 'bare better-sqlite3, one insert per transaction' }
    return [
      compared({ name: 'ledger append, one writer', ours: rates.one, ...beside, atLeast: 0.8 }),
      compared({ name: 'ledger append, 100 writers', ours: rates.hundred, ...beside, atLeast: 10 }),
    ]
  })
