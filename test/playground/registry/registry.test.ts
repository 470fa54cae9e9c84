import { afterAll, beforeAll, expect, it } from 'vitest'
import { oci } from '../../../src/adapters/registry/oci/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { type Registry, startRegistry } from '../../../src/playground/registry/registry.ts'

const type = 'application/vnd.oci.image.manifest.v1+json'
let registry: Registry
let digest: string

beforeAll(async () => {
  registry = await startRegistry()
  digest = registry.push('shop/checkout-svc', 'v1.7.3', { 'shop.behaviour': 'good' })
})

afterAll(() => registry.close())

const ask = (path: string, accept = type, method = 'GET') =>
  fetch(`http://${registry.host}/v2/shop/checkout-svc/${path}`, { method, headers: { accept } })

it('gives a manifest by tag and by digest, and every blob it names', async () => {
  const byTag = await ask('manifests/v1.7.3')
  expect(byTag.headers.get('docker-content-digest')).toBe(digest)
  const { config, layers } = (await byTag.json()) as { config: { digest: string }; layers: { digest: string }[] }
  expect((await ask(`manifests/${digest}`)).status).toBe(200)
  for (const blob of [config, ...layers]) expect((await ask(`blobs/${blob.digest}`, '*/*', 'HEAD')).status).toBe(200)
})

it('has not what it was not asked for by its type, and nothing can be written', async () => {
  const answer = await ask('manifests/v1.7.3', 'application/json')
  expect([answer.status, await answer.json()]).toEqual([
    404,
    { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] },
  ])
  expect((await ask('manifests/v1.7.3', type, 'DELETE')).status).toBe(405)
})

it('is understood by the bot: present, gone, and gone once it was removed', async () => {
  const quiet = { level: 'error', format: 'json', write: () => undefined } as const
  const bot = oci.open(oci.config.parse({ [registry.host]: { plainHttp: true } }), systemPlatform({ log: quiet }))
  const { signal } = new AbortController()
  const look = async (tag: string) => bot.look(`${registry.host}/shop/checkout-svc:${tag}`, undefined, signal)
  expect(await look('v1.7.3')).toMatchObject({ state: 'present', digest })
  expect(await look('v1.7.1')).toMatchObject({ state: 'gone' })
  registry.push('shop/checkout-svc', 'v1.7.2', {})
  registry.remove('shop/checkout-svc', 'v1.7.2')
  expect(await look('v1.7.2')).toMatchObject({ state: 'gone' })
})
