import { expect, test } from 'vitest'
import { Hearing } from '../../../../src/adapters/chat/dingtalk/away.ts'
import type { Away } from '../../../../src/ports/chat.ts'
import type { ValueStore } from '../../../../src/ports/store.ts'
import { values } from '../../../kit/dingtalk/workspace.ts'
import { ManualClock } from '../../../kit/manual-clock.ts'
import { Heard } from '../../../kit/slack/workspace.ts'

const parts = (clock: ManualClock, kept: ValueStore, gaps: Away[], fail?: () => boolean) => ({
  clock,
  values: kept,
  log: new Heard(),
  away: async (gap: Away) => {
    if (fail?.()) throw new Error('disk full')
    gaps.push(gap)
  },
})

test('a minute without a sign of life is nothing; more than one is told, once', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const gaps: Away[] = []
  const hearing = new Hearing(parts(clock, values(), gaps))
  hearing.alive()
  await clock.advance(60_000)
  hearing.alive()
  await clock.advance(61_000)
  hearing.alive()
  hearing.alive()
  await clock.quiet()
  hearing.alive()
  expect(gaps).toEqual([{ from: '2026-03-02T09:01:00Z', until: '2026-03-02T09:02:01Z' }])
})

test('over a restart as well; the very first start tells nothing', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const kept = values()
  const gaps: Away[] = []
  new Hearing(parts(clock, kept, gaps)).alive()
  await clock.advance(300_000)
  new Hearing(parts(clock, kept, gaps)).alive()
  await clock.quiet()
  expect(gaps).toEqual([{ from: '2026-03-02T09:00:00Z', until: '2026-03-02T09:05:00Z' }])
})

test('what could not be recorded is told again with the next sign of life', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const gaps: Away[] = []
  let full = true
  const hearing = new Hearing(parts(clock, values(), gaps, () => full))
  hearing.alive()
  await clock.advance(120_000)
  hearing.alive()
  await clock.quiet()
  full = false
  await clock.advance(10_000)
  hearing.alive()
  await clock.quiet()
  expect(gaps).toEqual([{ from: '2026-03-02T09:00:00Z', until: '2026-03-02T09:02:10Z' }])
})

test('another replica that listened meanwhile fills the gap', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const kept = values()
  const gaps: Away[] = []
  const one = new Hearing(parts(clock, kept, gaps))
  const other = new Hearing(parts(clock, kept, gaps))
  one.alive()
  for (let minute = 0; minute < 3; minute += 1) {
    await clock.advance(50_000)
    other.alive()
  }
  one.alive()
  await clock.quiet()
  expect(gaps).toEqual([])
})
