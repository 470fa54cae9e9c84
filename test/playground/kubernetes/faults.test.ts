import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Cluster, cluster, deployment, deployments, imagePatch, strategic, until } from './kit.ts'

let k: Cluster
beforeEach(async () => {
  k = await cluster()
  k.create(deployment('shop', 'shop:1', { replicas: 0 }))
})
afterEach(() => k.close())

const patch = (image: string): ReturnType<Cluster['call']> =>
  k.call('PATCH', `${deployments}/shop`, imagePatch(image), strategic)
const stored = (): string => JSON.stringify(k.get('deployments', 'shop', 'shop'))

describe('injected faults', () => {
  it('cut the connection before anything happened', async () => {
    const end = k.inject((request) => (request.verb === 'patch' ? { reset: 'before' } : undefined))
    await expect(patch('shop:2')).rejects.toThrow()
    expect(stored()).toContain('shop:1')
    expect(k.requests().at(-1)).toMatchObject({ verb: 'patch', name: 'shop', code: 0 })
    end()
    expect((await patch('shop:2')).code).toBe(200)
  })

  it('cut the connection after the effect', async () => {
    k.inject((request) => (request.verb === 'patch' ? { reset: 'after' } : undefined))
    await expect(patch('shop:2')).rejects.toThrow()
    expect(stored()).toContain('shop:2')
    expect(k.requests().at(-1)).toMatchObject({ verb: 'patch', code: 200 })
  })

  it('answer something else, once', async () => {
    let left = 1
    k.inject((request) =>
      request.resource === 'deployments' && left-- > 0
        ? { answer: { code: 503, body: { kind: 'Status', code: 503 }, headers: { 'retry-after': '1' } } }
        : undefined,
    )
    const reply = await patch('shop:2')
    expect(reply).toMatchObject({ code: 503, body: { kind: 'Status' } })
    expect(reply.headers.get('retry-after')).toBe('1')
    expect(stored()).toContain('shop:1')
    expect((await patch('shop:2')).code).toBe(200)
  })

  it('delay, halve the body, change the content type', async () => {
    const end = k.inject(() => ({ delayMs: 60, contentType: 'text/html' }))
    const began = Date.now()
    expect((await k.call('GET', deployments)).headers.get('content-type')).toBe('text/html')
    expect(Date.now() - began).toBeGreaterThanOrEqual(55)
    end()
    k.inject(() => ({ halfBody: true }))
    await expect(k.call('GET', deployments)).rejects.toThrow()
  })
})

describe('a server that is down', () => {
  it('refuses connections and comes back on the same port with everything it knew', async () => {
    const { url } = k
    await k.pause()
    await expect(k.call('GET', deployments)).rejects.toThrow()
    await k.resume()
    expect(k.url).toBe(url)
    expect((await k.call('GET', `${deployments}/shop`)).code).toBe(200)
  })

  it('hangs without an answer until it resumes', async () => {
    await k.pause('hang')
    let answered = false
    const reply = k.call('GET', deployments).then((each) => {
      answered = true
      return each.code
    })
    await until(() => k.requests().length >= 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(answered).toBe(false)
    await k.resume()
    expect(await reply).toBe(200)
  })

  it('closes while clients hang', async () => {
    await k.pause('hang')
    const reply = k.call('GET', deployments).catch(() => 'cut')
    await k.close()
    expect(await reply).toBe('cut')
  })
})
