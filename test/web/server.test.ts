import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import type { RouteRequest } from '../../src/ports/adapter.ts'
import { rawConnection } from './raw.ts'
import { startedWeb } from './started-web.ts'

const mebibyte = 1024 * 1024

describe('health', () => {
  it('says that the process lives', async () => {
    const { url } = await startedWeb()
    const response = await fetch(`${url}/healthz`)
    expect([response.status, await response.text()]).toEqual([200, 'ok\n'])
  })

  it('says whether it can work, and which part cannot', async () => {
    let slack = false
    const ready = () => ({ ready: slack, parts: { ledger: true, slack } })
    const { url } = await startedWeb({ health: { ready } })
    const before = await fetch(`${url}/readyz`)
    expect([before.status, await before.json()]).toEqual([503, { ready: false, parts: { ledger: true, slack: false } }])
    slack = true
    const after = await fetch(`${url}/readyz`)
    expect([after.status, await after.json()]).toEqual([200, { ready: true, parts: { ledger: true, slack: true } }])
  })

  it('counts what it answered, by route and never by address', async () => {
    const web = await startedWeb()
    await fetch(`${web.url}/healthz`)
    await fetch(`${web.url}/nothing/here?k=secret`)
    const response = await fetch(`${web.url}/metrics`)
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(text).toContain('astern_http_requests_total{route="/healthz",method="GET",status="200"} 1\n')
    expect(text).toContain('astern_http_requests_total{route="none",method="GET",status="404"} 1\n')
    expect(text).toContain('astern_http_request_seconds_count{route="/healthz"} 1\n')
    expect(text).not.toContain('secret')
  })
})

