import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import type { Head } from '../../../src/ports/ledger.ts'
import { context, newFile, newFolder, note, openAt } from './kit.ts'

const program = new URL('./writer-process.ts', import.meta.url).pathname

/** Starts a writer, kills it in the middle of its work once it acknowledged so many appends; what it had acknowledged. */
async function writeAndKill(file: string, appends: number): Promise<readonly Head[]> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const acknowledged: Head[] = []
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') continue
    // The last line may be cut off by the kill.
    for (const [, position, hash] of line.matchAll(/(\d+):([0-9a-f]{64})/g)) {
      acknowledged.push({ position: Number(position), hash: hash ?? '' })
    }
    count += 1
    if (count === appends) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return acknowledged
}

const nobody = { publicKeys: [], witnesses: [] }

it('keeps what was acknowledged when the writer is killed, and writes no append by halves', {
  timeout: 60_000,
}, async () => {
  const file = newFile()
  let last = 0
  for (const appends of [1, 7, 40, 133, 200]) {
    const acknowledged = await writeAndKill(file, appends)
    expect(acknowledged.length).toBeGreaterThanOrEqual(appends * 3)
    const report = await verifyLedger(file, { publicKeys: [], witnesses: acknowledged })
    expect(report.findings).toEqual([])
    expect(report.witnesses.matched).toBe(acknowledged.length)
    expect(report.events % 3).toBe(0)
    expect(report.events).toBeGreaterThan(last)
    last = report.events
  }
  const { ledger } = await openAt(file)
  const appended = await ledger.append([{ stream: 'after', expected: 0, events: [note('on we go')] }], context)
  expect(appended).toMatchObject({ status: 'appended', events: [{ position: last + 1 }] })
  expect((await verifyLedger(file, nobody)).findings).toEqual([])
})

it('holds a prefix of what was written when the end of the log is lost, and all that stood before it', async () => {
  const file = newFile()
  const { ledger } = await openAt(file)
  const append = (text: string) => ledger.append([{ stream: 'a', expected: 'any', events: [note(text)] }], context)
  for (let index = 0; index < 5; index++) await append(`early ${index}`)
  const synced = await ledger.head()
  const keptBytes = readFileSync(`${file}-wal`).length
  for (let index = 0; index < 5; index++) await append(`late ${index}`)
  const whole = readFileSync(`${file}-wal`)
  const folder = newFolder()
  const reached = new Set<number>()
  for (let offset = keptBytes; offset <= whole.length; offset += 509) {
    for (const damage of ['cut', 'zeroed'] as const) {
      const copy = join(folder, `${damage}-${offset}.db`)
      copyFileSync(file, copy)
      const rest = damage === 'cut' ? Buffer.alloc(0) : Buffer.alloc(whole.length - offset)
      writeFileSync(`${copy}-wal`, Buffer.concat([whole.subarray(0, offset), rest]))
      const report = await verifyLedger(copy, { publicKeys: [], witnesses: [synced] })
      expect(report.findings, `${damage} at ${offset}`).toEqual([])
      expect(report.witnesses.matched).toBe(1)
      reached.add(report.head.position)
    }
  }
  expect([...reached].sort((a, b) => a - b)).toEqual(expect.arrayContaining([5, 6, 7, 8, 9]))
})
