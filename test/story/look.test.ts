import { afterEach, expect, it } from 'vitest'
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
