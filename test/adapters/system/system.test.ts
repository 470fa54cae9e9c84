import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import type { LogOptions } from '../../../src/adapters/system/log.ts'
import { Fault } from '../../../src/core/fault.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function platform(log: Partial<LogOptions> = {}, headTimeoutMs?: number) {
  const lines: string[] = []
  const options = { level: 'info', format: 'json', write: (line: string) => lines.push(line), ...log } as const
  return { lines, ...systemPlatform({ log: options, ...(headTimeoutMs === undefined ? {} : { headTimeoutMs }) }) }
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('the real clock', () => {
  it('sleeps, and wakes with the reason of an abort', async () => {
    const { clock } = platform()
    const before = clock.monotonicMs()
    await clock.sleep(20)
    expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(19)
    const stop = new AbortController()
    const sleeping = clock.sleep(60_000, stop.signal)
    stop.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(clock.sleep(1, stop.signal)).rejects.toThrow('enough')
  })

  it('does not wake at once from a sleep longer than a timer can be', async () => {
    const { clock } = platform()
    const stop = new AbortController()
    let woke = false
    const sleeping = clock.sleep(2 ** 31 + 5, stop.signal).then(() => {
      woke = true
    })
    await clock.sleep(20)
    expect(woke).toBe(false)
    stop.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
  })
})

describe('real chance', () => {
  it('gives different ids, numbers below one and bytes of the length', () => {
    const { chance } = platform()
    expect(new Set(Array.from({ length: 50 }, () => chance.uuid())).size).toBe(50)
    const numbers = Array.from({ length: 200 }, () => chance.number())
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
    expect(new Set(numbers).size).toBe(200)
    expect(chance.bytes(32)).toHaveLength(32)
  })
})

describe('the real fetch', () => {
  it('gives up on a head that never comes', async () => {
    const url = await serve(() => undefined)
    await expect(platform({}, 50).fetch(url)).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('leaves a slow body alone', async () => {
    const url = await serve((_request, response) => {
      response.write('half, ')
      setTimeout(() => response.end('whole'), 150)
    })
    const response = await platform({}, 100).fetch(url)
    expect(await response.text()).toBe('half, whole')
  })

  it("keeps the caller's abort, with its reason", async () => {
    const url = await serve(() => undefined)
    const stop = new AbortController()
    const asked = platform().fetch(url, { signal: stop.signal })
    stop.abort(new Error('no longer wanted'))
    await expect(asked).rejects.toThrow('no longer wanted')
  })
})

describe('the real log', () => {
  it('writes JSON lines from its level on, with the fields of its parents', () => {
    const { log, lines } = platform({ level: 'warn' })
    const child = log.child({ rollback: 'r1' }).child({ step: 's1' })
    child.info('not this')
    child.warn('this', { took: 3 })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      message: 'this',
      rollback: 'r1',
      step: 's1',
      took: 3,
    })
  })

  it('tells of causes their names, codes and first lines, never what they carry', () => {
    const { log, lines } = platform()
    const foreign = Object.assign(new TypeError('boom\nAuthorization: Bearer hush'), {
      code: 'ECONNRESET',
      request: { headers: { authorization: 'hush' }, body: 'hush' },
    })
    const fault = new Fault({ code: 'chat.unreachable', retry: 'yes', hint: { key: 'x' }, cause: foreign })
    log.error('sending failed', {}, fault)
    log.error('threw a string', {}, 'hush')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      fault: 'chat.unreachable',
      retry: 'yes',
      cause: 'Fault chat.unreachable < TypeError ECONNRESET boom',
    })
    expect(lines.join('')).not.toContain('hush')
  })

  it('writes one line for people, whatever the values hold', () => {
    const { log, lines } = platform({ format: 'pretty' })
    log.warn('look', { name: 'a b\n\u001b[31mred', count: 2, none: undefined })
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}Z WARN {2}look name="a b\\n\\u001b\[31mred" count=2\n$/)
  })
})
