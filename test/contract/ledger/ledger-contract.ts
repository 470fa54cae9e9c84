import { beforeEach, describe, expect, it } from 'vitest'
import type { AppendContext, Appended, Head, Ledger, Recorded } from '../../../src/ports/ledger.ts'
import { context, note, thrown } from '../../adapters/ledger/kit.ts'

/** A ledger under test: empty at first; `reopen` closes it and opens the same one again. */
export interface Opened {
  readonly ledger: Ledger
  reopen(): Promise<Ledger>
}

const recorded = (appended: Appended): readonly Recorded[] => {
  if (appended.status !== 'appended') throw new Error(`not appended but ${appended.status}`)
  return appended.events
}

/** What every ledger promises, whatever database it stands on. */
export function ledgerContract(name: string, open: () => Promise<Opened>): void {
  describe(`the ledger on ${name}`, () => {
    let opened: Opened
    let ledger: Ledger
    beforeEach(async () => {
      opened = await open()
      ledger = opened.ledger
    })

    const say = (stream: string, text: string, expected: number | 'any' = 'any', over: Partial<AppendContext> = {}) =>
      ledger.append([{ stream, expected, events: [note(text)] }], { ...context, ...over })

    it('is empty at first', async () => {
      expect((await ledger.head()).position).toBe(0)
      expect(await ledger.read(0, 10)).toEqual([])
      expect(await ledger.stream('incident/none')).toEqual([])
    })

    it('gives back what was appended, as it was', async () => {
      const text = 'ünïcode 部署 👩‍🚒 \u0000 "quoted" \\ <!channel>'
      const [first] = recorded(await say('incident/1', text, 0))
      expect(first).toMatchObject({ position: 1, stream: 'incident/1', version: 1, event: note(text), ...context })
      expect(first?.hash).toMatch(/^[0-9a-f]{64}$/)
      expect(await ledger.stream('incident/1')).toEqual([first])
      expect(await ledger.read(0, 10)).toEqual([first])
      expect(await ledger.head()).toEqual({ position: 1, hash: first?.hash })
    })

    it('numbers positions over all streams and versions within one, without gaps', async () => {
      await say('a', '1')
      await say('b', '2')
      await say('a', '3')
      const all = await ledger.read(0, 10)
      expect(all.map(({ position, stream, version }) => [position, stream, version])).toEqual([
        [1, 'a', 1],
        [2, 'b', 1],
        [3, 'a', 2],
      ])
      expect((await ledger.stream('a', 1)).map((event) => event.position)).toEqual([3])
    })

    it('reads in pages, after a position, and of some types only', async () => {
      for (let index = 1; index <= 6; index++) {
        await say('a', String(index))
        await ledger.append(
          [{ stream: 'config', expected: 'any', events: [{ type: 'config.loaded', v: 1, data: { digest: 'd' } }] }],
          context,
        )
      }
      const positions = async (...args: Parameters<Ledger['read']>) =>
        (await ledger.read(...args)).map((event) => event.position)
      expect(await positions(4, 3)).toEqual([5, 6, 7])
      expect(await positions(0, 3, ['config.loaded'])).toEqual([2, 4, 6])
      expect(await positions(6, 10, ['config.loaded'])).toEqual([8, 10, 12])
      expect(await positions(9, 10, ['config.loaded', 'incident.noted'])).toEqual([10, 11, 12])
      expect(await positions(0, 10, ['account.lost'])).toEqual([])
      expect(await positions(0, 10, [])).toEqual([])
    })

    it('refuses a stream that moved, and writes none of the others', async () => {
      await say('lock/1', 'taken')
      const outcome = await ledger.append(
        [
          { stream: 'rollback/1', expected: 0, events: [note('proposed')] },
          { stream: 'lock/1', expected: 0, events: [note('taken too')] },
        ],
        { ...context, dedupe: 'proposal' },
      )
      expect(outcome).toEqual({ status: 'conflict', stream: 'lock/1', actual: 1 })
      expect((await ledger.head()).position).toBe(1)
      expect((await say('rollback/1', 'later', 0, { dedupe: 'proposal' })).status).toBe('appended')
    })

    it('refuses a version that the stream has not reached', async () => {
      expect(await say('a', '1', 3)).toEqual({ status: 'conflict', stream: 'a', actual: 0 })
    })

    it('writes several streams, one of them twice, in one append', async () => {
      const events = recorded(
        await ledger.append(
          [
            { stream: 'a', expected: 0, events: [note('1'), note('2')] },
            { stream: 'b', expected: 'any', events: [note('3')] },
            { stream: 'a', expected: 2, events: [note('4')] },
          ],
          context,
        ),
      )
      expect(events.map(({ position, stream, version }) => `${position}:${stream}@${version}`)).toEqual([
        '1:a@1',
        '2:a@2',
        '3:b@1',
        '4:a@3',
      ])
      expect(await ledger.read(0, 10)).toEqual(events)
    })

    it('refuses to append nothing', async () => {
      expect(await thrown(() => ledger.append([], context))).toBeInstanceOf(TypeError)
      expect(await thrown(() => ledger.append([{ stream: 'a', expected: 0, events: [] }], context))).toBeInstanceOf(
        TypeError,
      )
    })

    it('takes a key once: also in the same moment, and after a restart', async () => {
      await say('other', 'before')
      const twice = await Promise.all([say('a', '1', 'any', { dedupe: 'k' }), say('b', '2', 'any', { dedupe: 'k' })])
      expect(twice.map((outcome) => outcome.status)).toEqual(['appended', 'duplicate'])
      expect(twice[1]).toEqual({ status: 'duplicate', position: 2 })
      ledger = await opened.reopen()
      expect(await say('c', '3', 0, { dedupe: 'k' })).toEqual({ status: 'duplicate', position: 2 })
      expect((await ledger.head()).position).toBe(2)
    })

    it('answers duplicate, not conflict, when the same append is repeated', async () => {
      await say('a', '1', 0, { dedupe: 'k' })
      expect(await say('a', '1', 0, { dedupe: 'k' })).toEqual({ status: 'duplicate', position: 1 })
    })

    it('gives one of many racers the version, and keeps what had nothing to do with it', async () => {
      const racers = Array.from({ length: 20 }, (_, index) => say('lock/1', `racer ${index}`, 0))
      const others = Array.from({ length: 20 }, (_, index) => say(`other/${index}`, 'x', 0))
      const outcomes = await Promise.all([...racers, ...others])
      expect(outcomes.slice(0, 20).filter((outcome) => outcome.status === 'appended')).toHaveLength(1)
      expect(outcomes.slice(20).every((outcome) => outcome.status === 'appended')).toBe(true)
      const positions = (await ledger.read(0, 100)).map((event) => event.position)
      expect(positions).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
    })

    it('goes on where it was after a restart', async () => {
      const [first] = recorded(await say('a', '1'))
      ledger = await opened.reopen()
      expect(await ledger.read(0, 10)).toEqual([first])
      const [second] = recorded(await say('a', '2', 1))
      expect(second).toMatchObject({ position: 2, version: 2 })
    })

    it('finishes what was asked for before it closes, and takes nothing after', async () => {
      const asked = say('a', '1')
      await ledger.close()
      expect((await asked).status).toBe('appended')
      expect(await thrown(() => say('a', '2'))).toMatchObject({ code: 'ledger.closed', retry: 'yes' })
      expect(await thrown(() => ledger.read(0, 1))).toMatchObject({ code: 'ledger.closed' })
      ledger = await opened.reopen()
      expect((await ledger.head()).position).toBe(1)
    })

    describe('followers', () => {
      it('are told after the commit, one commit after the other, up to the newest head', async () => {
        const heads: Head[] = []
        const seen: Promise<number>[] = []
        ledger.follow((head) => {
          heads.push(head)
          seen.push(ledger.read(head.position - 1, 1).then((events) => events.length))
        })
        for (let index = 0; index < 5; index++) await say('a', String(index))
        const last = await ledger.head()
        await expect.poll(() => heads.at(-1)).toEqual(last)
        expect(heads.map((head) => head.position)).toEqual([...new Set(heads.map((head) => head.position))].sort())
        expect(await Promise.all(seen)).toEqual(heads.map(() => 1))
      })

      it('are not told of what they go without, and of all else with the newest head', async () => {
        const heads: number[] = []
        const all: number[] = []
        ledger.follow(({ position }) => heads.push(position), [note('').type])
        ledger.follow(({ position }) => all.push(position))
        await say('a', '1')
        await expect.poll(() => all).toEqual([1])
        await ledger.append(
          [
            {
              stream: 'b',
              expected: 'any',
              events: [{ type: 'account.lost', v: 1, data: { account: { chat: 'slack', tenant: 'T1', user: 'U1' } } }],
            },
          ],
          context,
        )
        await expect.poll(() => heads).toEqual([2])
        await Promise.all([say('a', '2'), say('a', '3')])
        await expect.poll(() => all.at(-1)).toBe(4)
        expect(heads).toEqual([2])
      })

      it('do not hear of what was refused', async () => {
        const heads: number[] = []
        ledger.follow((head) => heads.push(head.position))
        await say('a', '1', 5)
        await say('a', '1', 0)
        await expect.poll(() => heads.length).toBeGreaterThan(0)
        expect(heads).toEqual([1])
      })

      it('do not harm each other, nor the append; and stop when they want', async () => {
        const heads: number[] = []
        ledger.follow(() => {
          throw new Error('a bad follower')
        })
        const stop = ledger.follow((head) => heads.push(head.position))
        expect((await say('a', '1')).status).toBe('appended')
        await expect.poll(() => heads).toEqual([1])
        stop()
        const after: number[] = []
        ledger.follow((head) => after.push(head.position))
        await say('a', '2')
        await expect.poll(() => after).toEqual([2])
        expect(heads).toEqual([1])
      })
    })
  })
}
