import { describe, expect, it } from 'vitest'
import { ManualClock } from './manual-clock.ts'
import { seededChance } from './seeded-chance.ts'

describe('the manual clock', () => {
  it('wakes sleepers in order, also those that start while time moves', async () => {
    const clock = new ManualClock('2026-03-02T09:00:00Z')
    const woken: string[] = []
    const mark = (name: string) => woken.push(`${name}@${clock.monotonicMs()}`)
    const runs = [
      clock.sleep(300).then(() => mark('late')),
      (async () => {
        await clock.sleep(100)
        mark('first')
        await clock.sleep(100)
        mark('second')
      })(),
    ]
    await clock.advance(250)
    expect(woken).toEqual(['first@100', 'second@200'])
    expect(clock.now().toString()).toBe('2026-03-02T09:00:00.25Z')
    await clock.advance(50)
    await Promise.all(runs)
    expect(woken.at(-1)).toBe('late@300')
  })

  it('tells when somebody sleeps, and lets an abort end it', async () => {
    const clock = new ManualClock()
    const stop = new AbortController()
    const waiting = clock.asleep(1)
    const sleeping = clock.sleep(10, stop.signal)
    await waiting
    stop.abort(new Error('stopped'))
    await expect(sleeping).rejects.toThrow('stopped')
    expect(clock.sleeping).toBe(0)
  })

  it('lets the wall clock jump without waking anybody', async () => {
    const clock = new ManualClock()
    const sleeping = clock.sleep(10)
    clock.setWall('2020-01-01T00:00:00Z')
    await clock.quiet()
    expect([clock.sleeping, clock.monotonicMs()]).toEqual([1, 0])
    await clock.advance(10)
    await sleeping
  })
})

describe('seeded chance', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const take = (seed: number) => {
      const chance = seededChance(seed)
      return [chance.uuid(), chance.number(), [...chance.bytes(4)]]
    }
    expect(take(7)).toEqual(take(7))
    expect(take(7)).not.toEqual(take(8))
    expect(take(7)[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
