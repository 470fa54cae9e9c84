import { afterEach, expect, it } from 'vitest'
import { stories, team, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterEach(close)

it('goes back in both regions after another person approved, and tells the story', async () => {
  const on = await open()
  const { slack } = on
  await on.ship('bad-1.8.0')
  const id = await on.propose('mei')
  const asked = await on.cardSays(id, '5xx on pay')
  expect(asked.channel).not.toBe(team)
  expect((await on.approve(id)).acked).toBe(true)

  expect(await on.ended(id)).toBe('restored')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([
    'shop.test/checkout-svc:v1.7.3',
    'shop.test/checkout-svc:v1.7.3',
  ])
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  expect(on.locks()).toEqual([undefined, undefined])

  const room = slack.channel('inc-1-checkout-svc')
  expect(room.id).toBe(asked.channel)
  const done = await on.cardSays(id, '✅')
  expect(room.pins.map(({ ts }) => ts)).toContain(done.ts)
  expect(room.bookmarks).toHaveLength(1)
  expect(room.topic.value).toContain('checkout-svc')
  expect([...room.members]).toEqual(expect.arrayContaining(['U0MEI00000', 'U0TOM00000', 'U0ANA00000']))
  const canvas = await until('the post-mortem is drafted', () => slack.canvases()[0])
  expect(canvas.sections.map(({ markdown }) => markdown).join('\n')).toContain('v1.7.3')
  await until('its owner is asked', () => on.keyed('/owner:INC-1')[0])
  await until('the team’s channel tells how it ended', () => textOf(on.keyed(`/line:${id}`)[0]?.blocks).includes('✅'))
  const thread = () =>
    textOf(
      slack
        .thread(room.id, done.ts)
        .slice(1)
        .map(({ blocks }) => blocks),
    )
  await until('the thread tells the end', () => thread().includes('eu-1') && thread().includes('us-1'))

  await until('nothing waits to be said', () => on.bot.world.store.outbox.due(10).length === 0)
  const said = slack.calls().filter(({ method }) => method.startsWith('chat.') || method === 'response_url')
  const counted = Object.entries(Object.groupBy(said, ({ method }) => method))
  process.stdout.write(
    `${counted.map(([method, calls]) => `${method} ${calls?.length}`).join(', ')}: ${said.length} calls\n`,
  )
  expect(said.length).toBeLessThanOrEqual(15)
}, 30_000)
