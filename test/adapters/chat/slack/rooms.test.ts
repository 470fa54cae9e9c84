import { afterEach, beforeEach, expect, test } from 'vitest'
import { channelNames } from '../../../../src/adapters/chat/slack/rooms.ts'
import type { Room } from '../../../../src/ports/chat.ts'
import type { Note } from '../../../../src/view/view.ts'
import {
  type Bot,
  bot as botUser,
  mei,
  openBot,
  setup,
  startSlack,
  tom,
  type Workspace,
} from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot
const never = new AbortController().signal
const note: Note = { kind: 'note', language: 'en', lines: [['INC-7']], buttons: [] }
const room: Extract<Room, { kind: 'incident' }> = {
  kind: 'incident',
  key: 'room:7',
  name: 'INC-7 checkout',
  topic: 'checkout-svc: 5xx',
  link: { title: 'Console', url: 'https://astern.example/i/7' },
  invite: [mei, tom],
}

beforeEach(async () => {
  const base = setup()
  workspace = await startSlack({
    ...base,
    channels: [...base.channels, { id: 'C0TAKEN001', name: 'inc-7-checkout', members: [mei.user, botUser] }],
  })
  bot = await openBot(workspace)
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

test('a name that people took already gets a number; topic, bookmark, people and pin are there', async () => {
  const ref = await bot.connection.chat.send(room, note, 'incident:7', never)
  const channel = workspace.channel(ref.channel)
  expect(channel.name).toBe('inc-7-checkout-2')
  expect(channel.topic.value).toBe('checkout-svc: 5xx')
  expect([...channel.members].sort()).toEqual([botUser, mei.user, tom.user].sort())
  expect(channel.pins.map((pin) => pin.ts)).toEqual([ref.message])
  expect(channel.bookmarks.map((bookmark) => bookmark.link)).toEqual(['https://astern.example/i/7'])
})

test.each(['conversations.setPurpose', 'conversations.invite', 'pins.add'])(
  'dying at %s leaves one channel, furnished once',
  async (method) => {
    const heal = workspace.inject((call) => (call.method === method ? { reset: 'before' } : undefined))
    await bot.connection.chat.send(room, note, 'incident:7', never).catch(() => null)
    heal()
    const next = await openBot(workspace)
    const found = await next.connection.chat.find(room, 'incident:7', never)
    const ref = found ?? (await next.connection.chat.send(room, note, 'incident:7', never))
    const made = workspace.channels().filter((channel) => channel.name.startsWith('inc-7-checkout-'))
    expect(made).toHaveLength(1)
    expect(made[0]?.bookmarks).toHaveLength(1)
    expect(made[0]?.pins.map((pin) => pin.ts)).toEqual([ref.message])
    expect(workspace.messages(ref.channel).filter((message) => message.subtype === 'channel_topic')).toHaveLength(1)
    await next.stop()
  },
)

test('who cannot be invited keeps nobody out, nor does a missing right for a bookmark', async () => {
  workspace.inject(({ method }) => (method === 'bookmarks.add' ? { error: 'missing_scope' } : undefined))
  const invite = ['U0GONE0001', mei.user, 'U0ULTRA001', 'U0NOBODY01'].map((user) => ({ ...mei, user }))
  const elsewhere = { ...tom, tenant: 'T0OTHER001' }
  const ref = await bot.connection.chat.send({ ...room, invite: [...invite, elsewhere] }, note, 'incident:7', never)
  expect([...workspace.channel(ref.channel).members].sort()).toEqual([botUser, mei.user].sort())
  expect(bot.log.lines.join()).toContain('bookmark')
})

test('more than a hundred people are invited in several calls', async () => {
  const invite = Array.from({ length: 230 }, (_, index) => ({ ...mei, user: `U0MANY${1000 + index}` }))
  await bot.connection.chat.send({ ...room, invite }, note, 'incident:7', never)
  expect(workspace.calls('conversations.invite').map((call) => String(call.args.users).split(',').length)).toEqual([
    100, 100, 30,
  ])
})

test('a busy Slack while inviting: said so, and the next try goes on in the same channel', async () => {
  const heal = workspace.inject(({ method }) =>
    method === 'conversations.invite' ? { rateLimitedForS: 7 } : undefined,
  )
  const thrown = await bot.connection.chat.send(room, note, 'incident:7', never).catch((error: unknown) => error)
  expect(thrown).toMatchObject({ code: 'slack.rate-limited', retry: 'yes', retryAfterMs: 7000 })
  heal()
  await bot.connection.chat.send(room, note, 'incident:7', never)
  expect(workspace.channels().filter((channel) => channel.name.startsWith('inc-7-checkout-'))).toHaveLength(1)
})

test.each([
  ['INC-7 Checkout/Svc: 5xx!', 'inc-7-checkout-svc-5xx'],
  ['故障 支付', '故障-支付'],
  ['---', 'incident'],
  ['X'.repeat(200), 'x'.repeat(70)],
])('%s becomes a name Slack takes', (wanted, name) => {
  const names = channelNames(wanted, 'key')
  expect(names[0]).toBe(name)
  expect(names[1]).toBe(`${name}-2`)
  expect(names.every((one) => one.length <= 80)).toBe(true)
  expect(new Set(names).size).toBe(names.length)
})
