import { expect, it } from 'vitest'
import { beforeTold, beganAt } from '../../../src/core/alert/began.ts'

const toldMs = Date.UTC(2026, 2, 3, 3, 12)
const span = beforeTold(toldMs)
const ago = (seconds: number) => toldMs - seconds * 1000
/** Values every 15 s from so many seconds ago to so many, the later one included. */
const broken = (from: number, to: number, value = 0.4) =>
  Array.from({ length: (from - to) / 15 + 1 }, (_, at) => ({ atMs: ago(from - at * 15), value }))
const over5 = { side: 'above', value: 0.05 } as const

it.each([
  ['a rule that waited five minutes', [broken(300, 0)], 300],
  ['one that did not wait', [broken(0, 0)], 0],
  ['an earlier break does not count', [[...broken(900, 600), ...broken(120, 0)]], 120],
  ['it may be over at the very step', [broken(120, 15)], 120],
  ['what burns since ever says no more than that', [broken(3600, 0)], 3600],
  ['of two series the later one: the other may burn since ever', [broken(3600, 0), broken(300, 0)], 300],
  ['a series that burns no more says nothing', [broken(900, 60), broken(45, 0)], 45],
  ['it was not so then', [broken(900, 60)], null],
  ['nobody measured', [], null],
])('%s', (_, series, seconds) => {
  expect(beganAt(series, null, span)).toBe(seconds === null ? null : ago(seconds))
})

it('with a limit a value that keeps it is no break', () => {
  const values = [...broken(600, 135, 0.01), ...broken(120, 0)]
  expect(beganAt([values], over5, span)).toBe(ago(120))
})
