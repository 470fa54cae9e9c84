import { fileWire } from './files.ts'
import type { Wire } from './wire.ts'
import type { Channel, Message, World } from './world.ts'

type NewMessage = Pick<Message, 'user' | 'text'> & Partial<Omit<Message, 'channel' | 'ts' | 'state'>>

/** The Events API type of a message in this channel. */
function channelType(channel: Channel): 'im' | 'group' | 'channel' {
  if (channel.isIm) return 'im'
  return channel.isPrivate ? 'group' : 'channel'
}

function build(world: World, channel: Channel, made: NewMessage): Message {
  return {
    byApp: false,
    files: [],
    reactions: [],
    ...made,
    channel: channel.id,
    ts: world.nextTs(),
    state: new Map(),
  }
}

/** Adds a message to a channel and tells the app's event subscriptions. */
export function appendMessage(world: World, channel: Channel, made: NewMessage): Message {
  const message = build(world, channel, made)
  channel.messages.set(message.ts, message)
  world.changes.emit({ kind: 'message', channel: channel.id, ts: message.ts })
  world.publish({ ...messageWire(world, message), ...eventPlace(channel), event_ts: message.ts }, channel)
  return message
}

/** Adds a message that one user sees and no history keeps. */
export function appendEphemeral(world: World, channel: Channel, user: string, made: NewMessage): Message {
  const message = build(world, channel, { ...made, ephemeralFor: user })
  world.ephemerals.push(message)
  world.changes.emit({ kind: 'ephemeral', channel: channel.id, user, ts: message.ts })
  return message
}

/** Replaces what the message says, as an edit. */
export function editMessage(
  world: World,
  message: Message,
  edit: Partial<Pick<Message, 'text' | 'metadata' | 'files'>> & { blocks?: Wire[] | null; attachments?: Wire[] | null },
): void {
  const channel = world.channels.get(message.channel)
  const before = messageWire(world, message)
  if (edit.text !== undefined) message.text = edit.text
  if (edit.blocks === null) delete message.blocks
  else if (edit.blocks !== undefined) message.blocks = edit.blocks
  if (edit.attachments === null) delete message.attachments
  else if (edit.attachments !== undefined) message.attachments = edit.attachments
  if (edit.metadata !== undefined) message.metadata = edit.metadata
  if (edit.files !== undefined) message.files = edit.files
  if (message.ephemeralFor !== undefined) {
    world.changes.emit({ kind: 'ephemeral', channel: message.channel, user: message.ephemeralFor, ts: message.ts })
    return
  }
  message.edited = { user: message.user, ts: world.nextTs() }
  world.changes.emit({ kind: 'message_changed', channel: message.channel, ts: message.ts })
  if (!channel) return
  const ts = world.nextTs()
  world.publish(
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: messageWire(world, message),
      previous_message: before,
      ts,
      event_ts: ts,
      ...eventPlace(channel),
    },
    channel,
  )
}

/** Removes a message, its pin included. */
export function deleteMessage(world: World, message: Message): void {
  if (message.ephemeralFor !== undefined) {
    world.ephemerals.splice(world.ephemerals.indexOf(message), 1)
    world.changes.emit({ kind: 'ephemeral', channel: message.channel, user: message.ephemeralFor, ts: message.ts })
    return
  }
  const channel = world.channels.get(message.channel)
  if (!channel) return
  const before = messageWire(world, message)
  channel.messages.delete(message.ts)
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts)
  world.changes.emit({ kind: 'message_deleted', channel: channel.id, ts: message.ts })
  const ts = world.nextTs()
  const gone = { hidden: true, deleted_ts: message.ts, previous_message: before, ts, event_ts: ts }
  world.publish({ type: 'message', subtype: 'message_deleted', ...gone, ...eventPlace(channel) }, channel)
}

function eventPlace(channel: Channel): Wire {
  return { channel: channel.id, channel_type: channelType(channel) }
}

/** The replies of a thread, oldest first. */
export function repliesTo(channel: Channel, threadTs: string): Message[] {
  return [...channel.messages.values()].filter((m) => m.threadTs === threadTs && m.ts !== threadTs)
}

/** A message as the Web API and events show it. */
export function messageWire(world: World, message: Message, options: { metadata?: boolean } = {}): Wire {
  const wire: Wire = { type: 'message', user: message.user, ts: message.ts, text: message.text }
  if (message.subtype) wire.subtype = message.subtype
  if (message.broadcast) wire.subtype = 'thread_broadcast'
  if (message.byApp) Object.assign(wire, appIdentity(world))
  wire.team = world.team.id
  const theirTeam = world.users.get(message.user)?.setup.teamId
  if (theirTeam && theirTeam !== world.team.id) Object.assign(wire, { user_team: theirTeam, source_team: theirTeam })
  if (message.username) wire.username = message.username
  if (message.icons) wire.icons = message.icons
  if (message.blocks) wire.blocks = structuredClone(message.blocks)
  if (message.attachments) wire.attachments = structuredClone(message.attachments)
  if (message.metadata && options.metadata !== false) wire.metadata = structuredClone(message.metadata)
  if (message.edited) wire.edited = { ...message.edited }
  if (message.ephemeralFor !== undefined) wire.is_ephemeral = true
  addThread(world, message, wire)
  const channel = world.channels.get(message.channel)
  if (channel?.pins.some((pin) => pin.ts === message.ts)) wire.pinned_to = [message.channel]
  if (message.reactions.length > 0)
    wire.reactions = message.reactions.map((r) => ({ name: r.name, users: [...r.users], count: r.users.length }))
  if (message.files.length > 0) {
    const files = message.files.map((id) => world.files.get(id)).filter((file) => file !== undefined)
    wire.files = files.map((file) => fileWire(world, file))
  }
  return wire
}

function appIdentity(world: World): Wire {
  const { appId, botId, botUserId } = world.app
  const name = world.users.get(botUserId)?.setup.name ?? 'bot'
  const bot_profile = { id: botId, app_id: appId, name, deleted: false, updated: 0, team_id: world.team.id }
  return { bot_id: botId, app_id: appId, bot_profile }
}

function addThread(world: World, message: Message, wire: Wire): void {
  const channel = world.channels.get(message.channel)
  if (message.threadTs && message.threadTs !== message.ts) {
    wire.thread_ts = message.threadTs
    const parent = channel?.messages.get(message.threadTs)
    if (parent) wire.parent_user_id = parent.user
    return
  }
  if (!channel || message.ephemeralFor !== undefined) return
  const replies = repliesTo(channel, message.ts)
  const last = replies.at(-1)
  if (!last) return
  const reply_users = [...new Set(replies.map((reply) => reply.user))]
  const counts = { reply_count: replies.length, reply_users_count: reply_users.length, latest_reply: last.ts }
  Object.assign(wire, { thread_ts: message.ts, reply_users, ...counts, is_locked: false, subscribed: false })
}