describe('routes', () => {
  it('hands the raw bytes and headers over, and sends the answer back', async () => {
    const got: RouteRequest[] = []
    const web = await startedWeb()
    web.route('POST', '/slack/events', async (request) => {
      got.push(request)
      return { status: 202, headers: { 'Content-Type': 'application/json', 'X-Own': 'a' }, body: '{"é":1}' }
    })
    const body = Buffer.from([0, 255, 13, 10, 128])
    const headers = { 'X-Slack-Signature': 'v0=abc' }
    const response = await fetch(`${web.url}/slack/events?x=1`, { method: 'POST', body, headers })
    expect(response.status).toBe(202)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-own')).toBe('a')
    expect(response.headers.get('content-length')).toBe('8')
    expect(await response.text()).toBe('{"é":1}')
    expect(Buffer.from(got[0]?.body ?? []).equals(body)).toBe(true)
    expect(got[0]?.headers['x-slack-signature']).toBe('v0=abc')
    expect(got[0]?.signal.aborted).toBe(false)
  })

  it('sets its security headers on every answer', async () => {
    const { url } = await startedWeb()
    for (const path of ['/healthz', '/nothing']) {
      const { headers } = await fetch(url + path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('answers HEAD like GET, without the body', async () => {
    const { port } = await startedWeb()
    const connection = rawConnection(port)
    connection.socket.write('HEAD /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    const text = await connection.ended
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).toMatch(/\r\ncontent-length: 3\r\n/)
    expect(text).toMatch(/\r\n\r\n$/)
  })

  it.each([
    ['POST', '/healthz', 405, 'GET, HEAD'],
    ['OPTIONS', '/metrics', 405, 'GET, HEAD'],
    ['GET', '/slack/events', 405, 'POST'],
    ['HEAD', '/slack/events', 405, 'POST'],
    ['DELETE', '/slack/events', 405, 'POST'],
    ['GET', '/', 404, null],
    ['GET', '/healthz/', 404, null],
    ['GET', '/Healthz', 404, null],
    ['POST', '/slack/events/x', 404, null],
  ])('answers %s %s with %i', async (method, path, status, allow) => {
    const web = await startedWeb()
    web.route('POST', '/slack/events', async () => ({ status: 200 }))
    const response = await fetch(web.url + path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow])
  })

  it('refuses what is no HTTP and what is no address', async () => {
    const { port } = await startedWeb()
    const garbage = rawConnection(port)
    garbage.socket.write('hello\r\n\r\n')
    expect(await garbage.ended).toMatch(/^HTTP\/1\.1 400 /)
    const address = rawConnection(port)
    address.socket.write('GET http://[ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    expect(await address.ended).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('takes a path once', async () => {
    const web = await startedWeb()
    const handler = async () => ({ status: 200 })
    web.route('POST', '/slack/events', handler)
    expect(() => web.route('POST', '/slack/events', handler)).toThrow(TypeError)
    expect(() => web.route('POST', 'slack', handler)).toThrow(TypeError)
  })

  it('answers 500 without the cause when a handler fails, and says so in the log', async () => {
    const web = await startedWeb()
    web.route('POST', '/a', async () => {
      throw new Error('xoxb-secret')
    })
    const response = await fetch(`${web.url}/a`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('xoxb')
    expect(web.errors).toEqual(['http route failed'])
  })

  it('tells a handler when nobody waits for its answer any more', async () => {
    const web = await startedWeb()
    const started = Promise.withResolvers<AbortSignal>()
    web.route('POST', '/a', async ({ signal }) => {
      started.resolve(signal)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return { status: 200 }
    })
    const connection = rawConnection(web.port)
    connection.socket.write('POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n')
    const signal = await started.promise
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
    connection.socket.destroy()
    await aborted
    expect(signal.aborted).toBe(true)
  })
})

describe('bodies', () => {
  it.each([
    ['exactly at the limit', mebibyte, 200],
    ['one byte over it', mebibyte + 1, 413],
    ['far over it', 20 * mebibyte, 413],
  ])('%s', async (_what, length, status) => {
    const web = await startedWeb()
    let called = 0
    web.route('POST', '/a', async ({ body }) => {
      called += 1
      return { status: body.length === length ? 200 : 400 }
    })
    const response = await fetch(`${web.url}/a`, { method: 'POST', body: new Uint8Array(length) })
    await response.arrayBuffer()
    expect([response.status, called]).toEqual([status, status === 200 ? 1 : 0])
  })

  it('counts the bytes of a body that did not say its length', async () => {
    const web = await startedWeb()
    web.route('POST', '/a', async () => ({ status: 200 }))
    const chunks = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent <= mebibyte; sent += 65_536) controller.enqueue(new Uint8Array(65_536))
        controller.close()
      },
    })
    const response = await fetch(`${web.url}/a`, { method: 'POST', body: chunks, duplex: 'half' })
    expect(response.status).toBe(413)
  })

  it('gives a slow body up, and calls no handler for half of one', async () => {
    const web = await startedWeb({ requestTimeoutMs: 100 })
    let called = 0
    web.route('POST', '/a', async () => {
      called += 1
      return { status: 200 }
    })
    const slow = rawConnection(web.port)
    slow.socket.write('POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc')
    expect(await slow.ended).toMatch(/^HTTP\/1\.1 408 /)
    const cut = rawConnection(web.port)
    cut.socket.end('POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc')
    await cut.ended
    expect(called).toBe(0)
  })
})

describe('listening', () => {
  it('says in plain words that the port is taken', async () => {
    const { port } = await startedWeb()
    const fault = await startedWeb({ port }).catch((reason: unknown) => reason)
    expect(fault).toBeInstanceOf(Fault)
    expect((fault as Fault).code).toBe('web.port-taken')
    expect((fault as Fault).hint.values).toEqual({ address: `127.0.0.1:${port}` })
  })

  it("says that an address is not this machine's, in the form a URL has", async () => {
    const fault = await startedWeb({ host: '2001:db8::1', port: 7400 }).catch((reason: unknown) => reason)
    expect((fault as Fault).code).toBe('web.cannot-listen')
    expect((fault as Fault).hint.values).toEqual({ address: '[2001:db8::1]:7400' })
  })
})
