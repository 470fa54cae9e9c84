import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { until } from '../../kit/until.ts'
import { context, newFile, note, openAt, thrown } from './kit.ts'

const program = new URL('writer-process.ts', import.meta.url).pathname
const account = { chat: 'slack', tenant: 'T1', user: 'U1' } as const
const lost = [
  { stream: 'accounts', expected: 'any', events: [{ type: 'account.lost', v: 1, data: { account } }] },
] as const
const write = (stream: string, expected: number | 'any', text: string) => [{ stream, expected, events: [note(text)] }]

it('a guest writes beside the writer: each finds what the other wrote, versions are one count, and the chain holds', async () => {
  const file = newFile()
  const bot = await openAt(file)
  await bot.ledger.append(write('a', 0, '1'), context)
  const guest = await openAt(file, { guest: true })
  expect([bot.guest, guest.guest]).toEqual([false, true])
  const heard: number[] = []
  bot.ledger.follow(({ position }) => heard.push(position))
  const told: number[] = []
  guest.ledger.follow(({ position }) => told.push(position))

  expect(await guest.ledger.append(write('a', 1, '2'), context)).toMatchObject({
    events: [{ position: 2, version: 2 }],
  })
  await until('the bot is told what the guest wrote', () => heard.includes(2))
  expect(await bot.ledger.head()).toEqual(await guest.ledger.head())
  expect((await bot.ledger.read(0, 10)).map(({ position }) => position)).toEqual([1, 2])
  // What was remembered of the stream is asked anew.
  expect(await bot.ledger.append(write('a', 1, 'late'), context)).toEqual({
    status: 'conflict',
    stream: 'a',
    actual: 2,
  })
  expect(await bot.ledger.append(write('a', 2, '3'), context)).toMatchObject({ events: [{ position: 3, version: 3 }] })
  await until('the guest is told what the bot wrote', () => told.includes(3))
  const dedupe = { ...context, dedupe: 'once' }
  await guest.ledger.append(write('b', 0, 'x'), dedupe)
  expect(await bot.ledger.append(write('b', 0, 'x'), dedupe)).toEqual({ status: 'duplicate', position: 4 })
  await guest.close()
  await bot.ledger.append(write('a', 3, '5'), context)
  expect((await bot.ledger.stream('a')).map(({ version }) => version)).toEqual([1, 2, 3, 4])
  await bot.close()
  expect((await verifyLedger(file, { publicKeys: [], witnesses: [] })).findings).toEqual([])
})

it('what a guest wrote is told with the next own commit, whatever that is of', async () => {
  const file = newFile()
  const bot = await openAt(file)
  const guest = await openAt(file, { guest: true })
  const heard: number[] = []
  bot.ledger.follow(({ position }) => heard.push(position), ['account.lost'])
  await guest.ledger.append(write('a', 0, 'of the guest'), context)
  await bot.ledger.append(lost, context)
  await until('the bot is told', () => heard.includes(2) || heard.includes(1))
  heard.length = 0
  await bot.ledger.append(lost, context)
  await bot.ledger.append(write('a', 1, 'own'), context)
  await until('and of its own', () => heard.length > 0)
  expect(heard).toEqual([4])
})

it('two processes write as fast as they can: nothing that was acknowledged is lost, and the chain is one', async () => {
  const file = newFile()
  const bot = await openAt(file)
  await bot.ledger.append(write('first', 0, 'x'), context)
  const child = spawn(process.execPath, [program, file, '4', 'guest'], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const acknowledged = new Map<number, string>()
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    for (const one of line === 'open' ? [] : line.split(' ')) {
      const [position = '', hash = ''] = one.split(':')
      acknowledged.set(Number(position), hash)
    }
  })
  const own: number[] = []
  let heard = 0
  bot.ledger.follow(({ position }) => {
    heard = Math.max(heard, position)
  })
  while (acknowledged.size < 200 || own.length < 60) {
    const appended = await bot.ledger.append(write('own', own.length, 'x'), context)
    if (appended.status !== 'appended') throw new Error(appended.status)
    own.push(...appended.events.map(({ position }) => position))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  const { position } = await bot.ledger.head()
  await until('everything was followed', () => heard >= position - 1)
  const all = await bot.ledger.read(0, 10_000)
  expect(all.map((one) => one.position)).toEqual(all.map((_, at) => at + 1))
  const hashes = new Map(all.map((one) => [one.position, one.hash]))
  for (const [at, hash] of acknowledged) expect(hashes.get(at)).toBe(hash)
  expect(new Set(own).size).toBe(own.length)
  await bot.close()
  expect((await verifyLedger(file, { publicKeys: [], witnesses: [] })).findings).toEqual([])
})

it('who is no guest is still refused while another writes', async () => {
  const file = newFile()
  await openAt(file)
  expect(await thrown(() => openAt(file))).toMatchObject({ code: 'ledger.in-use' })
})
