import { describe, expect, it } from 'vitest'
import type { OpenLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { Desk } from '../../src/projection/desk.ts'
import { Follower } from '../../src/projection/follower.ts'
import { context, newFile, openAt, silent } from '../adapters/ledger/kit.ts'
import { incidentsWrites } from '../kit/history.ts'

async function live(open: OpenLedger, from: number, through: number): Promise<void> {
  const writes = Array.from({ length: through - from + 1 }, (_, index) => incidentsWrites(from + index, 5)).flat()
  await Promise.all(writes.map((write) => open.ledger.append([write], context)))
}

/** Counts what a start reads. */
async function follow({ ledger, store }: OpenLedger): Promise<{ follower: Follower; read: number }> {
  let read = 0
  const counted = {
    ...ledger,
    read: async (...args: Parameters<typeof ledger.read>) => {
      const events = await ledger.read(...args)
      read += events.length
      return events
    },
  }
  const follower = await Follower.open({ ledger: counted, values: store.values, log: silent })
  await follower.caughtUp((await ledger.head()).position)
  return { follower, read }
}

async function rebuilt({ ledger }: OpenLedger): Promise<ReturnType<Desk['packed']>> {
  const desk = new Desk()
  for (const event of await ledger.read(0, 1_000_000)) desk.apply(event)
  return desk.packed()
}

/** Not what lies at the end without being folded. */
const facts = ({ position: _, ...desk }: ReturnType<Desk['packed']>) => desk

describe('the copy of the desk', () => {
  it('is, with what came after it, what all of history gives', async () => {
    const file = newFile()
    const first = await openAt(file)
    await live(first, 1, 40)
    const { follower } = await follow(first)
    await follower.close()
    await live(first, 41, 47)
    await first.close()

    const second = await openAt(file)
    const { follower: again, read } = await follow(second)
    const desk = facts(again.desk.packed())
    expect(desk).toEqual(facts(await rebuilt(second)))
    expect(desk.rollbacks).toHaveLength(47)
    expect(desk.targets).toHaveLength(10)
    expect(desk.owed.length).toBeGreaterThan(1)
    expect(desk.steps).toEqual([])
    expect(read).toBeLessThan(7 * 25)
  })

  it('is kept while the process lives, for a start after it was killed', async () => {
    const open = await openAt(newFile())
    const { follower } = await follow(open)
    for (let round = 0; round < 3; round++) {
      await live(open, round * 200 + 1, round * 200 + 200)
      await follower.caughtUp((await open.ledger.head()).position)
    }
    const { position } = await open.ledger.head()
    expect(position).toBeGreaterThan(20_000)
    const { follower: again, read } = await follow(open)
    expect(read).toBeLessThan(10_000)
    expect(facts(again.desk.packed())).toEqual(facts(await rebuilt(open)))
  })

  it('is not used in another ledger, nor when it is of another format', async () => {
    const open = await openAt(newFile())
    await live(open, 1, 3)
    const { follower } = await follow(open)
    await follower.close()
    const kept = open.store.values.get('projection/desk')
    const other = await openAt(newFile())
    await live(other, 11, 14)
    for (const wrong of [kept, { ...(kept as object), format: '0' }]) {
      other.store.values.set('projection/desk', wrong)
      const { follower: own } = await follow(other)
      expect(own.desk.rollback('R-1')).toBeNull()
      expect(facts(own.desk.packed())).toEqual(facts(await rebuilt(other)))
    }
  })

  it('goes with what is erased, and is not kept again before the next start', async () => {
    const open = await openAt(newFile())
    await live(open, 1, 3)
    const { follower } = await follow(open)
    await follower.close()
    expect(JSON.stringify(open.store.values.get('projection/desk'))).toContain('svc-1 rolls back')
    const opened = (await open.ledger.read(0, 100)).find(({ event }) => event.type === 'incident.opened')
    await open.erase(opened?.position ?? 0, 'asked to be forgotten', context)
    expect(open.store.values.get('projection/desk')).toBeNull()
    await follower.close()
    expect(open.store.values.get('projection/desk')).toBeNull()
    const { follower: next } = await follow(open)
    expect(next.desk.incident('I-1')).toBeNull()
    expect(next.desk.incident('I-2')?.title).toBe('svc-2 rolls back')
  })
})
