import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { keys } from './audit-kit.ts'
import { context, newFile, note, openAt, thrown } from './kit.ts'

const secretName = 'Wolfeschlegelsteinhausenbergerdorff'

it('takes a person out of the ledger: of what is read, and of the bytes on disk', async () => {
  const file = newFile()
  const { ledger, erase, close } = await openAt(file)
  const actor = {
    kind: 'person',
    person: secretName,
    account: { chat: 'slack', tenant: 'T1', user: secretName },
  } as const
  await ledger.append([{ stream: 'a', expected: 0, events: [note('before')] }], context)
  await ledger.append([{ stream: 'a', expected: 1, events: [note(`as ${secretName} said`)] }], { ...context, actor })
  expect(await erase(2, 'asked to be forgotten', context)).toEqual({ status: 'erased' })
  const [, erased, announced] = await ledger.read(0, 10)
  expect(erased).toMatchObject({
    position: 2,
    stream: 'a',
    version: 2,
    actor: { kind: 'erased' },
    event: { type: 'event.erased', v: 1, data: { type: 'incident.noted', v: 1 } },
  })
  expect(announced).toMatchObject({
    event: { type: 'ledger.erased', data: { position: 2, reason: 'asked to be forgotten' } },
    actor: context.actor,
  })
  await close()
  expect(readFileSync(file).includes(secretName)).toBe(false)
  expect(readFileSync(file).includes('before')).toBe(true)
  expect(await verifyLedger(file, { publicKeys: [], witnesses: [] })).toMatchObject({ erased: 1, findings: [] })
})

it('leaves no bytes in the log of an open ledger either', async () => {
  const file = newFile()
  const { ledger, erase } = await openAt(file)
  await ledger.append([{ stream: 'a', expected: 0, events: [note(secretName)] }], context)
  expect(readFileSync(`${file}-wal`).includes(secretName)).toBe(true)
  await erase(1, 'asked', context)
  for (const end of ['', '-wal']) expect(readFileSync(file + end).includes(secretName), end).toBe(false)
})

it('refuses to erase what is not there, is gone, or is the word of the record itself', async () => {
  const { ledger, erase, checkpoint } = await openAt(newFile())
  await ledger.append([{ stream: 'a', expected: 0, events: [note('x')] }], context)
  await checkpoint(keys.privateKey, context)
  const refused = (reason: string) => ({ status: 'refused', reason })
  expect(await erase(9, 'asked', context)).toEqual(refused('no-such-event'))
  expect(await erase(2, 'asked', context)).toEqual(refused('part-of-the-record'))
  await erase(1, 'asked', context)
  expect(await erase(1, 'asked', context)).toEqual(refused('already-erased'))
  expect(await erase(3, 'asked', context)).toEqual(refused('part-of-the-record'))
  expect((await ledger.head()).position).toBe(3)
})

it('cannot append the stand-in for an erased event', async () => {
  const { ledger } = await openAt(newFile())
  const event = { type: 'event.erased', v: 1, data: { type: 'incident.noted', v: 1 } } as const
  expect(await thrown(() => ledger.append([{ stream: 'a', expected: 0, events: [event] }], context))).toBeInstanceOf(
    TypeError,
  )
})

it('reads nothing of what was erased from memory, be it in the same commit', async () => {
  const { ledger, erase } = await openAt(newFile())
  const secret = () => ledger.append([{ stream: 'a', expected: 'any', events: [note(secretName)] }], context)
  await secret()
  await Promise.all([secret(), erase(1, 'asked', context), erase(2, 'asked', context), secret()])
  const read = await ledger.read(0, 10)
  expect(read.map(({ event }) => event.type)).toEqual([
    'event.erased',
    'event.erased',
    'ledger.erased',
    'ledger.erased',
    'incident.noted',
  ])
  expect(await ledger.head()).toEqual({ position: 5, hash: read.at(-1)?.hash })
  await secret()
  expect((await ledger.read(4, 10)).map(({ position }) => position)).toEqual([5, 6])
})
