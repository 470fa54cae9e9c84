import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type LedgerOptions, type OpenLedger, openLedger } from '../../../src/adapters/ledger/sqlite/open.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { EventOf } from '../../../src/core/event.ts'
import type { AppendContext } from '../../../src/ports/ledger.ts'
import type { Log } from '../../../src/ports/log.ts'
import { seededChance } from '../../kit/seeded-chance.ts'

export const context: AppendContext = {
  at: '2026-03-02T09:00:00Z',
  actor: { kind: 'person', person: 'mei', account: { chat: 'slack', tenant: 'T1', user: 'U-MEI' } },
  config: 'c0ffee',
}

/** An event with free text in it. */
export const note = (text: string): EventOf<'incident.noted'> => ({
  type: 'incident.noted',
  v: 1,
  data: { text, person: 'mei' },
})

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'astern-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const newFile = (): string => join(newFolder(), 'ledger.db')

const nothing = () => {}
export const silent: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silent,
}

/** Opens for writing; closed at the end of the test, if it was not before. */
export async function openAt(file: string, over: Partial<LedgerOptions> = {}): Promise<OpenLedger> {
  const opened = await openLedger({
    file,
    clock: systemClock,
    chance: seededChance(7),
    log: silent,
    templateKey: new Uint8Array(32).fill(7),
    ...over,
  })
  onTestFinished(() => opened.close())
  return opened
}

/** What `work` threw or rejected with. */
export async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
