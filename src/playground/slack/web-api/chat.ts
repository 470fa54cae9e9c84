import { channelNamed, directChannel, visibleChannel } from '../store/channels.ts'
import { appendEphemeral, appendMessage, deleteMessage, editMessage, messageWire } from '../store/messages.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Channel, Message, World } from '../store/world.ts'
import { type Content, readContent } from './content.ts'
import type { Call, Methods } from './method.ts'

/** Where chat.postMessage may write: joined channels, public ones with `chat:write.public`, users' direct channels. */
function writableChannel(world: World, given: string): Channel {
  const user = world.users.get(given)
  if (user && given !== world.botUser) return directChannel(world, given)
  const channel = channelNamed(world, given)
  if (!channel) throw new Refusal('channel_not_found')
  visibleChannel(world, channel.id)
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!channel.members.has(world.botUser) && !world.app.scopes.includes('chat:write.public'))
    throw new Refusal('not_in_channel')
  return channel
}

function sayings(content: Content): Pick<Message, 'text'> & Partial<Message> {
  return {
    text: content.text,
    ...(content.blocks ? { blocks: content.blocks } : {}),
    ...(content.attachments ? { attachments: content.attachments } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
  }
}

function threadOf(channel: Channel, given: string | undefined): Partial<Message> {
  if (given === undefined) return {}
  if (!/^\d+\.\d+$/.test(given)) throw new Refusal('invalid_thread_ts')
  const parent = channel.messages.get(given)
  if (!parent) throw new Refusal('thread_not_found')
  return { threadTs: parent.threadTs ?? parent.ts }
}

function postMessage({ world, args, requireScope }: Call): Wire {
  const channel = writableChannel(world, args.need('channel', 'channel_not_found'))
  const content = readContent(args, world, 'new')
  const custom: Partial<Message> = {}
  const username = args.text('username')
  const emoji = args.text('icon_emoji')
  const url = args.text('icon_url')
  if (username || emoji || url) requireScope('chat:write.customize')
  if (username) custom.username = username
  if (emoji) custom.icons = { emoji }
  if (url) custom.icons = { image_48: url }
  const thread = threadOf(channel, args.text('thread_ts'))
  const broadcast = thread.threadTs !== undefined && args.flag('reply_broadcast')
  const message = appendMessage(world, channel, {
    user: world.botUser,
    byApp: true,
    ...sayings(content),
    ...custom,
    ...thread,
    ...(broadcast ? { broadcast } : {}),
  })
  return { channel: channel.id, ts: message.ts, message: messageWire(world, message) }
}

/** The bot's own message in a channel. Refuses with `message_not_found`, or with `code` for others' messages. */
function ownMessage({ world, args }: Call, code: string): Message {
  const channel = world.channels.get(args.need('channel', 'channel_not_found'))
  if (!channel) throw new Refusal('channel_not_found')
  const message = channel.messages.get(args.need('ts', 'message_not_found'))
  if (!message) throw new Refusal('message_not_found')
  if (!message.byApp || message.user !== world.botUser) throw new Refusal(code)
  if (channel.isArchived) throw new Refusal('is_archived')
  return message
}

function update(call: Call): Wire {
  const { world, args } = call
  const message = ownMessage(call, 'cant_update_message')
  const content = readContent(args, world, 'edit')
  // Text without blocks takes the blocks away; attachments stay until they are named.
  const blocks = content.blocks ?? (content.named.blocks || content.named.text ? null : undefined)
  const attachments = content.attachments ?? (content.named.attachments ? null : undefined)
  editMessage(world, message, {
    ...(content.named.text ? { text: content.text } : {}),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(content.metadata ? { metadata: content.metadata } : {}),
  })
  return { channel: message.channel, ts: message.ts, text: message.text, message: messageWire(world, message) }
}

function remove(call: Call): Wire {
  const message = ownMessage(call, 'cant_delete_message')
  deleteMessage(call.world, message)
  return { channel: message.channel, ts: message.ts }
}

function postEphemeral({ world, args }: Call): Wire {
  const channel = channelNamed(world, args.need('channel', 'channel_not_found'))
  if (!channel) throw new Refusal('channel_not_found')
  visibleChannel(world, channel.id)
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!channel.members.has(world.botUser)) throw new Refusal('not_in_channel')
  const user = args.need('user', 'user_not_in_channel')
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel')
  const content = readContent(args, world, 'new')
  const thread = threadOf(channel, args.text('thread_ts'))
  const made = { user: world.botUser, byApp: true, ...sayings(content), ...thread }
  return { message_ts: appendEphemeral(world, channel, user, made).ts }
}

function getPermalink({ world, args }: Call): Wire {
  const channel = visibleChannel(world, args.need('channel', 'channel_not_found'))
  const message = channel.messages.get(args.need('message_ts', 'message_not_found'))
  if (!message) throw new Refusal('message_not_found')
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
  const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`
  return { channel: channel.id, permalink: `https://${world.team.domain}.slack.com${path}` }
}

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Methods = {
  'chat.postMessage': { scopes: ['chat:write'], tier: 'post', run: postMessage },
  'chat.update': { scopes: ['chat:write'], tier: 3, run: update },
  'chat.delete': { scopes: ['chat:write'], tier: 3, run: remove },
  'chat.postEphemeral': { scopes: ['chat:write'], tier: 4, run: postEphemeral },
  'chat.getPermalink': { tier: 'none', formOnly: true, run: getPermalink },
}
