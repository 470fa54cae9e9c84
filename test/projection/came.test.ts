import { expect, it } from 'vitest'
import type { Release } from '../../src/core/release/release.ts'
import { broughtBack, cameTo, foldRelease, newPast, runsNow } from '../../src/projection/target-past.ts'

const target = { service: 's', environment: 'e', region: 'r', target: 't' }
const at = (time: string) => `2026-03-03T${time}:00Z`
const release = (version: string, since: string, drill?: string): Release => ({
  id: `id-${version}`,
  version,
  images: [],
  since: at(since),
  kept: 'target',
  ...(drill && { drill }),
})

function watched() {
  const past = newPast()
  return {
    past,
    sees: (version: string, since: string, time: string, drill?: string) =>
      foldRelease(
        past,
        { type: 'release.seen', v: 1, data: { target, release: release(version, since, drill) } },
        at(time),
      ),
    runs: (version: string, time: string) =>
      foldRelease(past, { type: 'release.became-current', v: 1, data: { target, id: `id-${version}` } }, at(time)),
    came: () => cameTo(past).map((one) => [one.release.version, one.at.slice(11, 16), one.broughtBy].filter(Boolean)),
  }
}

it('what came while nobody watched came when the release says; what comes back came when it was seen', () => {
  const on = watched()
  on.sees('v1', '01:00', '04:00')
  on.sees('v2', '02:00', '04:00')
  on.runs('v2', '04:00')
  expect(on.came()).toEqual([
    ['v1', '01:00'],
    ['v2', '02:00'],
  ])
  // Shipped while the bot was down, seen at its start.
  on.sees('v3', '05:30', '06:00')
  on.runs('v3', '06:00')
  // Back by hand: what it says of itself is older than what was seen since.
  on.runs('v1', '07:00')
  expect(on.came()).toEqual([
    ['v2', '02:00'],
    ['v3', '05:30'],
    ['v1', '07:00'],
  ])
  expect(runsNow(on.past)?.version).toBe('v1')
})

it('what a rollback brought back carries its name, whether it is seen before or after the step is settled', () => {
  const on = watched()
  on.sees('v1', '01:00', '01:00')
  on.runs('v1', '01:00')
  on.sees('v2', '02:00', '02:00')
  on.runs('v2', '02:00')
  broughtBack(on.past, 'id-v1', 'R-1')
  on.runs('v1', '03:00')
  on.runs('v2', '04:00')
  on.runs('v1', '05:00')
  broughtBack(on.past, 'id-v1', 'R-2')
  expect(on.came()).toEqual([
    ['v1', '01:00'],
    ['v2', '02:00'],
    ['v1', '03:00', 'R-1'],
    ['v2', '04:00'],
    ['v1', '05:00', 'R-2'],
  ])
})

it('what a drill put back carries its name; what was shipped while it ran came by itself', () => {
  const on = watched()
  on.sees('v1', '01:00', '01:00')
  on.runs('v1', '01:00')
  on.sees('bad', '02:00', '02:00', 'D-1')
  on.runs('bad', '02:00')
  on.runs('v1', '02:20')
  on.runs('bad', '03:00')
  on.sees('v2', '03:10', '03:10')
  on.runs('v2', '03:10')
  expect(on.came()).toEqual([
    ['v1', '01:00'],
    ['bad', '02:00'],
    ['v1', '02:20', 'D-1'],
    ['bad', '03:00'],
    ['v2', '03:10'],
  ])
})
