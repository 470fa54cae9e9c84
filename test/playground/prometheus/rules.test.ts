import { afterEach, expect, it, vi } from 'vitest'
import { type Fired, Rules } from '../../../src/playground/prometheus/rules.ts'
import { Store } from '../../../src/playground/prometheus/store.ts'

afterEach(() => {
  vi.useRealTimers()
})

it('a rule is pending first, fires from then on, and its end is told once; a series that ends ends its alert', () => {
  vi.useFakeTimers({ now: 0 })
  const store = new Store(3_600_000)
  const show = (region: string, value: number) => store.series({ __name__: 'heat', region }).append(Date.now(), value)
  const told: [atMs: number, ...Fired[]][] = []
  const rules = new Rules({
    store,
    url: 'http://127.0.0.1:9090',
    now: Date.now,
    everyMs: 1000,
    tell: (alerts) => told.push([Date.now(), ...alerts]),
    rules: [
      {
        alert: 'TooHot',
        expr: 'heat > 5',
        forMs: 2000,
        labels: { severity: 'page' },
        annotations: ({ region = '' }, value) => ({ summary: `${value} in ${region}` }),
      },
    ],
  })
  // One of them only for a moment.
  const course: Record<string, number[]> = { 'eu-1': [1, 9, 9, 9, 9, 3, 3], 'us-1': [1, 9, 2, 9, 9, 9, Number.NaN] }
  for (let second = 0; second < 7; second++) {
    vi.advanceTimersByTime(900)
    for (const [region, values] of Object.entries(course)) show(region, values[second] ?? 0)
    vi.advanceTimersByTime(100)
  }
  rules.close()
  vi.advanceTimersByTime(5000)
  const lines = told.map(([at, ...alerts]) => [
    at,
    ...alerts.map(({ labels, startsAt, endsAt }) => `${labels.region} ${startsAt} ${endsAt ?? 'fires'}`),
  ])
  expect(lines).toEqual([
    [4000, 'eu-1 4000 fires'],
    [5000, 'eu-1 4000 fires'],
    [6000, 'us-1 6000 fires', 'eu-1 4000 6000'],
    [7000, 'us-1 6000 7000'],
  ])
  expect(told[0]?.[1]).toEqual({
    labels: { alertname: 'TooHot', region: 'eu-1', severity: 'page' },
    annotations: { summary: '9 in eu-1' },
    startsAt: 4000,
    endsAt: null,
    generatorURL: 'http://127.0.0.1:9090/graph?g0.expr=heat+%3E+5&g0.tab=1',
  })
})
