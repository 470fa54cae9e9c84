import type { IncomingMessage, RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { comparedIn } from '../../../src/adapters/monitor/prometheus/compared.ts'
import { prometheus } from '../../../src/adapters/monitor/prometheus/index.ts'
import { anatomyOf } from '../../../src/adapters/monitor/prometheus/promql.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { Fault } from '../../../src/core/fault.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { plain, sayWording } from '../../../src/text/say.ts'
import { type Loopback, serveHttp } from '../../kit/loopback.ts'

const stops: Loopback[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((server) => server.stop()))
})
const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const never = new AbortController().signal
const hush = 'hush-hush-token'

async function monitor(listener: RequestListener, more: object = {}) {
  const server = await serveHttp(listener)
  stops.push(server)
  const config = prometheus.config.parse({ url: `${server.url}/prefix/`, ...more })
  for (const secret of [config.bearer, config.basic?.password]) secret?.resolve(() => hush)
  return prometheus.open(config, platform)
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const success = (result: unknown, more: object = {}) =>
  json(200, { status: 'success', data: { resultType: 'vector', result }, ...more })

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = ''
  for await (const part of request) text += String(part)
  return new URLSearchParams(text)
}

describe('the Prometheus adapter', () => {
  it('asks by POST under the prefix of its address, with the credentials it was given', async () => {
    const seen: object[] = []
    const listen: RequestListener = async (request, response) => {
      const { method, url, headers } = request
      const { authorization } = headers
      const query = (await bodyOf(request)).get('query')
      seen.push({ method, url, authorization, query })
      success([])(request, response)
    }
    const bearer = { env: 'TOKEN' }
    await (await monitor(listen, { bearer })).now('up', never)
    await (await monitor(listen, { basic: { username: 'astern', password: bearer } })).now('up{a="&b=+"}', never)
    expect(seen).toMatchObject([
      { method: 'POST', url: '/prefix/api/v1/query', authorization: `Bearer ${hush}`, query: 'up' },
      { authorization: `Basic ${Buffer.from(`astern:${hush}`).toString('base64')}`, query: 'up{a="&b=+"}' },
    ])
  })

  it('takes NaN and infinity for no value', async () => {
    const values = ['NaN', '+Inf', '-Inf', '1e-7', '0.25', '-3']
    const on = await monitor(success(values.map((value, at) => ({ metric: { at: `${at}` }, value: [1, value] }))))
    expect((await on.now('up', never)).map(({ points }) => points)).toEqual([
      [{ atMs: 1000, value: 1e-7 }],
      [{ atMs: 1000, value: 0.25 }],
      [{ atMs: 1000, value: -3 }],
    ])
  })

  const error = (errorType: string) => ({ status: 'error', errorType, error: 'as it says' })
  it.each([
    [json(400, error('bad_data')), 'monitor.bad-query', 'no'],
    [json(422, error('execution')), 'monitor.bad-query', 'no'],
    [json(503, error('timeout')), 'monitor.busy', 'yes'],
    [json(422, error('canceled')), 'monitor.busy', 'yes'],
    [json(500, error('internal')), 'monitor.busy', 'yes'],
    [json(429, {}), 'monitor.busy', 'yes'],
    [json(502, 'bad gateway'), 'monitor.busy', 'yes'],
    [json(401, {}), 'monitor.no-permission', 'no'],
    [json(403, error('forbidden')), 'monitor.no-permission', 'no'],
    [json(404, {}), 'monitor.not-there', 'no'],
    [json(302, {}), 'monitor.redirected', 'no'],
    [json(200, { hello: 'world' }), 'monitor.not-understood', 'no'],
    [json(200, error('internal')), 'monitor.not-understood', 'no'],
    [success([{ metric: {}, value: [1, 'much'] }]), 'monitor.not-understood', 'no'],
    [success([{ metric: {}, histogram: [1, {}] }]), 'monitor.not-understood', 'no'],
    [success([], { warnings: ['only part of the stores answered'] }), 'monitor.incomplete', 'yes'],
    [((request) => request.socket.destroy()) as RequestListener, 'monitor.unreachable', 'yes'],
    [(() => undefined) as RequestListener, 'monitor.late', 'yes'],
  ])('fault %#: %s %s %s', async (listener, code, retry) => {
    const on = await monitor(listener, { bearer: { env: 'TOKEN' }, timeout: '200ms' })
    const fault: unknown = await on.now(`up{a="${hush}"}`, never).catch((cause: unknown) => cause)
    expect(fault).toBeInstanceOf(Fault)
    if (!(fault instanceof Fault)) return
    expect([fault.code, fault.retry]).toEqual([code, retry])
    for (const language of ['en', 'zh-CN'] as const) expect(plain(sayWording(language, fault.hint))).not.toContain(hush)
    expect(`${fault.stack} ${JSON.stringify(fault)} ${JSON.stringify(fault.cause)}`).not.toContain(hush)
  })

  it('waits as long as it is asked to', async () => {
    const on = await monitor((request, response) => {
      response.setHeader('retry-after', '7')
      json(429, {})(request, response)
    })
    await expect(on.now('up', never)).rejects.toMatchObject({ retryAfterMs: 7000 })
  })

  it('tells its doctor what is missing', async () => {
    const starting = await monitor((_request, response) => response.writeHead(503).end('Service Unavailable'))
    expect(await starting.doctor(never)).toMatchObject([{ code: 'monitor.starting', state: 'missing' }])
    const others = await monitor((request, response) =>
      request.url?.endsWith('/-/ready')
        ? response.writeHead(404).end()
        : json(200, { status: 'success', data: { resultType: 'scalar', result: [1, '1'] } })(request, response),
    )
    expect(await others.doctor(never)).toMatchObject([{ code: 'monitor.answers', state: 'works' }])
    const closed = await monitor(json(403, {}))
    expect(await closed.doctor(never)).toMatchObject([{ code: 'monitor.no-permission', state: 'missing' }])
  })

  it.each([
    [{ url: 'ftp://x/' }],
    [{ url: 'http://user:word@x/' }],
    [{ url: 'http://x/?query=1' }],
    [{ url: 'http://x/', bearer: 'in the open' }],
    [{ url: 'http://x/', bearer: { env: 'A' }, basic: { username: 'a', password: { env: 'B' } } }],
    [{ url: 'http://x/', tmeout: '1s' }],
  ])('does not take %j', (config) => {
    expect(prometheus.config.safeParse(config).success).toBe(false)
  })

  it('keeps its token to itself', () => {
    expect(JSON.stringify(prometheus.config.parse({ url: 'http://x/', bearer: { env: 'A' } }))).not.toContain('env')
    expect(new Secret({ env: 'A' }).toString()).toBe('<secret>')
  })
})

