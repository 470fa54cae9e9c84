import { afterEach, expect, it } from 'vitest'
import type { Kind, Region } from '../../../src/playground/shop/catalogue.ts'
import type { PlaceLook } from '../../../src/playground/shop/shop.ts'
import { type Playground, startPlayground } from '../../../src/playground/world.ts'
import { until } from '../kubernetes/kit.ts'

let playground: Playground

afterEach(() => playground.close())

/** Ships one release of checkout-svc in a hurry. */
async function shipped(kind: Kind, seed = 1): Promise<void> {
  playground = await startPlayground({ seed, speed: 20, pace: 20 })
  await playground.shop.release('checkout-svc', kind)
}

function look(region: Region, service = 'checkout-svc'): PlaceLook {
  const found = playground.shop.looks().find((one) => one.service === service && one.region === region)
  if (!found) throw new Error(`nothing runs in ${region}`)
  return found
}

const settled = (region: Region) => until(() => look(region).workload?.rolling === false)
const health = async (region: Region): Promise<number> => {
  const { status } = await fetch(`${playground.shop.url('checkout-svc', region)}/healthz`)
  return status
}
/** Asks so often, in turns of four, and counts what was no answer. */
async function failures(region: Region, times: number): Promise<number> {
  const ask = () => fetch(`${playground.shop.url('checkout-svc', region)}/checkout`, { method: 'POST' })
  let failed = 0
  for (let asked = 0; asked < times; asked += 4) {
    const answers = await Promise.all(Array.from({ length: 4 }, ask))
    failed += answers.filter(({ status }) => status >= 500).length
  }
  return failed
}

it('good: customers notice nothing, not even while it rolls out', async () => {
  playground = await startPlayground({ seed: 1, speed: 20, pace: 20 })
  const shipping = playground.shop.release('checkout-svc', 'good')
  const failed = await failures('eu-1', 60)
  await shipping
  await settled('us-1')
  expect(failed).toBe(0)
  expect(look('eu-1').workload?.version).toBe('v1.8.0')
  expect([await health('eu-1'), await health('us-1')]).toEqual([200, 200])
})

it('errors: fails many of its customers some time after it got ready, its health check says so, and going back heals it', async () => {
  await shipped('errors')
  await settled('us-1')
  await until(async () => (await health('eu-1')) === 503 && (await health('us-1')) === 503)
  expect(await failures('eu-1', 40)).toBeGreaterThan(6)
  expect(playground.shop.measure('checkout-svc', 'eu-1').errorShare).toBeGreaterThan(0.05)
  const { host = '' } = new URL(`http://${imageIn('eu-1').split('/')[0]}`)
  playground.clusters['eu-1'].edit('deployments', 'shop', 'checkout-svc', (object) => {
    const { template } = object.spec as unknown as { template: { spec: { containers: { image: string }[] } } }
    for (const container of template.spec.containers) container.image = `${host}/shop/checkout-svc:v1.7.3`
  })
  await until(async () => (await settled('eu-1')) && (await health('eu-1')) === 200)
  expect(await failures('eu-1', 40)).toBe(0)
})

const imageIn = (region: Region): string => {
  const deployment = playground.clusters[region].get('deployments', 'shop', 'checkout-svc') as unknown as {
    spec: { template: { spec: { containers: { image: string }[] } } }
  }
  return deployment.spec.template.spec.containers[0]?.image ?? ''
}

it('crash: loops with a line in the log that says why, while the old version serves on', async () => {
  await shipped('crash')
  const { name } = await until(() => look('eu-1').workload?.pods.find(({ why }) => why === 'CrashLoopBackOff'))
  expect(await failures('eu-1', 20)).toBe(0)
  const cluster = playground.clusters['eu-1']
  const log = await fetch(`${cluster.url}/api/v1/namespaces/shop/pods/${name}/log`, {
    headers: { authorization: `Bearer ${botToken()}` },
  })
  expect(await log.text()).toContain('FATAL cannot start: environment variable LOYALTY_URL is not set')
})

const botToken = (): string => /token: "?([^"}\s]+)/.exec(playground.env.PLAYGROUND_KUBECONFIG_EU ?? '')?.[1] ?? ''

it('unready: never gets a share of requests', async () => {
  await shipped('unready')
  const pods = () => look('eu-1').workload?.pods.filter(({ version }) => version === 'v1.8.0') ?? []
  await until(() => pods().length > 0)
  expect(await failures('eu-1', 40)).toBe(0)
  expect(pods().every(({ ready }) => !ready)).toBe(true)
})

it('region: breaks in one and does well in the other', async () => {
  await shipped('region')
  await settled('us-1')
  await until(async () => (await health('us-1')) === 503)
  expect(await health('eu-1')).toBe(200)
  expect(await failures('eu-1', 20)).toBe(0)
})

it('branch: does well, and says by its version and cause where it was built from', async () => {
  await shipped('branch')
  await settled('us-1')
  expect(look('eu-1').workload?.version).toBe('v1.8.0-feature-loyalty-tiers')
  const { annotations } = playground.clusters['eu-1'].get('deployments', 'shop', 'checkout-svc')?.metadata ?? {}
  expect(annotations?.['kubernetes.io/change-cause']).toContain('feature/loyalty-tiers')
  expect(await failures('eu-1', 20)).toBe(0)
  expect(await health('eu-1')).toBe(200)
})

it('slow: waits grow with the number of customers', async () => {
  await shipped('slow')
  await settled('eu-1')
  playground.shop.traffic.set(false)
  await failures('eu-1', 12)
  expect(playground.shop.measure('checkout-svc', 'eu-1').p95Ms).toBeGreaterThan(400)
})

it('a broken payment-svc is felt at the checkout, whose own release is innocent', async () => {
  playground = await startPlayground({ seed: 1, speed: 20, pace: 20 })
  await playground.shop.release('payment-svc', 'errors')
  await until(() => look('eu-1', 'payment-svc').workload?.rolling === false)
  await until(async () => (await failures('eu-1', 8)) > 0)
  expect(look('eu-1').workload?.version).toBe('v1.7.3')
})

it('ships as a pipeline does: over the wire, under its own name, with who and which run', async () => {
  await shipped('good')
  const patches = playground.clusters['us-1'].requests().filter(({ method }) => method === 'PATCH')
  expect(patches).toHaveLength(1)
  const { metadata } = playground.clusters['us-1'].get('deployments', 'shop', 'checkout-svc') ?? { metadata: null }
  expect(metadata?.annotations).toMatchObject({
    'kubernetes.io/change-cause': 'Faster search',
    'astern.dev/by': 'Lin',
    'astern.dev/run': 'CI #482',
  })
  expect((metadata?.managedFields ?? []).map(({ manager }) => manager)).toContain('ci')
  const run = await fetch(metadata?.annotations?.['astern.dev/run-url'] ?? '')
  expect(await run.text()).toContain('checkout-svc v1.8.0')
})

it('has customers only while traffic is on', async () => {
  playground = await startPlayground({ seed: 1 })
  const { shop } = playground
  await until(() => shop.measure('storefront', 'eu-1').perSecond > 0)
  shop.traffic.set(false)
  await until(() => shop.measure('storefront', 'eu-1', 500).perSecond === 0)
  expect(shop.measure('checkout-svc', 'us-1', 300).perSecond).toBe(0)
})
