import { afterEach, expect, it } from 'vitest'
import type { Registry } from '../../src/ports/registry.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stories, textOf, untilAsync } from '../kit/story.ts'

const { open, close } = stories()
afterEach(close)

it('what burns is on the card before anybody decides: the health endpoint says no, though all pods are ready', async () => {
  let status = 200
  const shop = await serveHttp((_, response) => response.writeHead(status).end())
  const on = await open({ check: `{ http: "${shop.url}/healthz" }` })
  await on.type('mei', '/versions checkout-svc')
  expect(textOf((await on.told('mei', 'v1.7.3')).blocks)).not.toContain('🔥')
  status = 503
  await on.type('lin', '/rollback checkout-svc')
  const card = textOf((await on.told('lin', 'v1.7.3')).blocks)
  expect(card).toMatch(/🔥 checkout-svc/)
  expect(card).toContain('503')
  await shop.stop()
})

it('in the incident’s own room everybody sees what was asked for; elsewhere only who asked', async () => {
  const on = await open()
  await on.type('mei', '/incident open checkout-svc pay button')
  const room = await untilAsync(
    'the room is known',
    async () => (await on.eventsOf('incident.room-opened'))[0]?.data.channel,
  )
  await on.slack.as('U0MEI00000').command(room, '/rollback checkout-svc')
  const shown = await on.said(room, 'v1.7.2')
  expect(shown.ephemeralFor).toBeUndefined()
})

it('a registry that does not answer keeps the card from nobody', async () => {
  const on = await open()
  const silent: Registry = {
    look: (_reference, _digest, signal) =>
      new Promise((resolve) => {
        const unknown = { state: 'unknown', why: 'unreachable', checkedAt: '2026-03-02T09:00:00Z' } as const
        signal.addEventListener('abort', () => resolve(unknown))
      }),
  }
  Object.assign(on.bot.world, { registry: silent })
  const began = performance.now()
  await on.type('mei', '/rollback checkout-svc')
  expect(textOf((await on.told('mei', 'v1.7.2')).blocks)).toContain('v1.7.2')
  expect(performance.now() - began).toBeLessThan(5_000)
})
