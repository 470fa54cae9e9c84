import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { parseChallenges } from '../../../src/adapters/registry/oci/challenge.ts'
import { oci } from '../../../src/adapters/registry/oci/index.ts'
import { parseReference } from '../../../src/adapters/registry/oci/reference.ts'
import { systemLog } from '../../../src/adapters/system/log.ts'
import { ManualClock } from '../../kit/manual-clock.ts'
import { registryClient } from '../../kit/oci-registry/client.ts'
import { imageOf } from '../../kit/oci-registry/image.ts'
import { type OciRegistry, ociRegistry, type RegistryOptions } from '../../kit/oci-registry/server.ts'
import { account, basic, openOci, platform } from './bench.ts'

const never = new AbortController().signal
const hex = 'a'.repeat(64)
const servers: OciRegistry[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

/** A registry with one image, `shop/app:v1`, and a clock that stands still. */
async function bench(options: RegistryOptions = {}) {
  const server = await ociRegistry(options)
  servers.push(server)
  const image = imageOf('app')
  await registryClient(server.url, basic).push('shop/app', 'v1', image)
  server.seen.length = 0
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const lines: string[] = []
  const log = systemLog(clock, { level: 'debug', format: 'json', write: (line) => lines.push(line) })
  const registry = openOci(server.host, options.account === undefined ? null : account.password, {
    ...platform,
    clock,
    log,
  })
  const reference = `${server.host}/shop/app:v1`
  return { server, clock, lines, registry, reference, image, look: () => registry.look(reference, undefined, never) }
}

type Trouble = (request: IncomingMessage, response: ServerResponse) => void
const withAccount = { account: `${account.username}:${account.password}` }

describe('asking', () => {
  it('asks by digest with the whole Accept list, and reads a manifest only once', async () => {
    const { server, clock, look, image } = await bench()
    expect(await look()).toEqual({
      state: 'present',
      digest: image.manifest.digest,
      checkedAt: '2026-03-02T09:00:00Z',
    })
    expect(server.seen.slice(0, 2)).toEqual([
      'HEAD /v2/shop/app/manifests/v1',
      `GET /v2/shop/app/manifests/${image.manifest.digest}`,
    ])
    expect(server.seen.slice(2).sort()).toEqual(
      [image.config, ...image.layers].map(({ digest }) => `HEAD /v2/shop/app/blobs/${digest}`).sort(),
    )
    await clock.advance(180_000)
    server.seen.length = 0
    expect(await look()).toMatchObject({ state: 'present', checkedAt: '2026-03-02T09:03:00Z' })
    expect(server.seen.filter((line) => line.startsWith('GET'))).toEqual([])
  })

  it('keeps an answer for three minutes with the time it was had, one that is none for a few seconds', async () => {
    const { server, clock, look } = await bench()
    await look()
    const asked = server.seen.length
    await clock.advance(179_000)
    expect(await look()).toMatchObject({ state: 'present', checkedAt: '2026-03-02T09:00:00Z' })
    expect(server.seen).toHaveLength(asked)
    server.trouble = (_request, response) => Boolean(response.writeHead(503).end())
    await clock.advance(1000)
    expect(await look()).toMatchObject({ state: 'unknown', why: 'unreachable' })
    server.trouble = null
    expect(await look()).toMatchObject({ state: 'unknown' })
    await clock.advance(15_000)
    expect(await look()).toMatchObject({ state: 'present' })
  })

  it('asks once for all who ask at the same time, also when one of them leaves', async () => {
    const { server, registry, reference, look } = await bench()
    const stop = new AbortController()
    const left = registry.look(reference, undefined, stop.signal)
    const stayed = [look(), look()]
    stop.abort()
    expect(await left).toMatchObject({ state: 'unknown', why: 'unreachable' })
    expect((await Promise.all(stayed)).map(({ state }) => state)).toEqual(['present', 'present'])
    expect(server.seen.filter((line) => line.startsWith('HEAD /v2/shop/app/manifests'))).toHaveLength(1)
  })

  it('takes a blob that is sent from elsewhere for one that is there, and does not follow', async () => {
    const { look } = await bench({ redirectBlobs: true })
    expect(await look()).toMatchObject({ state: 'present' })
  })
})

describe('signing in', () => {
  it('gets a token for pulling from this repository once, and another when it ended', async () => {
    const { server, clock, look } = await bench({ ...withAccount, challenge: 'token' })
    const tokens = () => server.seen.filter((line) => line === 'GET /token').length
    expect(await look()).toMatchObject({ state: 'present' })
    expect(tokens()).toBe(1)
    await clock.advance(180_000)
    expect(await look()).toMatchObject({ state: 'present' })
    expect(tokens()).toBe(1)
    server.endTokens()
    await clock.advance(180_000)
    expect(await look()).toMatchObject({ state: 'present' })
    expect(tokens()).toBe(2)
  })

  it('says that the token server cannot be reached, when it cannot', async () => {
    const { server, look } = await bench({ ...withAccount, challenge: 'token' })
    server.trouble = (request, response) =>
      request.url?.startsWith('/token') === true && Boolean(response.writeHead(502).end())
    expect(await look()).toMatchObject({ state: 'unknown', why: 'unreachable' })
  })

  it.each([
    ['no way to sign in', 'Negotiate'],
    ['a token server without TLS at an unknown address', 'Bearer realm="ftp://127.0.0.1/token"'],
    ['no realm', 'Bearer service="kit"'],
    ['nothing', ''],
  ])('stays outside when it is offered %s', async (_, challenge) => {
    const { server, look } = await bench(withAccount)
    server.trouble = (_request, response) => Boolean(response.writeHead(401, { 'www-authenticate': challenge }).end())
    expect(await look()).toMatchObject({ state: 'unknown', why: 'no-permission' })
  })

  it('shows no password in logs', async () => {
    const { server, lines, look } = await bench(withAccount)
    server.trouble = (request) => Boolean(request.socket.destroy())
    expect(await look()).toMatchObject({ state: 'unknown', why: 'unreachable' })
    expect(lines.join('')).toContain('a registry did not answer')
    expect(lines.join('')).not.toContain(account.password)
    expect(lines.join('')).not.toContain(basic.slice(6))
  })
})

describe('an answer that is none', () => {
  const json = { 'content-type': 'application/json' }
  const errors = (...codes: string[]) => JSON.stringify({ errors: codes.map((code) => ({ code })) })
  const answers: [string, string, Trouble][] = [
    ['a 404 page of a proxy', 'not-understood', (_, response) => response.writeHead(404).end('<h1>Not found</h1>')],
    ['a 404 without a body', 'not-understood', (_, response) => response.writeHead(404).end()],
    ['a 404 with another code', 'not-understood', (_, response) => response.writeHead(404, json).end(errors('DENIED'))],
    [
      'a 404 with more than that code',
      'not-understood',
      (_, response) => response.writeHead(404, json).end(errors('MANIFEST_UNKNOWN', 'DENIED')),
    ],
    ['a refusal', 'no-permission', (_, response) => response.writeHead(403, json).end(errors('DENIED'))],
    ['too many requests', 'unreachable', (_, response) => response.writeHead(429).end()],
    ['a broken registry', 'unreachable', (_, response) => response.writeHead(500).end()],
    ['a cut connection', 'unreachable', (request) => request.socket.destroy()],
    ['a page that is no manifest', 'not-understood', (_, response) => response.writeHead(200).end('<h1>Welcome</h1>')],
    [
      'a manifest that is not the one of its digest',
      'not-understood',
      (_, response) =>
        response
          .writeHead(200, { 'docker-content-digest': `sha256:${hex}` })
          .end(JSON.stringify({ config: { digest: `sha256:${hex}` }, layers: [] })),
    ],
  ]
  it.each(answers)('%s is unknown: %s', async (_, why, trouble) => {
    const { server, look } = await bench()
    server.trouble = (request, response) => {
      trouble(request, response)
      return true
    }
    expect(await look()).toMatchObject({ state: 'unknown', why })
  })

  it('a registry that hangs is given up after ten seconds', async () => {
    const { server, clock, look } = await bench()
    const asked = Promise.withResolvers<void>()
    server.trouble = () => {
      asked.resolve()
      return true
    }
    const looking = look()
    await asked.promise
    await clock.advance(10_000)
    expect(await looking).toMatchObject({ state: 'unknown', why: 'unreachable' })
    expect(clock.sleeping).toBe(0)
  })

  it('a reference that is none is not asked for', async () => {
    const { server, registry } = await bench()
    expect(await registry.look('not an image', undefined, never)).toMatchObject({ why: 'not-understood' })
    expect(server.seen).toEqual([])
  })
})

describe('references', () => {
  const digest = `sha256:${hex}`
  it.each([
    ['nginx', 'docker.io', 'library/nginx', { tag: 'latest' }],
    ['nginx:1.27', 'docker.io', 'library/nginx', { tag: '1.27' }],
    ['bitnami/redis:7', 'docker.io', 'bitnami/redis', { tag: '7' }],
    ['docker.io/nginx', 'docker.io', 'library/nginx', { tag: 'latest' }],
    ['index.docker.io/bitnami/redis', 'docker.io', 'bitnami/redis', { tag: 'latest' }],
    ['registry.example:5000/shop/app', 'registry.example:5000', 'shop/app', { tag: 'latest' }],
    ['registry.example:5000/app:v1', 'registry.example:5000', 'app', { tag: 'v1' }],
    ['localhost/app:v1', 'localhost', 'app', { tag: 'v1' }],
    [`ghcr.io/a/b/c@${digest}`, 'ghcr.io', 'a/b/c', { digest }],
    [`ghcr.io/a/b:v1@${digest}`, 'ghcr.io', 'a/b', { digest }],
    ['a__b/c-_d:v1', null, null, null],
    ['ghcr.io/a__b/c--d.e:v1', 'ghcr.io', 'a__b/c--d.e', { tag: 'v1' }],
  ])('%s', (text, host, repository, wanted) => {
    expect(parseReference(text)).toEqual(host === null ? null : { host, repository, wanted })
  })

  it.each([
    '',
    'Nginx',
    'nginx:',
    'nginx:-x',
    'nginx@sha256:abc',
    `nginx@md5:${hex}`,
    `nginx@${digest}@${digest}`,
    'ghcr.io/',
    'ghcr.io/../etc',
    'ghcr.io//a',
    'user@evil.example/a',
    'ghcr.io/a?b',
    'ghcr.io/a#b',
    'ghcr.io/a b',
    'https://ghcr.io/a',
  ])('%j is none', (text) => {
    expect(parseReference(text)).toBeNull()
  })
})

describe('challenges', () => {
  it.each([
    ['Basic realm="a, b"', [{ scheme: 'basic', parameters: { realm: 'a, b' } }]],
    [
      'Bearer realm="https://auth/token",service=hub,scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: { realm: 'https://auth/token', service: 'hub', scope: 'repository:a/b:pull,push' },
        },
      ],
    ],
    [
      'Negotiate, Basic realm="say \\"hi\\"" , Bearer Realm = "r"',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'basic', parameters: { realm: 'say "hi"' } },
        { scheme: 'bearer', parameters: { realm: 'r' } },
      ],
    ],
    ['', []],
  ])('%s', (header, challenges) => {
    expect(parseChallenges(header)).toEqual(challenges)
  })
})

describe('the configuration', () => {
  it.each([
    { 'https://ghcr.io': {} },
    { 'ghcr.io': { username: 'a' } },
    { 'ghcr.io': { password: 'hush' } },
    { 'ghcr.io': { user: 'a' } },
  ])('refuses %j', (config) => {
    expect(oci.config.safeParse(config).success).toBe(false)
  })
})
