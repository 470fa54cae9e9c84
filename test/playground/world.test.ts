import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { scopes } from '../../src/playground/chat.ts'
import { type Playground, startPlayground } from '../../src/playground/world.ts'

let playground: Playground
let tookMs: number

beforeAll(async () => {
  const startedMs = performance.now()
  playground = await startPlayground({ seed: 1, url: 'http://127.0.0.1:7400' })
  tookMs = performance.now() - startedMs
})

afterAll(() => playground.close())

it('is up before anybody gets impatient', () => {
  expect(tookMs).toBeLessThan(5000)
})

it('hands out a configuration that the bot takes, with every secret it names', async () => {
  const loaded = await loadConfig('playground.yaml', {
    adapters,
    readFile: async () => playground.config,
    readSecret: (source) => ('env' in source ? (playground.env[source.env] ?? null) : null),
  })
  expect(loaded.ok ? [] : loaded.problems).toEqual([])
  if (!loaded.ok) return
  expect([...loaded.config.services.keys()]).toEqual(['checkout-svc', 'payment-svc', 'storefront'])
  for (const value of Object.values(playground.env)) expect(playground.config).not.toContain(value)
})

it('grants the bot the scopes of its manifest, no more and no fewer', () => {
  const manifest = readFileSync('deploy/slack/manifest.yaml', 'utf8')
  const asked = [...manifest.matchAll(/^\s+- ([a-z_]+:[a-z.]+|commands)$/gm)].map((match) => match[1])
  expect([...scopes].sort()).toEqual([...new Set(asked)].filter((one) => one !== 'connections:write').sort())
})

it('has lived through releases some days ago in each region', () => {
  for (const cluster of Object.values(playground.clusters)) {
    const sets = cluster.list('replicasets', 'shop', { 'app.kubernetes.io/name': 'checkout-svc' })
    const byAge = sets.sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1))
    const days = byAge.map(({ metadata }) => (Date.now() - Date.parse(metadata.creationTimestamp)) / 86_400_000)
    expect(days.map(Math.round)).toEqual([11, 8, 6])
    const notes = byAge.map(({ metadata }) => metadata.annotations ?? {})
    expect(notes.map((note) => note['deployment.kubernetes.io/revision'])).toEqual(['1', '2', '3'])
    expect(notes.map((note) => note['astern.dev/run'])).toEqual(['CI #447', 'CI #459', 'CI #468'])
    const revisions = cluster.list('controllerrevisions', 'shop', { 'app.kubernetes.io/name': 'payment-svc' })
    expect(revisions).toHaveLength(3)
  }
})

it('runs the newest of them everywhere, all pods ready, and answers its health checks', async () => {
  const looks = playground.shop.looks()
  expect(looks.map(({ workload }) => workload?.version)).toEqual([
    ...['v1.7.3', 'v1.7.3', 'v2.4.1', 'v2.4.1', 'v5.12.1', 'v5.12.1'],
  ])
  for (const { workload, url } of looks) {
    expect(workload?.ready).toBe(workload?.wanted)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  }
})
