import { addChannel, addMember, channelWire, directChannel, joinedChannel, visibleChannel } from '../store/channels.ts'
import { appendMessage } from '../store/messages.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Channel, World } from '../store/world.ts'
import type { Call, Methods } from './method.ts'

/** Refuses names as Slack does: lower case letters, digits, `-` and `_`, at most 80, not taken. */
function checkName(world: World, name: string): void {
  if (name === '') throw new Refusal('invalid_name_required')
  if (name.length > 80) throw new Refusal('invalid_name_maxlength')
  if (/^[-_]+$/.test(name)) throw new Refusal('invalid_name_punctuation')
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new Refusal('invalid_name_specials')
  for (const channel of world.channels.values()) if (channel.name === name) throw new Refusal('name_taken')
}

function create({ world, args, requireScope }: Call): Wire {
  const isPrivate = args.flag('is_private')
  requireScope(isPrivate ? 'groups:write' : 'channels:manage')
  const name = args.need('name', 'invalid_name_required')
  checkName(world, name)
  const channel = addChannel(world, { name, creator: world.botUser, isPrivate })
  if (!isPrivate)
    world.publish({ type: 'channel_created', channel: { id: channel.id, name, creator: world.botUser } }, channel)
  return { channel: channelWire(world, channel) }
}

/** The channel to change; `part` is what a narrower scope is called after, as in `channels:write.topic`. */
function manage(call: Call, part?: 'topic' | 'invites'): Channel {
  const channel = visibleChannel(call.world, call.args.need('channel', 'channel_not_found'))
  call.requireScope(...manageScopes(channel, part))
  return channel
}

function manageScopes(channel: Channel, part: string | undefined): string[] {
  const family = channel.isIm ? 'im' : channel.isPrivate ? 'groups' : 'channels'
  const whole = family === 'channels' ? 'channels:manage' : `${family}:write`
  return part === undefined ? [whole] : [whole, `${family}:write.${part}`]
}

function usable(call: Call, part?: 'topic' | 'invites'): Channel {
  const channel = manage(call, part)
  if (channel.isIm) throw new Refusal('method_not_supported_for_channel_type')
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!channel.members.has(call.world.botUser)) throw new Refusal('not_in_channel')
  return channel
}

function inviteProblem(world: World, channel: Channel, user: string): string | undefined {
  if (user === world.botUser) return 'cant_invite_self'
  const setup = world.users.get(user)?.setup
  if (!setup || setup.deleted) return 'user_not_found'
  if (channel.members.has(user)) return 'already_in_channel'
  if (setup.isUltraRestricted) return 'ura_max_channels'
  return undefined
}

function invite(call: Call): Wire {
  const { world, args } = call
  const channel = usable(call, 'invites')
  const users = args.ids('users')
  if (users.length === 0) throw new Refusal('no_user')
  if (users.length > 100) throw new Refusal('too_many_users')
  const problems = users.flatMap((user) => {
    const error = inviteProblem(world, channel, user)
    return error ? [{ user, ok: false, error }] : []
  })
  const first = problems[0]
  const force = args.flag('force')
  if (first && (!force || problems.length === users.length))
    throw new Refusal(first.error, users.length > 1 ? { errors: problems } : {})
  const refused = new Set(problems.map((problem) => problem.user))
  for (const user of users) if (!refused.has(user)) addMember(world, channel, user, world.botUser)
  return { channel: channelWire(world, channel), ...(problems.length > 0 ? { errors: problems } : {}) }
}

function join({ world, args }: Call): Wire {
  const channel = visibleChannel(world, args.need('channel', 'channel_not_found'))
  if (channel.isIm || channel.isPrivate) throw new Refusal('method_not_supported_for_channel_type')
  if (channel.isArchived) throw new Refusal('is_archived')
  const already = channel.members.has(world.botUser)
  if (!already) addMember(world, channel, world.botUser)
  const warning = already
    ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
    : {}
  return { channel: channelWire(world, channel), ...warning }
}

