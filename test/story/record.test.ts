import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { verifyLedger } from '../../src/adapters/ledger/sqlite/verify.ts'
import { Desk, deskEvents } from '../../src/projection/desk.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

it.concurrent('History cannot be changed unnoticed: a whole rollback is on record, and one altered word in it is found', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  const copy = `${on.ledgerFile}.copy`
  await on.restart(() => copyFileSync(on.ledgerFile, copy))
  expect((await verifyLedger(copy, { publicKeys: [], witnesses: [] })).findings).toEqual([])
  const db = new Database(copy)
  const { changes } = db
    .prepare(`update event set payload = replace(payload, '"tom"', '"ana"') where type = 'rollback.approved'`)
    .run()
  db.close()
  expect(changes).toBe(1)
  const altered = await verifyLedger(copy, { publicKeys: [], witnesses: [] })
  expect(altered.findings).toHaveLength(1)
  // Told again from nothing, the record says the same.
  const again = new Desk()
  for (const recorded of await on.bot.world.ledger.read(0, 1_000, deskEvents)) again.apply(recorded)
  const { desk } = on.bot.world
  expect([again.rollback(id), again.incidents(), again.unfinished(), again.openIncidents()]).toEqual([
    desk.rollback(id),
    desk.incidents(),
    desk.unfinished(),
    desk.openIncidents(),
  ])
})

it.concurrent('Success means verified: changed everywhere but not healthy is not restored, and says which check failed', async () => {
  let status = 503
  const health = await serveHttp((_, response) => response.writeHead(status).end())
  const on = await open({ ...bad, check: `{ http: '${health.url}/healthz' }`, checkWindow: '2s' })
  const id = await on.propose('mei', { regions: 'eu-1' })
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('not-restored')
  expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v1.7.3')
  await until('the card says why', () => textOf(on.card(id)?.blocks).includes('503'))
  status = 200
  const next = await on.propose('mei', { line: '/rollback checkout-svc in us-1' })
  await on.approve(next, 'tom')
  expect(await on.ended(next)).toBe('restored')
  expect((await on.eventsOf('step.settled')).map(({ data }) => data.step)).toContain('us-1.check')
  await health.stop()
})

it.concurrent('a bad release that changed nothing but its configuration can be gone back from, and no value is ever shown', async () => {
  const on = await open({ versions: ['v1', 'v2'] })
  for (const region of ['eu-1', 'us-1'] as const)
    on.clusters[region].edit('deployments', 'shop', 'checkout-svc', (object) => {
      const { template } = object.spec as unknown as { template: { spec: { containers: { env?: unknown }[] } } }
      const [container] = template.spec.containers
      if (container) container.env = [{ name: 'PAYMENT_KEY', value: 'seeded-secret-wrong' }]
    })
  await until('it runs', () =>
    (['eu-1', 'us-1'] as const).every((region) => {
      const { status } = on.clusters[region].get('deployments', 'shop', 'checkout-svc') as unknown as {
        status: { updatedReplicas?: number; replicas?: number }
      }
      return status.updatedReplicas === 3 && status.replicas === 3
    }),
  )
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  const { spec } = on.clusters['us-1'].get('deployments', 'shop', 'checkout-svc') as unknown as {
    spec: { template: { spec: { containers: { image: string; env: unknown }[] } } }
  }
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: 'shop.test/checkout-svc:v2',
    env: [{ name: 'PAYMENT_KEY', value: 'seeded-secret-of-v2' }],
  })
  await until('the draft stands', () => on.slack.canvases()[0])
  const written = [
    await on.events(),
    on.log,
    on.slack.calls().map(({ args }) => args),
    on.slack.canvases(),
    on.slack.channels().map(({ messages }) => [...messages.values()]),
  ]
  expect(JSON.stringify(written)).not.toContain('seeded-secret')
})

it.concurrent('four eyes over restarts and reloads: each load of the configuration is on record before anything is decided by it', async () => {
  const on = await open(bad)
  await on.reconfigure({ expiresAfter: '5m' })
  await on.restart()
  const digest = on.bot.world.config().digest
  const loads = await untilAsync('three loads are on record', async () => {
    const all = (await on.events()).filter(({ event }) => event.type === 'config.loaded')
    return all.length >= 3 ? all : undefined
  })
  expect(loads.map(({ config }) => config).slice(1)).toEqual([digest, digest])
  const id = await on.propose('mei')
  const proposed = (await on.events()).find(({ event }) => event.type === 'rollback.proposed')
  expect(proposed?.config).toBe(digest)
  expect(proposed?.event.type === 'rollback.proposed' && proposed.event.data.id).toBe(id)
})
