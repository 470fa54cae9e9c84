import { describe, expect, it } from 'vitest'
import { lookBack } from '../../../src/adapters/check/metric/past.ts'
import type { Monitor, Series, Span } from '../../../src/ports/monitor.ts'

const question = {
  name: '5xx',
  query: 'q',
  limit: { side: 'above', value: 0.05 },
  unit: 'percent',
  only: [],
} as const

/** A monitor that keeps what a function says; `reachMs` is how far back one value looks. */
function monitor(reachMs: number, value: (atMs: number) => number | null, labels: Series['labels'] = {}) {
  const asked: Span[] = []
  const range = async (_query: string, span: Span): Promise<readonly Series[]> => {
    asked.push(span)
    const points = []
    for (let atMs = span.fromMs; atMs <= span.toMs; atMs += span.stepMs) {
      const one = value(atMs)
      if (one !== null) points.push({ atMs, value: one })
    }
    return points.length > 0 ? [{ labels, points }] : []
  }
  const kept: Pick<Monitor, 'range' | 'study'> = { range, study: () => ({ reachMs, compared: null }) }
  return { asked, monitor: kept as Monitor }
}

const signal = new AbortController().signal
const hourMs = 3_600_000
const fromMs = Date.parse('2026-03-02T00:00:00Z')

describe('what a metric said of a time that is over', () => {
  it('is its mean, its worst and how long it was broken, by the limit of now', async () => {
    const on = monitor(60_000, (atMs) => (atMs < fromMs + 2 * hourMs ? 0.001 : 0.2))
    const said = await lookBack(question, on.monitor, { fromMs, toMs: fromMs + 4 * hourMs }, signal)
    expect(said).toMatchObject({ name: '5xx', unit: 'percent', worst: { value: 0.2 } })
    expect(said?.mean).toBeCloseTo(0.1, 1)
    expect((said?.brokenMs ?? 0) / 2 / hourMs).toBeCloseTo(1, 1)
    expect((said?.measuredMs ?? 0) / 4 / hourMs).toBeCloseTo(1, 1)
  })

  it('does not count what looks back to before it, asks for few values, and for no more than a week', async () => {
    const on = monitor(5 * 60_000, (atMs) => (atMs < fromMs + 5 * 60_000 ? 0.9 : 0.01))
    const said = await lookBack(question, on.monitor, { fromMs, toMs: fromMs + hourMs }, signal)
    expect(said?.brokenMs).toBe(0)
    await lookBack(question, on.monitor, { fromMs: 0, toMs: fromMs }, signal)
    for (const { fromMs: first, toMs, stepMs } of on.asked) {
      expect((toMs - first) / stepMs).toBeLessThanOrEqual(120)
      expect(toMs - first).toBeLessThanOrEqual(7 * 24 * hourMs)
    }
  })

  it('is nothing where nothing is kept, and where it ran too short to tell', async () => {
    const empty = monitor(60_000, () => null)
    expect(await lookBack(question, empty.monitor, { fromMs, toMs: fromMs + hourMs }, signal)).toBeNull()
    const short = monitor(60_000, () => 0.9)
    expect(await lookBack(question, short.monitor, { fromMs, toMs: fromMs + 60_000 }, signal)).toBeNull()
    expect(short.asked).toEqual([])
  })

  it('is of its own series alone', async () => {
    const other = monitor(60_000, () => 0.9, { region: 'us-1' })
    const only = { ...question, only: [{ labels: ['region'], value: 'eu-1' }] }
    expect(await lookBack(only, other.monitor, { fromMs, toMs: fromMs + hourMs }, signal)).toBeNull()
  })
})
