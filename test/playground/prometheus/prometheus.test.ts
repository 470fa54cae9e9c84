import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseExposition } from '../../../src/playground/prometheus/exposition.ts'
import { type PlaygroundPrometheus, startPrometheus } from '../../../src/playground/prometheus/index.ts'
import { increase } from '../../../src/playground/prometheus/promql/rate.ts'
import { Store } from '../../../src/playground/prometheus/store.ts'
import { Exporter } from '../../../src/playground/shop/exporter.ts'
import { startExporter, type Exporter as Target } from '../../kit/prometheus/exporter.ts'
import { untilAsync } from '../../kit/story.ts'

let server: PlaygroundPrometheus
let target: Target
beforeEach(async () => {
  server = await startPrometheus({ now: Date.now, everyMs: 30 })
  target = await startExporter()
})
afterEach(async () => {
  await server.close()
  await target.stop()
})

const ask = async (path: string, form: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', body: new URLSearchParams(form) })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text }
}
const result = async (query: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> =>
  ((await ask('/api/v1/query', { query })).body as { data: { result: [] } }).data.result

describe('the small Prometheus', () => {
  it.each([
    ['sum(', /1:5: parse error: unexpected end of input/],
    ['up[5m]', /expected type instant vector/],
    ['rate(up)', /expected type range vector/],
    ['sum without (a) (up)', /parse error/],
    ['up offset 5m', /parse error/],
    ['topk(3, up)', /unknown function with name "topk"/],
    ['up and up', /parse error/],
    ['max_over_time(up[5m])', /unknown function/],
    ['up{job=~"("}', /error parsing regexp/],
    ['{job=""}', /at least one non-empty matcher/],
    ['1 > 0', /must use BOOL modifier/],
    ['', /no expression found/],
    ['up % 2', /unexpected character/],
  ])('refuses %s as Prometheus does', async (query, why) => {
    const { status, body } = await ask('/api/v1/query', { query })
    expect([status, body]).toEqual([400, { status: 'error', errorType: 'bad_data', error: expect.stringMatching(why) }])
  })

  it('refuses what cannot be matched, and spans that are none', async () => {
    target.show('a{x="1"} 1', 'a{x="2"} 2')
    server.add({ url: target.url, labels: { job: 'shop' } })
    await untilAsync('it is scraped', async () => ((await result('a')).length === 2 ? true : undefined))
    const twice = '(a or vector(1)) + sum(a)'
    expect((await ask('/api/v1/query', { query: twice })).status).toBe(200)
    const ranges: [Record<string, string>, RegExp][] = [
      [{ start: '10', end: '5', step: '1' }, /end timestamp must not be before start time/],
      [{ start: '0', end: '5', step: '0' }, /zero or negative query resolution/],
      [{ start: '0', end: '50000', step: '1' }, /exceeded maximum resolution of 11,000 points/],
      [{ start: 'soon', end: '5', step: '1' }, /cannot parse "soon"/],
    ]
    for (const [span, why] of ranges) {
      const { status, body } = await ask('/api/v1/query_range', { query: 'a', ...span })
      expect([status, body]).toEqual([
        400,
        { status: 'error', errorType: 'bad_data', error: expect.stringMatching(why) },
      ])
    }
  })

  it('has nothing else', async () => {
    for (const path of ['/', '/api/v1/labels', '/api/v1/admin/tsdb/delete_series', '/metrics'])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
    expect(await ask('/-/ready')).toEqual({ status: 200, body: 'Prometheus Server is Ready.\n' })
    const graph = await ask(`/graph?g0.expr=${encodeURIComponent('up{a="<script>"}')}`)
    expect(graph.body).toContain('Nothing was measured')
    expect(graph.body).not.toContain('<script>')
  })

  it('ends the series of a target that goes, at once', async () => {
    target.show('a 1')
    const remove = server.add({ url: target.url, labels: { job: 'shop' } })
    await untilAsync('it is scraped', async () => ((await result('a')).length === 1 ? true : undefined))
    expect((await result('up'))[0]?.metric).toMatchObject({ job: 'shop', instance: target.address })
    remove()
    expect([await result('a'), await result('up')]).toEqual([[], []])
  })

  it('says up 0 of what fails or talks nonsense, and takes nothing from it', async () => {
    target.show('a 1', 'what is this')
    server.add({ url: target.url, labels: { job: 'shop' } })
    await untilAsync('it is scraped', async () => ((await result('up'))[0]?.value[1] === '0' ? true : undefined))
    expect(await result('a')).toEqual([])
  })
})

describe('its parts', () => {
  it('read the text format, escapes and all', () => {
    const text = '# TYPE a counter\na{b="x\\"y\\\\z\\n",c="1,2}"} +Inf\nd 1.5e3\n'
    expect(parseExposition(text)).toEqual([
      { name: 'a', labels: { b: 'x"y\\z\n', c: '1,2}' }, value: Number.POSITIVE_INFINITY },
      { name: 'd', labels: {}, value: 1500 },
    ])
    const shop = new Exporter({ service: 'checkout-svc', region: 'eu-1' })
    shop.record(200, 30)
    shop.record(503, 700)
    const read = parseExposition(shop.text())
    const value = (name: string, label: string, of: string) =>
      read.find((one) => one.name === name && one.labels[label] === of)?.value
    expect(value('http_requests_total', 'code', '200')).toBe(1)
    expect(value('http_requests_total', 'code', '500')).toBe(0)
    expect(value('http_requests_total', 'code', '503')).toBe(1)
    expect(value('http_request_duration_seconds_bucket', 'le', '0.05')).toBe(1)
    expect(value('http_request_duration_seconds_bucket', 'le', '+Inf')).toBe(2)
  })

  it('count through a restart', () => {
    const samples = { times: [1000, 2000, 3000, 4000], values: [10, 20, 5, 15] }
    // 10, then from nothing to 5, then 10 more, up to both ends of the range.
    expect(increase(samples, 1000, 4000, false)).toBeCloseTo(25, 6)
    expect(increase(samples, 1000, 4000, true)).toBeCloseTo(25 / 3, 6)
    expect(increase({ times: [1000], values: [1] }, 0, 2000, true)).toBeNull()
  })

  it('keep an hour of a series in little, forget what is older, carry a value on for five minutes', () => {
    const store = new Store(3_600_000)
    const series = store.series({ __name__: 'a' })
    for (let at = 1; at <= 20_000; at += 1) {
      series.append(at * 1000, at)
      if (at % 60 === 0) store.forget(at * 1000)
    }
    const end = 20_000_000
    expect(series.between(0, end).times.length).toBeLessThan(3700)
    expect(series.between(0, end).times.length).toBeGreaterThan(3590)
    expect(series.at(end + 299_000)).toEqual({ atMs: end, value: 20_000 })
    expect(series.at(end + 301_000)).toBeNull()
    expect(series.at(end - 500)).toEqual({ atMs: end - 1000, value: 19_999 })
    series.append(end + 1000, Number.NaN)
    expect(series.at(end + 1000)).toBeNull()
    store.forget(end + 7_200_000)
    expect([...store.all()]).toEqual([])
  })
})
