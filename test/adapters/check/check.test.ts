import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { http } from '../../../src/adapters/check/http/index.ts'
import { tcp } from '../../../src/adapters/check/tcp/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import type { CheckAdapter, Platform } from '../../../src/ports/adapter.ts'
import type { CheckResult } from '../../../src/ports/check.ts'
import { plain, sayWording } from '../../../src/text/say.ts'
import { type Loopback, serveHttp, serveTcp } from '../../kit/loopback.ts'
import { ManualClock } from '../../kit/manual-clock.ts'

const stops: Loopback[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((server) => server.stop()))
})

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const never = new AbortController().signal
const at = '2026-03-02T09:00:00Z'
const about = { releasedAt: at, askedAt: at, settledAt: at }

const nothing = () => {
  throw new TypeError('these checks ask no monitor')
}

function open<Config>(adapter: CheckAdapter<Config>, config: unknown, given: Platform = platform) {
  return adapter.open(adapter.config.parse(config), { ...given, monitor: nothing })
}

async function site(listener: RequestListener): Promise<string> {
  const server = await serveHttp(listener)
  stops.push(server)
  return `${server.url}/healthz`
}

const says = (result: CheckResult) => [
  plain(sayWording('en', result.seen.wording)),
  plain(sayWording('zh-CN', result.seen.wording)),
]

