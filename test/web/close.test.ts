import { describe, expect, it } from 'vitest'
import { ManualClock } from '../kit/manual-clock.ts'
import { rawConnection } from './raw.ts'
import { startedWeb } from './started-web.ts'

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`

describe('closing', () => {
  it('lets a running request finish, cuts idle connections and accepts no new ones', async () => {
    const web = await startedWeb()
    const started = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    web.route('POST', '/a', async () => {
      started.resolve()
      await finish.promise
      return { status: 200, body: 'done' }
    })
    const idle = rawConnection(web.port)
    idle.socket.write(get('/healthz'))
    await idle.seen('ok\n')
    const busy = rawConnection(web.port)
    busy.socket.write('POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n')
    await started.promise
    let closed = false
    const closing = web.close().then(() => {
      closed = true
    })
    await idle.ended
    await expect(fetch(`${web.url}/healthz`)).rejects.toThrow()
    expect(closed).toBe(false)
    finish.resolve()
    const text = await busy.ended
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).toMatch(/\r\nconnection: close\r\n/i)
    expect(text).toMatch(/done$/)
    await closing
  })

  it('waits no longer than its grace: then it aborts what runs', async () => {
    const clock = new ManualClock()
    const web = await startedWeb({ clock, closeGraceMs: 5000 })
    const started = Promise.withResolvers<AbortSignal>()
    web.route('POST', '/a', async ({ signal }) => {
      started.resolve(signal)
      return new Promise(() => undefined)
    })
    const stuck = rawConnection(web.port)
    stuck.socket.write('POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n')
    const signal = await started.promise
    const closing = web.close()
    await clock.asleep()
    await clock.advance(4999)
    expect(signal.aborted).toBe(false)
    await clock.advance(1)
    expect(signal.aborted).toBe(true)
    expect(await stuck.ended).toBe('')
    await closing
  })

  it('is the same closing when asked twice, and leaves no timer behind', async () => {
    const clock = new ManualClock()
    const web = await startedWeb({ clock })
    await Promise.all([web.close(), web.close()])
    await web.close()
    expect(clock.sleeping).toBe(0)
  })

  it('cuts what the playground holds open: streams and sockets', async () => {
    const web = await startedWeb({
      fallback: (request, response) => {
        if (request.url !== '/stream') return false
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('data: 1\n\n')
        return true
      },
      upgrade: (request, socket) => {
        if (request.url !== '/socket') return false
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: test\r\n\r\nhello')
        return true
      },
    })
    const stream = rawConnection(web.port)
    stream.socket.write(get('/stream'))
    await stream.seen('data: 1')
    const socket = rawConnection(web.port)
    socket.socket.write('GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n')
    await socket.seen('hello')
    const refused = rawConnection(web.port)
    refused.socket.write('GET /other HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n')
    expect(await refused.ended).toMatch(/^HTTP\/1\.1 404 /)
    expect((await fetch(`${web.url}/nothing`)).status).toBe(404)
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200)
    await web.close()
    expect(await stream.ended).toContain('data: 1')
    expect(await socket.ended).toContain('hello')
  })
})
