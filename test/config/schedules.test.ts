import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { redacted } from '../../src/config/effective.ts'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { problemText } from '../../src/config/problem.ts'
import { adapters } from './adapters.ts'
import { loadText } from './load.ts'

const text = `
chat: { slack: { tenant: T0ASTERN00, botToken: { env: SLACK_BOT_TOKEN } } }
people:
  mei: { accounts: [{ chat: slack, tenant: T0ASTERN00, user: U0MEI00000 }] }
  tom: { accounts: [{ chat: slack, tenant: T0ASTERN00, user: U0TOM00000 }] }
teams:
  payment: { members: [mei, tom], onCall: payment }
connections:
  eu: { adapter: flags, url: https://flags.example, token: { env: SLACK_BOT_TOKEN } }
services:
  checkout: { tier: low, team: payment, environments: &there { live: { regions: { eu: { targets: { a: { connection: eu, flag: a } } } } } } }
  cart:
    tier: low
    team: payment
    onCall: nights
    environments: { live: { regions: { eu: { targets: { a: { connection: eu, flag: b } } } } } }
schedules:
  payment:
    timeZone: Europe/Lisbon
    layers:
      asia:
        people: [mei, [tom, mei, tom]]
        timeZone: Asia/Shanghai
        start: 2026-01-05T09:00
        every: 2w
        only: [{ days: [fri, mon, fri], from: "22:00", to: "06:00" }, { days: [sun] }, { from: "00:00", to: "24:00" }]
        priority: 2
      learning: { people: [tom], start: 2026-01-05T09:00, end: 2026-06-01T09:00, every: month, shadow: true }
    temporary:
      fair: { from: 2026-05-01T09:00, to: 2026-05-03T18:00, people: [mei, tom] }
      move:
        from: 2026-07-01T09:00
        to: 2026-07-03T18:00
        timeZone: Asia/Kolkata
        layers: { all: { people: [mei, tom], every: 12h }, own: { people: [tom], timeZone: UTC, start: 2026-07-01T00:00, every: 3d } }
  nights: { minRest: none, layers: { main: { people: [tom], start: 2026-01-05T18:00 } } }
`

async function good() {
  const loaded = await loadText(text)
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  return loaded.config
}

it('a schedule is resolved whole, as the ledger keeps it', async () => {
  const { schedules } = await good()
  const layer = { shadow: false, priority: 0, end: null, every: { unit: 'weeks', count: 1 }, windows: [] }
  expect(schedules.get('payment')).toEqual({
    id: 'payment',
    minRestMs: 8 * 3_600_000,
    layers: [
      {
        name: 'asia',
        turns: [['mei'], ['tom', 'mei']],
        shadow: false,
        priority: 2,
        timeZone: 'Asia/Shanghai',
        start: '2026-01-05T09:00',
        end: null,
        every: { unit: 'weeks', count: 2 },
        windows: [
          { days: [1, 5], hours: { from: '22:00', to: '06:00' } },
          { days: [7], hours: null },
          { days: [1, 2, 3, 4, 5, 6, 7], hours: { from: '00:00', to: '24:00' } },
        ],
      },
      {
        ...layer,
        name: 'learning',
        turns: [['tom']],
        shadow: true,
        timeZone: 'Europe/Lisbon',
        start: '2026-01-05T09:00',
        end: '2026-06-01T09:00',
        every: { unit: 'months', count: 1 },
      },
    ],
    temporary: [
      {
        name: 'fair',
        timeZone: 'Europe/Lisbon',
        from: '2026-05-01T09:00',
        to: '2026-05-03T18:00',
        layers: [
          { ...layer, name: 'fair', turns: [['mei', 'tom']], timeZone: 'Europe/Lisbon', start: '2026-05-01T09:00' },
        ],
      },
      {
        name: 'move',
        timeZone: 'Asia/Kolkata',
        from: '2026-07-01T09:00',
        to: '2026-07-03T18:00',
        layers: [
          {
            ...layer,
            name: 'all',
            turns: [['mei'], ['tom']],
            timeZone: 'Asia/Kolkata',
            start: '2026-07-01T09:00',
            every: { unit: 'hours', count: 12 },
          },
          {
            ...layer,
            name: 'own',
            turns: [['tom']],
            timeZone: 'UTC',
            start: '2026-07-01T00:00',
            every: { unit: 'days', count: 3 },
          },
        ],
      },
    ],
    feed: null,
  })
  expect(schedules.get('nights')?.minRestMs).toBe(0)
})

it('a service has the schedule that it names, else its team’s', async () => {
  const config = await good()
  expect(['checkout', 'cart'].map((name) => config.service(name)?.onCall)).toEqual(['payment', 'nights'])
  expect(config.teams.get('payment')?.onCall).toBe('payment')
})

it('what is printed is the same configuration again, and fits the schema for editors', async () => {
  const config = await good()
  const again = await loadText(redacted(config))
  expect(again).toMatchObject({ ok: true, digest: config.digest })
  expect(again.ok && [...again.config.schedules]).toEqual([...config.schedules])
  const schema = z.fromJSONSchema(jsonSchema(adapters))
  const fits = (yaml: string) => schema.safeParse(parse(yaml, { merge: true })).success
  expect(fits(text)).toBe(true)
  expect(fits(text.replace('every: 2w', 'every: fortnight'))).toBe(false)
  expect(fits(text.replace('priority: 2', 'priority: high'))).toBe(false)
})
