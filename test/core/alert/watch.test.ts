import { expect, it } from 'vitest'
import { watched, watchSpan } from '../../../src/core/alert/watch.ts'

const span = watchSpan(100_000, 40_000)
const limit = { side: 'above', value: 0.05 } as const
const points = (...values: (number | null)[]) =>
  values.flatMap((value, at) => (value === null ? [] : [{ atMs: span.fromMs + at * span.stepMs, value }]))

it('looks at a window in four steps, the last of which is now', () => {
  expect(span).toEqual({ fromMs: 60_000, toMs: 100_000, stepMs: 10_000 })
  expect(watchSpan(100_000, 0).stepMs).toBe(250)
})

it.each([
  ['broken all through', points(0.1, 0.2, 0.1, 0.06, 0.1), 'broken'],
  ['broken for less', points(0, 0.2, 0.1, 0.06, 0.1), 'unclear'],
  ['exactly at the limit', points(0.1, 0.2, 0.1, 0.06, 0.05), 'well'],
  ['well again', points(0.1, 0.2, 0.1, 0.06, 0), 'well'],
  ['with a gap', points(0.1, null, 0.1, 0.06, 0.1), 'unclear'],
  ['with its end missing', points(0.1, 0.2, 0.1, null, null), 'unclear'],
  ['of nothing', [], 'unclear'],
])('a window %s', (_, values, verdict) => {
  expect(watched(limit, values, span)).toBe(verdict)
})
