import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../../src/ports/store.ts'

export interface OpenedStore {
  readonly store: Store
  reopen(): Promise<Store>
}

/** What the store beside every ledger promises. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the store on ${name}`, () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    const wish = (key: string, wanted: number, spec = 'card') => ({ key, chat: 'slack', spec: { spec }, wanted })

    it('keeps wishes with the newest rendering, oldest first, and its cursor', async () => {
      expect(store.outbox.cursor()).toBe(0)
      store.outbox.want([wish('b', 5, 'old'), wish('a', 7)], 7)
      store.outbox.want([wish('b', 9, 'new'), wish('a', 3, 'too old')], 9)
      store = await opened.reopen()
      expect(store.outbox.cursor()).toBe(9)
      expect(store.outbox.due(10).map(({ key, wanted, spec }) => ({ key, wanted, spec }))).toEqual([
        { key: 'a', wanted: 7, spec: { spec: 'card' } },
        { key: 'b', wanted: 9, spec: { spec: 'new' } },
      ])
      expect(store.outbox.due(1)).toHaveLength(1)
    })

    it('tells whoever follows that something is wanted, until they have enough', () => {
      const told: number[] = []
      const stop = store.outbox.follow(() => told.push(store.outbox.due(10).length))
      store.outbox.want([wish('a', 1)], 1)
      store.outbox.want([], 2)
      store.outbox.want([wish('b', 3)], 3)
      stop()
      store.outbox.want([wish('c', 4)], 4)
      expect(told).toEqual([1, 2])
    })

    it('follows a row from wish to delivery, and to the next wish', async () => {
      store.outbox.want([wish('a', 4)], 4)
      expect(store.outbox.get('a')).toEqual({
        ...wish('a', 4),
        delivered: 0,
        digest: null,
        ref: null,
        sending: false,
        failures: 0,
      })
      await store.outbox.sending('a')
      store.outbox.failed('a')
      store.outbox.failed('a')
      expect(store.outbox.get('a')).toMatchObject({ sending: true, failures: 2 })
      store.outbox.delivered('a', { position: 4, digest: 'd', ref: { channel: 'C', message: '1.2' } })
      expect(store.outbox.get('a')).toMatchObject({
        delivered: 4,
        digest: 'd',
        ref: { channel: 'C', message: '1.2' },
        sending: false,
        failures: 0,
      })
      expect(store.outbox.due(10)).toEqual([])
      store.outbox.want([wish('a', 6)], 6)
      expect(store.outbox.due(10)).toMatchObject([{ key: 'a', delivered: 4, wanted: 6, digest: 'd' }])
      expect(store.outbox.get('none')).toBeNull()
    })

    it('remembers that a message is being sent', async () => {
      store.outbox.want([wish('a', 1)], 1)
      await store.outbox.sending('a')
      store = await opened.reopen()
      expect(store.outbox.get('a')?.sending).toBe(true)
    })

    it('keeps templates by their digest', async () => {
      const template = { spec: { containers: [{ env: [{ name: 'TOKEN', value: 'hunter2' }] }] } }
      expect(store.templates.get('d1')).toBeNull()
      store.templates.put('d1', template)
      store.templates.put('d1', template)
      store.templates.put('d2', { other: true })
      store = await opened.reopen()
      expect(store.templates.get('d1')).toEqual(template)
      expect(store.templates.get('d2')).toEqual({ other: true })
    })

    it('keeps small values by their name', async () => {
      expect(store.values.get('cursor')).toBeNull()
      store.values.set('cursor', { at: 3, list: [1, null, 'ä'] })
      store.values.set('cursor', { at: 4, list: [] })
      store = await opened.reopen()
      expect(store.values.get('cursor')).toEqual({ at: 4, list: [] })
    })
  })
}
