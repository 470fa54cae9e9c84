import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { systemChance } from '../../../src/adapters/system/chance.ts'
import { newFile, openAt, thrown } from './kit.ts'

const template = { env: [{ name: 'TOKEN', value: 'hunter2-in-the-template' }] }

it('keeps no word of a template readable on disk', async () => {
  const file = newFile()
  const { store } = await openAt(file, { chance: systemChance })
  store.templates.put('d1', template)
  for (const end of ['', '-wal']) expect(readFileSync(file + end).includes('hunter2')).toBe(false)
  expect(store.templates.get('d1')).toEqual(template)
})

it('opens no template with another key, and seals it anew when it comes again', async () => {
  const file = newFile()
  const first = await openAt(file)
  first.store.templates.put('d1', template)
  await first.close()
  const { store } = await openAt(file, { templateKey: new Uint8Array(32).fill(9), chance: systemChance })
  expect(await thrown(() => store.templates.get('d1'))).toMatchObject({ code: 'ledger.template-sealed', retry: 'no' })
  store.templates.put('d1', template)
  expect(store.templates.get('d1')).toEqual(template)
})

it('takes no row for another', async () => {
  const file = newFile()
  const { store } = await openAt(file)
  store.templates.put('d1', template)
  store.templates.put('d2', { harmless: true })
  const db = new Database(file)
  db.exec(
    `update template set (nonce, body) = (select nonce, body from template where digest = 'd1') where digest = 'd2'`,
  )
  db.close()
  expect(await thrown(() => store.templates.get('d2'))).toMatchObject({ code: 'ledger.template-sealed' })
})

it('wants a key of 32 bytes', async () => {
  expect(await thrown(() => openAt(newFile(), { templateKey: new Uint8Array(16) }))).toBeInstanceOf(Error)
})
