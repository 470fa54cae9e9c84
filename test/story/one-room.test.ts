import { afterEach, expect, it } from 'vitest'
import { alerting, fire } from '../kit/alerting.ts'
import { stories } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterEach(close)

it('an incident has one channel, also where a rollback is asked for while Slack is slow to make it', async () => {
  const story = await open({ incident: 'channel', service: 'alerts: { wellFor: 1s }', ...alerting })
  let slow = 0
  const heal = story.slack.inject(({ method }) =>
    method === 'conversations.invite' && slow++ === 0 ? { delayMs: 4_000 } : undefined,
  )
  await fire(story.bot.url, { fingerprint: 'a', region: 'eu-1', startsAtMs: Date.now() })
  await until('the channel is being made', () => slow > 0)
  const id = await story.propose('tom')
  await until('the incident has its card', () => story.keyed('/incident:INC-1')[0], 15_000)
  heal()
  expect(slow).toBeGreaterThan(0)
  const rooms = story.slack.channels().filter(({ name }) => name.startsWith('inc-'))
  expect(rooms.map(({ name }) => name)).toEqual(['inc-1-checkout-svc'])
  const where = [...story.keyed('/incident:INC-1'), ...story.keyed(`/card:${id}`)].map(({ channel }) => channel)
  expect(new Set(where)).toEqual(new Set(rooms.map(({ id: room }) => room)))
  expect(where).toHaveLength(2)
  expect(await story.eventsOf('incident.room-opened')).toHaveLength(1)
}, 40_000)
