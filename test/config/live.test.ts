import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { changedSections, reloadable } from '../../src/config/live.ts'
import type { Loaded } from '../../src/config/load.ts'
import { loadText } from './load.ts'

const text = (zone: string) => `people:\n  ana: { accounts: [], timeZone: ${zone} }\n`
const usable = (zone: string) => text(zone).replace('accounts: []', 'accounts: [{ chat: slack, tenant: T1, user: U1 }]')

async function first(): Promise<Config> {
  const loaded = await loadText(usable('UTC'))
  if (!loaded.ok) throw new Error('the first configuration is bad')
  return loaded.config
}

describe('the live configuration', () => {
  it('is swapped whole by a good reload, and whoever follows is told', async () => {
    const before = await first()
    const live = reloadable(before, () => loadText(usable('Asia/Shanghai')))
    const told: string[][] = []
    const stop = live.follow((config, old) => told.push(changedSections(old, config)))
    expect((await live.reload()).ok).toBe(true)
    expect(live.current.people.get('ana')?.timeZone).toBe('Asia/Shanghai')
    expect(before.people.get('ana')?.timeZone).toBe('UTC')
    expect(told).toEqual([['people']])
    stop()
    await live.reload()
    expect(told).toHaveLength(1)
  })

  it('stays as it is after a bad reload, and tells what is wrong', async () => {
    const before = await first()
    const live = reloadable(before, () => loadText(text('Nowhere')))
    const loaded = await live.reload()
    expect(loaded.ok ? [] : loaded.problems.map((problem) => problem.path)).toEqual([
      'people.ana.accounts',
      'people.ana.timeZone',
    ])
    expect(live.current).toBe(before)
  })

  it('lets reloads follow each other, so that the last asked for wins, also after one that broke', async () => {
    const zones = ['Asia/Tokyo', 'break', 'Asia/Shanghai']
    const pending: (() => void)[] = []
    const live = reloadable(await first(), async (): Promise<Loaded> => {
      const zone = zones.shift() ?? ''
      await new Promise<void>((resolve) => pending.push(resolve))
      if (zone === 'break') throw new Error('no disk')
      return loadText(usable(zone))
    })
    const runs = [live.reload(), live.reload(), live.reload()]
    const settled = Promise.allSettled(runs)
    for (let run = 0; run < 3; run++) {
      await expect.poll(() => pending.length).toBe(run + 1)
      pending[run]?.()
    }
    expect((await settled).map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(live.current.people.get('ana')?.timeZone).toBe('Asia/Shanghai')
  })
})
