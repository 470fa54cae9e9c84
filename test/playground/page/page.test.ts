import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Playground, startPlayground } from '../../../src/playground/world.ts'
import { until } from '../kubernetes/kit.ts'

const mei = 'U0MEI00001'
const payment = 'C0PAYMENT1'
let playground: Playground
let base: string
let port: number

const server = createServer((asked, answer) => {
  if (!playground.handle(asked, answer)) answer.writeHead(404).end('not of the page')
})

beforeAll(async () => {
  playground = await startPlayground({ seed: 1, speed: 20, pace: 20 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  base = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  await playground.close()
  server.closeAllConnections()
  server.close()
})

/** As a browser would send it, with headers that `fetch` does not let one choose. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const act = async (what: object): Promise<{ acked?: boolean; error?: string }> => {
  const headers = { origin: base, 'content-type': 'application/json' }
  const answer = await fetch(`${base}/playground/act`, { method: 'POST', headers, body: JSON.stringify(what) })
  return (await answer.json()) as { acked?: boolean; error?: string }
}

/** Reads the stream until something of it is as wanted. */
async function read<T>(wanted: (event: string, data: string) => T | undefined): Promise<T> {
  const abort = new AbortController()
  const answer = await fetch(`${base}/playground/events`, { signal: abort.signal })
  let rest = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const pieces = (rest + chunk).split('\n\n')
    rest = pieces.pop() ?? ''
    for (const piece of pieces) {
      const found = wanted(/^event: (.+)$/m.exec(piece)?.[1] ?? '', /^data: (.+)$/m.exec(piece)?.[1] ?? '')
      if (found === undefined) continue
      abort.abort()
      return found
    }
  }
  throw new Error('the stream ended')
}

it('serves the page and everything it loads, under a policy that lets nothing else in', async () => {
  const page = await fetch(`${base}/`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  const markup = await page.text()
  expect(markup).not.toMatch(/<script(?![^>]*src=)|style=|\son[a-z]+=/)
  const paths = [...markup.matchAll(/(?:src|href)="(\/playground\/[^"]+)"/g)].map((match) => match[1] ?? '')
  const scripts = new Set(paths)
  for (const path of scripts) {
    const answer = await fetch(base + path)
    expect([path, answer.status]).toEqual([path, 200])
    const text = await answer.text()
    for (const match of path.endsWith('.js') ? text.matchAll(/from '\.\/([^']+)'/g) : [])
      scripts.add(`/playground/${match[1]}`)
  }
  expect(scripts.size).toBeGreaterThan(20)
  // Every module is asked for at once, not only when another one imports it.
  expect([...scripts].filter((path) => !paths.includes(path))).toEqual([])
})

it('lets only the page itself act', async () => {
  const body = JSON.stringify({ as: mei, do: 'say', channel: payment, text: 'from elsewhere' })
  const json = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const post = (headers: Record<string, string>) => send('POST', '/playground/act', { ...json, ...headers }, body)
  expect(await post({ origin: 'https://evil.example' })).toBe(403)
  expect(await post({ origin: base, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({})).toBe(403)
  expect(await post({ host: 'evil.example', origin: 'http://evil.example' })).toBe(421)
  expect(await post({ origin: base, 'content-type': 'text/plain' })).toBe(415)
  expect(await send('GET', '/playground/events', { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await send('GET', '/', { host: 'evil.example' })).toBe(421)
  expect(playground.slack.messages(payment).map(({ text }) => text)).not.toContain('from elsewhere')
  expect(await post({ origin: base, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(playground.slack.messages(payment).at(-1)).toMatchObject({ user: mei, text: 'from elsewhere' })
})

it('leaves what is not its own to others', async () => {
  expect(await (await fetch(`${base}/metrics`)).text()).toBe('not of the page')
  expect((await fetch(`${base}/playground/nothing`)).status).toBe(404)
})

it('tells a page that opens everything there is, and then what changes', async () => {
  await act({ as: mei, do: 'say', channel: payment, text: 'first' })
  const all = await read((event, data) => (event === 'all' ? data : undefined))
  expect(JSON.parse(all).parts).toContainEqual(
    expect.objectContaining({ part: 'message', is: expect.objectContaining({ text: 'first' }) }),
  )
  const changed = read((event, data) => (event === 'parts' && data.includes('second') ? data : undefined))
  await act({ as: mei, do: 'say', channel: payment, text: 'second' })
  expect(JSON.parse(await changed)).toContainEqual(expect.objectContaining({ part: 'message', channel: payment }))
  const shop = await read((event, data) => (event === 'shop' ? data : undefined))
  expect(JSON.parse(shop).looks).toHaveLength(6)
})

it('says why something did not work', async () => {
  expect(await act({ as: mei, do: 'command', channel: payment, line: '/deploy' })).toMatchObject({
    error: 'unknown_command',
  })
  expect(await act({ as: 'U0NOBODY01', do: 'say', channel: payment, text: 'x' })).toMatchObject({
    error: 'bad_request',
  })
  expect(await act({ as: mei, do: 'fly' })).toMatchObject({ error: 'bad_request' })
  expect(await act({ do: 'release', service: 'checkout-svc', kind: 'perfect' })).toMatchObject({ error: 'bad_request' })
})

it('ships and stops the traffic from the page', async () => {
  expect(await act({ do: 'release', service: 'storefront', kind: 'good' })).toEqual({ acked: true })
  await until(() =>
    playground.shop
      .looks()
      .every(({ service, workload }) => service !== 'storefront' || workload?.version === 'v5.13.0'),
  )
  await act({ do: 'traffic', on: false })
  expect(playground.shop.traffic.on).toBe(false)
})

it('keeps uploaded files harmless', async () => {
  const bytes = Buffer.from('<script>alert(1)</script>')
  const file = { id: 'F0EVIL0001', name: 'x.html', title: 'x', mimetype: 'text/html', bytes, user: mei }
  playground.slack.world.files.set(file.id, {
    ...file,
    created: 0,
    channels: [],
    complete: true,
    declaredLength: bytes.length,
  })
  const answer = await fetch(`${base}/playground/files/${file.id}`)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})