/** A listener that hangs: it accepts nothing and its queue (of one and the one on its way) is full, so that connects hang. */
async function serveNobody() {
  const source = `
    const { parentPort } = require('node:worker_threads')
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
    })`
  const worker = new Worker(source, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const fill = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await expect.poll(() => fill.filter((socket) => !socket.connecting).length).toBe(2)
  return {
    port,
    async stop() {
      for (const socket of fill) socket.destroy()
      await worker.terminate()
    },
  }
}

describe('the HTTP check', () => {
  it('passes on an answer in the 200s, with its numbers in both languages', async () => {
    const url = await site((_request, response) => response.writeHead(204).end())
    const check = open(http, url)
    expect(check.name).toBe(`GET ${url}`)
    const result = await check.run(never, about)
    expect(result.passed).toBe(true)
    expect(says(result)).toEqual([`GET ${url}: 204 in ${result.tookMs} ms`, `GET ${url}：204，${result.tookMs} 毫秒`])
  })

  it.each([
    [503, undefined, false, '2xx'],
    [302, undefined, false, '2xx'],
    [200, 204, false, '204'],
    [401, [200, 401], true, ''],
    [302, 302, true, ''],
  ])('status %i where %j is expected: passed is %j', async (status, expected, passed, wanted) => {
    const url = await site((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end())
    const result = await open(http, { url, ...(expected === undefined ? {} : { expect: expected }) }).run(never, about)
    expect(result).toMatchObject({ passed, seen: { code: passed ? 'check.answered' : 'check.wrong-status' } })
    if (!passed) expect(says(result)[0]).toContain(`answered ${status} instead of ${wanted} after`)
  })

  it('looks for text in the body, also where it is cut into pieces', async () => {
    const url = await site((_request, response) => {
      response.write('{"status":"o')
      setImmediate(() => response.end('k"}'))
    })
    expect(await open(http, { url, contains: '"ok"' }).run(never, about)).toMatchObject({ passed: true })
    expect(await open(http, { url, contains: 'degraded' }).run(never, about)).toMatchObject({
      passed: false,
      seen: { code: 'check.text-missing' },
    })
  })

  it('does not read a body without end', async () => {
    const url = await site((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await open(http, { url, contains: 'y' }).run(never, about)).toMatchObject({
      seen: { code: 'check.text-missing' },
    })
  })

  it('gives up on a slow answer after its timeout, by the clock it was given', async () => {
    const clock = new ManualClock()
    const asked = Promise.withResolvers<void>()
    const url = await site(() => asked.resolve())
    const run = open(http, { url, timeout: '3s' }, { ...platform, clock }).run(never, about)
    await asked.promise
    await clock.advance(3000)
    const result = await run
    expect(result).toMatchObject({ passed: false, tookMs: 3000, seen: { code: 'check.late' } })
    expect(says(result)).toEqual([`GET ${url}: no answer within 3,000 ms`, `GET ${url}：3,000 毫秒内没有应答`])
    expect(clock.sleeping).toBe(0)
  })

  it('gives up on a body that never ends to come', async () => {
    const clock = new ManualClock()
    const url = await site((_request, response) => {
      response.writeHead(200).write('and then')
    })
    const run = open(http, url, { ...platform, clock }).run(never, about)
    await clock.asleep()
    await clock.advance(5000)
    expect(await run).toMatchObject({ passed: false, seen: { code: 'check.late' } })
  })

  it('tells half a body from a whole one', async () => {
    const url = await site((_request, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    expect(await open(http, url).run(never, about)).toMatchObject({ passed: false, seen: { code: 'check.broken' } })
  })

  it('tells a cut connection, a closed port and an unknown host', async () => {
    const reset = await site((request) => request.socket.resetAndDestroy())
    expect(await open(http, reset).run(never, about)).toMatchObject({ passed: false, seen: { code: 'check.broken' } })
    const closed = await serveHttp(() => undefined)
    await closed.stop()
    expect(await open(http, closed.url).run(never, about)).toMatchObject({
      passed: false,
      seen: { code: 'check.refused' },
    })
    const unknown = await open(http, 'http://astern-test.invalid/').run(never, about)
    expect(unknown).toMatchObject({ passed: false, seen: { code: 'check.unknown-host' } })
  })

  it('makes a new connection for each look', async () => {
    const ports = new Set<number | undefined>()
    const url = await site((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('ok')
    })
    const check = open(http, url)
    await check.run(never, about)
    await check.run(never, about)
    expect(ports.size).toBe(2)
  })

  it('rejects with the reason of an abort and of nothing else', async () => {
    const asked = Promise.withResolvers<void>()
    const url = await site(() => asked.resolve())
    const stop = new AbortController()
    const run = open(http, url).run(stop.signal, about)
    await asked.promise
    stop.abort(new Error('stopping'))
    await expect(run).rejects.toThrow('stopping')
  })

  it.each([
    'ftp://x/',
    'http://user:hush@x/',
    'nonsense',
    { url: 'http://x/', expect: 99 },
    { url: 'http://x/', expect: [] },
    { url: 'http://x/', timeout: 5 },
    { url: 'http://x/', timeot: '5s' },
  ])('refuses the configuration %j', (config) => {
    expect(http.config.safeParse(config).success).toBe(false)
  })
})

describe('the TCP check', () => {
  it('passes when somebody accepts, and hangs up', async () => {
    const closed = Promise.withResolvers<void>()
    const server = await serveTcp((socket) => socket.on('close', () => closed.resolve()).resume())
    stops.push(server)
    const address = `127.0.0.1:${server.port}`
    const result = await open(tcp, address).run(never, about)
    expect(result).toMatchObject({ passed: true, seen: { code: 'check.connected' } })
    expect(says(result)).toEqual([
      `TCP ${address}: connected in ${result.tookMs} ms`,
      `TCP ${address}：${result.tookMs} 毫秒内连通`,
    ])
    await closed.promise
  })

  it('tells a closed port and an unknown host', async () => {
    const server = await serveTcp(() => undefined)
    await server.stop()
    const refused = await open(tcp, `127.0.0.1:${server.port}`).run(never, about)
    expect(refused).toMatchObject({ passed: false, seen: { code: 'check.refused' } })
    const unknown = await open(tcp, 'astern-test.invalid:5432').run(never, about)
    expect(unknown).toMatchObject({ passed: false, seen: { code: 'check.unknown-host' } })
  })

  it('gives up after its timeout, where nobody accepts', async () => {
    const clock = new ManualClock()
    const busy = await serveNobody()
    try {
      const run = open(tcp, { address: `127.0.0.1:${busy.port}`, timeout: '2s' }, { ...platform, clock }).run(
        never,
        about,
      )
      await clock.asleep()
      await clock.advance(2000)
      expect(await run).toMatchObject({ passed: false, tookMs: 2000, seen: { code: 'check.late' } })
    } finally {
      await busy.stop()
    }
  })

  it('rejects with the reason of an abort', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopping'))
    await expect(open(tcp, '127.0.0.1:9').run(stop.signal, about)).rejects.toThrow('stopping')
  })

  it.each(['db.example', 'db.example:0', 'db.example:70000', 'tcp://db:1', ':5432', { address: 'db:1', timeout: 0 }])(
    'refuses the configuration %j',
    (config) => {
      expect(tcp.config.safeParse(config).success).toBe(false)
    },
  )

  it('takes IPv6 addresses in brackets', async () => {
    const check = open(tcp, '[::1]:9')
    expect(check.name).toBe('TCP [::1]:9')
    expect((await check.run(never, about)).passed).toBe(false)
  })
})
