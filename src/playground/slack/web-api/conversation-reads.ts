import { channelWire, joinedChannel, visibleChannel } from '../store/channels.ts'
import { messageWire, repliesTo } from '../store/messages.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Channel, Message, World } from '../store/world.ts'
import type { Call, Methods } from './method.ts'
import { page } from './paging.ts'

function family(channel: Channel): string {
  if (channel.isIm) return 'im'
  return channel.isPrivate ? 'groups' : 'channels'
}

function readable(call: Call, right: 'read' | 'history'): Channel {
  const id = call.args.need('channel', 'channel_not_found')
  const channel = right === 'history' ? joinedChannel(call.world, id) : visibleChannel(call.world, id)
  call.requireScope(`${family(channel)}:${right}`)
  return channel
}

function info(call: Call): Wire {
  const channel = readable(call, 'read')
  return { channel: channelWire(call.world, channel, call.args.flag('include_num_members')) }
}

const types: Readonly<Record<string, { scope: string; of: (channel: Channel) => boolean }>> = {
  public_channel: { scope: 'channels:read', of: (channel) => !channel.isPrivate && !channel.isIm },
  private_channel: { scope: 'groups:read', of: (channel) => channel.isPrivate && !channel.isIm },
  im: { scope: 'im:read', of: (channel) => channel.isIm },
  mpim: { scope: 'mpim:read', of: () => false },
}

function listed(call: Call, member?: string): Channel[] {
  const { world, args, requireScope } = call
  const wanted = args.text('types')?.split(',') ?? ['public_channel']
  const rules = wanted.map((name) => {
    const rule = types[name.trim()]
    if (!rule) throw new Refusal('invalid_types')
    requireScope(rule.scope)
    return rule
  })
  const bot = world.botUser
  return [...world.channels.values()].filter(
    (channel) =>
      rules.some((rule) => rule.of(channel)) &&
      (channel.members.has(bot) || (!channel.isPrivate && !channel.isIm)) &&
      (member === undefined || channel.members.has(member)) &&
      !(channel.isArchived && args.flag('exclude_archived')),
  )
}

function listAll(call: Call): Wire {
  const { items, rest } = page(call.args, listed(call), 100, 1000)
  return { channels: items.map((channel) => channelWire(call.world, channel, true)), ...rest }
}

function ofUser(call: Call): Wire {
  const user = call.args.text('user') ?? call.world.botUser
  if (!call.world.users.has(user)) throw new Refusal('user_not_found')
  const { items, rest } = page(call.args, listed(call, user), 100, 1000)
  return { channels: items.map((channel) => channelWire(call.world, channel)), ...rest }
}

function members(call: Call): Wire {
  const channel = readable(call, 'read')
  const { items, rest } = page(call.args, [...channel.members], 100, 1000)
  return { members: items, ...rest }
}

function between(call: Call, messages: readonly Message[]): Message[] {
  const { args } = call
  const oldest = args.text('oldest') ?? '0'
  const latest = args.text('latest')
  const inclusive = args.flag('inclusive')
  for (const [name, value] of Object.entries({ oldest, latest: latest ?? '0' }))
    if (!/^\d+(\.\d+)?$/.test(value)) throw new Refusal(`invalid_ts_${name}`)
  const from = tsMicros(oldest)
  const to = latest === undefined ? undefined : tsMicros(latest)
  return messages.filter((message) => {
    const at = tsMicros(message.ts)
    if (inclusive) return at >= from && (to === undefined || at <= to)
    return at > from && (to === undefined || at < to)
  })
}

/** Timestamps are compared as microseconds: as floats their last digits would be lost. */
function tsMicros(ts: string): bigint {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
}

function shown(world: World, messages: readonly Message[], call: Call): Wire[] {
  const metadata = call.args.flag('include_all_metadata')
  return messages.map((message) => messageWire(world, message, { metadata }))
}

function history(call: Call): Wire {
  const channel = readable(call, 'history')
  const top = [...channel.messages.values()].filter((m) => !m.threadTs || m.threadTs === m.ts || m.broadcast)
  const newestFirst = between(call, top).reverse()
  const { items, rest } = page(call.args, newestFirst, 100, 999)
  const next = (rest.response_metadata as { next_cursor: string }).next_cursor
  const messages = shown(call.world, items, call)
  return { messages, has_more: next !== '', pin_count: channel.pins.length, ...(next ? rest : {}) }
}

function replies(call: Call): Wire {
  const channel = readable(call, 'history')
  const ts = call.args.need('ts', 'thread_not_found')
  const message = channel.messages.get(ts)
  if (!message) throw new Refusal('thread_not_found')
  const root = channel.messages.get(message.threadTs ?? message.ts) ?? message
  const all = between(call, repliesTo(channel, root.ts))
  const { items, rest } = page(call.args, [root, ...all], 1000, 1000)
  const next = (rest.response_metadata as { next_cursor: string }).next_cursor
  return { messages: shown(call.world, items, call), has_more: next !== '', ...(next ? rest : {}) }
}

const reading = ['channels:read', 'groups:read', 'im:read', 'mpim:read']
const remembering = ['channels:history', 'groups:history', 'im:history', 'mpim:history']

/** https://docs.slack.dev/reference/methods?family=conversations, what only reads. */
export const conversationReadMethods: Methods = {
  'conversations.info': { scopes: reading, tier: 3, formOnly: true, run: info },
  'conversations.list': { scopes: reading, tier: 2, formOnly: true, run: listAll },
  'conversations.members': { scopes: reading, tier: 4, formOnly: true, run: members },
  'conversations.history': { scopes: remembering, tier: 3, formOnly: true, run: history },
  'conversations.replies': { scopes: remembering, tier: 3, formOnly: true, run: replies },
  'users.conversations': { scopes: reading, tier: 3, formOnly: true, run: ofUser },
}