function setNote(kind: 'topic' | 'purpose'): (call: Call) => Wire {
  return (call) => {
    const { world, args } = call
    const channel = usable(call, 'topic')
    const value = args.text(kind) ?? ''
    if (value.length > 250) throw new Refusal('too_long')
    channel[kind] = { value, creator: world.botUser, last_set: world.seconds() }
    const text = value === '' ? `cleared the channel ${kind}` : `set the channel ${kind}: ${value}`
    appendMessage(world, channel, { user: world.botUser, subtype: `channel_${kind}`, text })
    world.changes.emit({ kind: 'channel', channel: channel.id })
    return { channel: channelWire(world, channel) }
  }
}

function archive(call: Call): Wire {
  const { world } = call
  const channel = manage(call)
  if (channel.isIm) throw new Refusal('method_not_supported_for_channel_type')
  if (channel.isArchived) throw new Refusal('already_archived')
  if (channel.name === 'general') throw new Refusal('cant_archive_general')
  if (!channel.members.has(world.botUser)) throw new Refusal('not_in_channel')
  appendMessage(world, channel, { user: world.botUser, subtype: 'channel_archive', text: 'archived the channel' })
  channel.isArchived = true
  const type = channel.isPrivate ? 'group_archive' : 'channel_archive'
  world.publish({ type, channel: channel.id, user: world.botUser }, channel)
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return {}
}

function rename(call: Call): Wire {
  const { world, args } = call
  const channel = usable(call)
  const name = args.need('name', 'invalid_name_required')
  if (name !== channel.name) checkName(world, name)
  channel.name = name
  const type = channel.isPrivate ? 'group_rename' : 'channel_rename'
  world.publish({ type, channel: { id: channel.id, name, created: channel.created } }, channel)
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return { channel: channelWire(world, channel) }
}

function open({ world, args, requireScope }: Call): Wire {
  requireScope('im:write', 'mpim:write')
  const given = args.text('channel')
  const users = args.ids('users')
  if (given === undefined && users.length === 0) throw new Refusal('users_list_not_supplied')
  if (given !== undefined) {
    const channel = visibleChannel(world, given)
    return { no_op: true, already_open: true, channel: { id: channel.id } }
  }
  const [user, ...others] = users
  if (user === undefined || others.length > 0) throw new Refusal('method_not_supported_for_channel_type')
  const setup = world.users.get(user)?.setup
  if (!setup) throw new Refusal('user_not_found')
  if (setup.deleted) throw new Refusal('user_disabled')
  if (user === world.botUser) throw new Refusal('cannot_dm_bot')
  const channel = directChannel(world, user)
  return { channel: args.flag('return_im') ? channelWire(world, channel) : { id: channel.id } }
}

function leave(call: Call): Wire {
  const { world } = call
  const channel = joinedChannel(world, call.args.need('channel', 'channel_not_found'))
  channel.members.delete(world.botUser)
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return {}
}

const writing = ['channels:manage', 'groups:write', 'im:write']

/** https://docs.slack.dev/reference/methods?family=conversations, what changes them. */
export const conversationMethods: Methods = {
  'conversations.create': { tier: 2, run: create },
  'conversations.invite': {
    scopes: [...writing, 'channels:write.invites', 'groups:write.invites'],
    tier: 3,
    run: invite,
  },
  'conversations.join': { scopes: ['channels:join'], tier: 3, run: join },
  'conversations.leave': { scopes: writing, tier: 3, run: leave },
  'conversations.setTopic': {
    scopes: [...writing, 'channels:write.topic', 'groups:write.topic'],
    tier: 2,
    run: setNote('topic'),
  },
  'conversations.setPurpose': {
    scopes: [...writing, 'channels:write.topic', 'groups:write.topic'],
    tier: 2,
    run: setNote('purpose'),
  },
  'conversations.archive': { scopes: writing, tier: 2, run: archive },
  'conversations.rename': { scopes: writing, tier: 2, run: rename },
  'conversations.open': { tier: 3, run: open },
}