describe('the anatomy of a query', () => {
  it.each([
    ['up', ['up'], 0],
    ['sum by (job, le) (rate(a{x="}[9m]"}[5m])) / on(job) group_left(team) sum(b{})', ['a{x="}[9m]"}', 'b{}'], 300_000],
    ['sum(rate(a[30s])) without (instance) or vector(0)', ['a'], 30_000],
    ['{__name__=~"a|b", c!="d"} offset 1h', ['{__name__=~"a|b", c!="d"}'], 0],
    ['max_over_time(rate(a[1m])[1h30m:15s]) > bool 0.5', ['a'], 5_460_000],
    ['job:errors:rate5m > 0.1 and on() up == 1', ['job:errors:rate5m', 'up'], 0],
    [
      "histogram_quantile(0.9, sum(rate(h_bucket{a='b\"]'}[1w])) by (le)) # up[5m]",
      ["h_bucket{a='b\"]'}"],
      604_800_000,
    ],
    ['1 + Inf - nan + 0x1F + 5e3', [], 0],
    ['topk(3, a) + a', ['a'], 0],
    ['a @ start() + label_replace(b, "x", "$1", "y", "c[5m]")', ['a', 'b'], 0],
  ])('%s', (query, selectors, reachMs) => {
    expect(anatomyOf(query)).toEqual({ selectors, reachMs })
  })
})

describe('an alerting rule, taken apart', () => {
  const whole = 'sum by (region) (rate(x[1m]))'
  it.each<[string, object | null]>([
    ['up < 1', { query: 'up', limit: { side: 'below', value: 1 }, unit: 'count' }],
    ['((0.5 <= a))', { query: 'a', limit: { side: 'above', value: 0.5, orEqual: true }, unit: 'count' }],
    [
      'service:http_5xx:ratio > .05',
      { query: 'service:http_5xx:ratio', limit: { side: 'above', value: 0.05 }, unit: 'percent' },
    ],
    ['-a{b=">1", c="("} > -1e3', { query: '-a{b=">1", c="("}', limit: { side: 'above', value: -1000 }, unit: 'count' }],
    ['a - b * 2 > 5', { query: 'a - b * 2', limit: { side: 'above', value: 5 }, unit: 'count' }],
    [
      'histogram_quantile(0.99, sum by (le) (rate(took_seconds_bucket[5m]))) > 0.5',
      {
        query: 'histogram_quantile(0.99, sum by (le) (rate(took_seconds_bucket[5m])))',
        limit: { side: 'above', value: 0.5 },
        unit: 'seconds',
      },
    ],
    [
      `(sum by (region) (rate(x{code=~"5.."}[1m])) / ${whole}) > 0.05`,
      {
        query: `sum by (region) (rate(x{code=~"5.."}[1m])) / ${whole} or (${whole} > 0) * 0`,
        limit: { side: 'above', value: 0.05 },
        unit: 'percent',
      },
    ],
    // What is counted elsewhere may be missing for another reason.
    ['rate(errors[1m]) / rate(x[1m]) > 0.05', { query: 'rate(errors[1m]) / rate(x[1m])' }],
    ['rate(x{c="1"}[1m]) / rate(x[1m]) < 0.05', { query: 'rate(x{c="1"}[1m]) / rate(x[1m])' }],
    ['a > b', null],
    ['up == 0', null],
    ['a != 5', null],
    ['1 > 0', null],
    ['absent(up)', null],
    ['a / on(x) b > 0.5', null],
    ['a > 5 and b > 3', null],
    ['a > 5 # and b > 3', null],
  ])('%s', (query, compared) => {
    if (compared) expect(comparedIn(query)).toMatchObject(compared)
    else expect(comparedIn(query)).toBeNull()
  })
})
