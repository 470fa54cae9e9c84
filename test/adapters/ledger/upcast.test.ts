import { readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { currentVersions, upcast, upcastWith } from '../../../src/adapters/ledger/upcast.ts'
import type { Json } from '../../../src/core/canonical.ts'
import { context, newFile, note, openAt, thrown } from './kit.ts'

interface Golden {
  readonly type: string
  readonly v: number
  readonly data: Json
}

const folder = new URL('./golden/', import.meta.url)
const golden = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as Golden)

describe('11. Old events are never rewritten', () => {
  it.each(Object.entries(currentVersions))('reads every version of %s ever released', (type, current) => {
    for (let v = 1; v <= current; v++) {
      const samples = golden.filter((event) => event.type === type && event.v === v)
      expect(samples.length, `golden events ${type}@${v}`).toBeGreaterThan(0)
      for (const { data } of samples) {
        const event = upcast(type, v, data)
        expect(event).toMatchObject({ type, v: current })
        if (v === current) expect(event?.data).toEqual(data)
      }
    }
  })

  it('brings an old event up one version at a time', () => {
    const up = upcastWith(
      { 'config.loaded': 3 },
      {
        'config.loaded@1': (data) => ({ ...(data as { digest: string }), second: 2 }),
        'config.loaded@2': (data) => ({ ...(data as { second: number }), third: 3 }),
      },
    )
    expect(up('config.loaded', 1, { digest: 'd' })).toEqual({
      type: 'config.loaded',
      v: 3,
      data: { digest: 'd', second: 2, third: 3 },
    })
    expect(up('config.loaded', 2, { second: 0 })?.data).toEqual({ second: 0, third: 3 })
    expect(up('config.loaded', 4, {})).toBeNull()
    expect(() => upcastWith({ x: 2 }, {})('x', 1, {})).toThrow(TypeError)
  })

  it('upcasts what is read and leaves what is stored as it was', async () => {
    const file = newFile()
    const first = await openAt(file)
    await first.ledger.append([{ stream: 'a', expected: 0, events: [note('old')] }], context)
    await first.close()
    const { ledger } = await openAt(file, {
      upcast: upcastWith(
        { 'incident.noted': 2 },
        { 'incident.noted@1': (data) => ({ ...(data as object), mood: 'calm' }) },
      ),
    })
    const [read] = await ledger.stream('a')
    expect(read?.event).toEqual({ ...note('old'), v: 2, data: { ...note('old').data, mood: 'calm' } })
    expect(await verifyLedger(file, { publicKeys: [], witnesses: [] })).toMatchObject({ events: 1, findings: [] })
  })

  it.each([
    ['type', `type = 'rollback.teleported'`],
    ['version', 'v = 2'],
  ])('claims nothing about an event of an unknown %s', async (_, change) => {
    const file = newFile()
    const before = await openAt(file)
    await before.ledger.append([{ stream: 'a', expected: 0, events: [note('x')] }], context)
    await before.ledger.append([{ stream: 'b', expected: 0, events: [note('y')] }], context)
    await before.close()
    const db = new Database(file)
    db.exec(`update event set ${change} where position = 1`)
    db.close()
    const { ledger } = await openAt(file)
    for (const read of [() => ledger.read(0, 10), () => ledger.stream('a')]) {
      expect(await thrown(read)).toMatchObject({
        code: 'ledger.unknown-event',
        retry: 'no',
        hint: { values: { position: '1' } },
      })
    }
    expect(await ledger.stream('b')).toHaveLength(1)
  })
})
