import { describe, expect, it } from 'vitest'
import { Metrics } from '../../src/web/metrics.ts'

describe('metrics', () => {
  it('writes counters, gauges and histograms in the text exposition format', () => {
    const metrics = new Metrics()
    metrics.counter('astern_things_total', 'Things done.').add(2)
    const rooms = metrics.gauge('astern_rooms', 'Rooms by kind.', ['kind'])
    rooms.set(3, { kind: 'own' })
    rooms.set(-1.5, { kind: 'thread' })
    rooms.set(4, { kind: 'own' })
    metrics.measured('astern_position', 'Newest position.', () => 41)
    const took = metrics.histogram('astern_took_seconds', 'How long.', [0.1, 1], ['step'])
    for (const seconds of [0.1, 0.5, 7]) took.observe(seconds, { step: 'apply' })
    expect(metrics.text()).toBe(`# HELP astern_things_total Things done.
# TYPE astern_things_total counter
astern_things_total 2
# HELP astern_rooms Rooms by kind.
# TYPE astern_rooms gauge
astern_rooms{kind="own"} 4
astern_rooms{kind="thread"} -1.5
# HELP astern_position Newest position.
# TYPE astern_position gauge
astern_position 41
# HELP astern_took_seconds How long.
# TYPE astern_took_seconds histogram
astern_took_seconds_bucket{step="apply",le="0.1"} 1
astern_took_seconds_bucket{step="apply",le="1"} 2
astern_took_seconds_bucket{step="apply",le="+Inf"} 3
astern_took_seconds_sum{step="apply"} 7.6
astern_took_seconds_count{step="apply"} 3
`)
  })

  it('shows a counter without labels before anything was counted, one with labels only after', () => {
    const metrics = new Metrics()
    metrics.counter('astern_a_total', 'A.')
    metrics.counter('astern_b_total', 'B.', ['of'])
    expect(metrics.text().split('\n')).toEqual([
      '# HELP astern_a_total A.',
      '# TYPE astern_a_total counter',
      'astern_a_total 0',
      '# HELP astern_b_total B.',
      '# TYPE astern_b_total counter',
      '',
    ])
  })

  it('escapes backslashes, line feeds and, in labels, double quotes', () => {
    const metrics = new Metrics()
    metrics.counter('astern_odd_total', 'A "back\\slash"\nand a line.', ['what']).add(1, { what: 'a\\b"c\nd' })
    expect(metrics.text().split('\n')).toEqual([
      '# HELP astern_odd_total A "back\\\\slash"\\nand a line.',
      '# TYPE astern_odd_total counter',
      'astern_odd_total{what="a\\\\b\\"c\\nd"} 1',
      '',
    ])
  })

  it('writes what is no number as Prometheus reads it', () => {
    const metrics = new Metrics()
    const gauge = metrics.gauge('astern_edge', 'Edge.', ['of'])
    gauge.set(Number.NaN, { of: 'a' })
    gauge.set(Number.POSITIVE_INFINITY, { of: 'b' })
    gauge.set(Number.NEGATIVE_INFINITY, { of: 'c' })
    expect(metrics.text()).toContain('astern_edge{of="a"} NaN\nastern_edge{of="b"} +Inf\nastern_edge{of="c"} -Inf\n')
  })

  it.each<[string, (metrics: Metrics) => unknown]>([
    ['a name that is not ours', (metrics) => metrics.gauge('rooms', 'Rooms.')],
    ['a name with a sign in it', (metrics) => metrics.gauge('astern_a-b', 'A.')],
    ['a counter without _total', (metrics) => metrics.counter('astern_things', 'Things.')],
    ['a name twice', (metrics) => [metrics.gauge('astern_a', 'A.'), metrics.gauge('astern_a', 'A.')]],
    ['a reserved label', (metrics) => metrics.gauge('astern_a', 'A.', ['__name__'])],
    ['the own label of histograms', (metrics) => metrics.histogram('astern_a', 'A.', [1], ['le'])],
    ['bounds that do not ascend', (metrics) => metrics.histogram('astern_a', 'A.', [1, 1])],
    ['a counter that goes down', (metrics) => metrics.counter('astern_a_total', 'A.').add(-1)],
    ['a counter that adds no number', (metrics) => metrics.counter('astern_a_total', 'A.').add(Number.NaN)],
    ['a label left out', (metrics) => metrics.gauge('astern_a', 'A.', ['of']).set(1)],
    ['a label too many', (metrics) => metrics.gauge('astern_a', 'A.', ['of']).set(1, { of: 'a', at: 'b' })],
  ])('refuses %s', (_what, wrong) => {
    expect(() => wrong(new Metrics())).toThrow()
  })
})
