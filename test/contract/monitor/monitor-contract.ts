import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../../src/core/fault.ts'
import type { Monitor } from '../../../src/ports/monitor.ts'
import { type Exporter, startExporter } from '../../kit/prometheus/exporter.ts'
import { untilAsync } from '../../kit/story.ts'

/** A monitor that scrapes the exporter several times a second, as job `shop`. */
export interface MonitorBench {
  open(): Monitor
  stop(): Promise<void>
}

const never = new AbortController().signal

/** What every monitor does for queries in PromQL, on the real thing and on ours. */
export function monitorContract(title: string, start: (exporter: Exporter) => Promise<MonitorBench>): void {
  describe(`monitor contract: ${title}`, () => {
    let exporter: Exporter
    let bench: MonitorBench
    let monitor: Monitor
    let ticking: NodeJS.Timeout
    const counts = { good: 0, bad: 0 }
    const begunMs = Date.now()

    beforeAll(async () => {
      exporter = await startExporter()
      bench = await start(exporter)
      monitor = bench.open()
      const show = () => {
        counts.good += 30
        counts.bad += 10
        exporter.show(
          `http_requests_total{region="eu-1",code="200"} ${counts.good}`,
          `http_requests_total{region="eu-1",code="500"} ${counts.bad}`,
          `http_requests_total{region="us-1",code="200"} ${counts.good}`,
          'http_requests_total{region="us-1",code="500"} 0',
          'idle_total 7',
          'took_bucket{le="0.1"} 90',
          'took_bucket{le="0.5"} 95',
          'took_bucket{le="+Inf"} 100',
          'temperature{room="a"} 21.5',
          'temperature{room="b"} -3',
        )
      }
      show()
      ticking = setInterval(show, 100)
      await untilAsync(
        'something was scraped',
        async () => (await monitor.now('sum(rate(http_requests_total[3s]))', never))[0]?.points[0],
      )
    })
    afterAll(async () => {
      clearInterval(ticking)
      await bench?.stop()
      await exporter?.stop()
    })

    const now = async (query: string) =>
      (await monitor.now(query, never))
        .map(({ labels: { instance: _i, job: _j, ...labels }, points }) => ({ labels, value: points[0]?.value }))
        .sort((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1))

    it('gives each series its value, with its labels', async () => {
      expect(await now('temperature')).toEqual([
        { labels: { __name__: 'temperature', room: 'a' }, value: 21.5 },
        { labels: { __name__: 'temperature', room: 'b' }, value: -3 },
      ])
      expect(await now('temperature{room!="a"} * 2')).toEqual([{ labels: { room: 'b' }, value: -6 }])
      expect(await now('temperature > 0')).toHaveLength(1)
      expect(await now('max(temperature) - min(temperature)')).toEqual([{ labels: {}, value: 24.5 }])
      expect(await now('2 * (1 + 3)')).toEqual([{ labels: {}, value: 8 }])
    })

    it('computes shares of rates by label', async () => {
      const share =
        'sum by (region) (rate(http_requests_total{code=~"5.."}[3s])) / sum by (region) (rate(http_requests_total[3s]))'
      const [eu, us] = await now(share)
      expect(eu?.labels).toEqual({ region: 'eu-1' })
      expect(eu?.value).toBeCloseTo(0.25, 2)
      expect(us).toEqual({ labels: { region: 'us-1' }, value: 0 })
      const [over] = await now(`${share} > 0.1`)
      expect(over?.labels).toEqual({ region: 'eu-1' })
    })

    it('says the same of what was never counted as of what never was: nothing', async () => {
      expect(await now('no_such_thing')).toEqual([])
      expect(await now('rate(idle_total[3s]) / rate(idle_total[3s])')).toEqual([])
      expect(await now('temperature{room="a"} / 0')).toEqual([])
      const one = 'sum(rate(http_requests_total{code="418"}[3s]))'
      expect(await now(one)).toEqual([])
      expect(await now(`(${one} or vector(0)) / sum(rate(http_requests_total[3s]))`)).toEqual([
        { labels: {}, value: 0 },
      ])
    })

    it('finds quantiles in histograms', async () => {
      expect((await now('histogram_quantile(0.5, took_bucket)'))[0]?.value).toBeCloseTo(0.0556, 3)
      expect((await now('histogram_quantile(0.95, sum by (le) (took_bucket))'))[0]?.value).toBeCloseTo(0.5, 3)
      // In the last bucket nobody knows: the highest bound stands for it.
      expect((await now('histogram_quantile(0.99, took_bucket)'))[0]?.value).toBeCloseTo(0.5, 3)
    })

    it('gives a value at each step of a span, and none where there was no sample', async () => {
      const toMs = Date.now()
      const span = { fromMs: toMs - 600_000, toMs, stepMs: 500 }
      const [series] = await monitor.range('temperature{room="a"}', span, never)
      const points = series?.points ?? []
      expect(points.length).toBeGreaterThan(0)
      expect(points.every(({ value }) => value === 21.5)).toBe(true)
      expect(points[0]?.atMs).toBeGreaterThanOrEqual(begunMs - 1000)
      expect(points.at(-1)?.atMs).toBe(toMs)
      expect(new Set(points.map(({ atMs }) => (atMs - span.fromMs) % 500))).toEqual(new Set([0]))
    })

    it('knows how far back a query looks and links to its graph', () => {
      expect(monitor.study('sum(rate(http_requests_total[90s])) / sum(rate(up[1m]))').reachMs).toBe(90_000)
      expect(monitor.study('temperature').reachMs).toBe(0)
      const link = new URL(monitor.link('temperature{room="a"} > 1', { fromMs: 0, toMs: 3_600_000 }))
      expect(link.searchParams.get('g0.expr')).toBe('temperature{room="a"} > 1')
    })

    it('takes an alerting rule apart: its value is there while all is well, too', async () => {
      expect(monitor.study('temperature > bool 20').compared).toBeNull()
      const share = (code: string) =>
        `sum by (region) (rate(http_requests_total{code=~"${code}"}[3s])) / sum by (region) (rate(http_requests_total[3s]))`
      const burns = monitor.study(`${share('5..')} > 0.1`).compared
      expect(burns).toMatchObject({ limit: { side: 'above', value: 0.1 }, unit: 'percent' })
      expect((await now(burns?.query ?? '')).find(({ labels }) => labels.region === 'us-1')?.value).toBe(0)
      // Nobody ever counted a 418: that is none of many. Of what nobody counts at all nothing is known.
      const never418 = monitor.study(`${share('418')} > 0.1`).compared
      expect(await now(share('418'))).toEqual([])
      expect((await now(never418?.query ?? '')).map(({ value }) => value)).toEqual([0, 0])
      const other = monitor.study('rate(no_such_total{code="500"}[3s]) / rate(no_such_total[3s]) > 0.1').compared
      expect(await now(other?.query ?? '')).toEqual([])
    })

    it('refuses what is no query, for good', async () => {
      for (const query of ['sum(', 'temperature{room=}', 'no_such_function(temperature)', 'temperature[5s]', '']) {
        const fault = await monitor.range(query, { fromMs: 0, toMs: 1000, stepMs: 1000 }, never).catch((no) => no)
        expect([query, fault]).toEqual([query, expect.any(Fault)])
        expect(fault).toMatchObject({ code: 'monitor.bad-query', retry: 'no' })
      }
      const many = 'temperature + on() temperature'
      await expect(monitor.now(many, never)).rejects.toMatchObject({ code: 'monitor.bad-query', retry: 'no' })
    })

    it('heeds abort', async () => {
      await expect(monitor.now('1', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
    })

    it('answers its doctor', async () => {
      expect(await monitor.doctor(never)).toMatchObject([{ state: 'works' }])
    })

    // Last: it stops the exporter.
    it('tells when the newest sample was taken, which a value does not', async () => {
      const first = await monitor.newest('rate(http_requests_total{code="500"}[3s])', never)
      expect(first).toBeGreaterThan(Date.now() - 3000)
      await untilAsync('it moves on', async () => {
        const newest = await monitor.newest('temperature', never)
        return newest !== null && newest > (first ?? 0) ? newest : undefined
      })
      expect(await monitor.newest('temperature + no_such_thing', never)).toBeGreaterThan(first ?? 0)
      expect(await monitor.newest('no_such_thing', never)).toBeNull()
      expect(await monitor.newest('vector(1)', never)).toBeNull()
      const of = (value: string) => [{ labels: ['zone', 'region'], value }]
      expect(await monitor.newest('http_requests_total', never, of('us-1'))).toBeGreaterThan(first ?? 0)
      expect(await monitor.newest('http_requests_total', never, of('ap-1'))).toBeNull()
      // What says nothing of a region may be of any.
      expect(await monitor.newest('temperature', never, of('ap-1'))).toBeGreaterThan(first ?? 0)
      clearInterval(ticking)
      exporter.down()
      // A failed scrape ends the series at once; what was carried on would be five minutes old.
      await untilAsync('the series ends', async () => ((await now('temperature')).length === 0 ? true : undefined))
      expect(await monitor.newest('temperature', never)).toBeNull()
    })
  })
}
