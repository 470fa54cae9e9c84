import type { SlackSetup } from '../setup.ts'
import { appendMessage } from './messages.ts'
import { Refusal, type Wire } from './wire.ts'
import type { Channel, World } from './world.ts'

/** Makes a channel; the caller has checked its name. */
export function addChannel(
  world: World,
  made: { id?: string; name: string; creator: string; isPrivate?: boolean; isIm?: boolean; isExtShared?: boolean },
): Channel {
  const channel: Channel = {
    id: made.id ?? world.ids.id(made.isIm ? 'D' : 'C'),
    name: made.name,
    created: world.seconds(),
    creator: made.creator,
    isPrivate: made.isPrivate ?? false,
    isIm: made.isIm ?? false,
    isExtShared: made.isExtShared ?? false,
    isArchived: false,
    members: new Set([made.creator]),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    messages: new Map(),
    pins: [],
    bookmarks: [],
  }
  world.channels.set(channel.id, channel)
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return channel
}

/** Makes the channels the workspace starts with. */
export function addSetupChannels(world: World, setup: SlackSetup): void {
  for (const given of setup.channels) {
    const unknown = given.members.filter((member) => !world.users.has(member))
    if (unknown.length > 0) throw new RangeError(`#${given.name} has members nobody knows: ${unknown.join(', ')}`)
    const channel = addChannel(world, {
      id: given.id,
      name: given.name,
      creator: given.members[0] ?? '',
      isPrivate: given.isPrivate ?? false,
      isExtShared: given.isExtShared ?? false,
    })
    channel.members = new Set(given.members)
    if (given.topic) channel.topic = { value: given.topic, creator: channel.creator, last_set: channel.created }
  }
}

/** The direct message channel of the app's bot and a user, opened when it is not there yet. */
export function directChannel(world: World, user: string): Channel {
  for (const channel of world.channels.values()) if (channel.isIm && channel.members.has(user)) return channel
  const channel = addChannel(world, { name: '', creator: world.botUser, isIm: true })
  channel.members.add(user)
  return channel
}

/** The channel under an id, or under `#name` or `name`. */
export function channelNamed(world: World, given: string): Channel | undefined {
  const byId = world.channels.get(given)
  if (byId) return byId
  const name = given.startsWith('#') ? given.slice(1) : given
  for (const channel of world.channels.values()) if (!channel.isIm && channel.name === name) return channel
  return undefined
}

/** A channel the bot may know of: public ones, and private ones it is in. Refuses with `channel_not_found`. */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id)
  if (!channel || ((channel.isPrivate || channel.isIm) && !channel.members.has(world.botUser)))
    throw new Refusal('channel_not_found')
  return channel
}

/** A channel the bot is a member of. Refuses with `channel_not_found` or `not_in_channel`. */
export function joinedChannel(world: World, id: string): Channel {
  const channel = visibleChannel(world, id)
  if (!channel.members.has(world.botUser)) throw new Refusal('not_in_channel')
  return channel
}

/** Puts a user into a channel, with the message and the event that Slack makes of it. */
export function addMember(world: World, channel: Channel, user: string, inviter?: string): void {
  channel.members.add(user)
  const invited = inviter && inviter !== user ? { inviter } : {}
  appendMessage(world, channel, { user, subtype: 'channel_join', text: `<@${user}> has joined the channel` })
  world.publish(
    {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channel.isPrivate ? 'G' : 'C',
      team: world.team.id,
      ...invited,
    },
    channel,
  )
  world.changes.emit({ kind: 'channel', channel: channel.id })
}

/** A channel as conversations.* show it. */
export function channelWire(world: World, channel: Channel, withMembers = false): Wire {
  const shared = { created: channel.created, is_archived: channel.isArchived, id: channel.id }
  const counted = withMembers ? { num_members: channel.members.size } : {}
  if (channel.isIm) {
    const user = [...channel.members].find((member) => member !== world.botUser) ?? ''
    return { ...shared, is_im: true, is_org_shared: false, user, is_user_deleted: false, priority: 0, ...counted }
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_general: channel.name === 'general',
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.has(world.botUser),
    creator: channel.creator,
    context_team_id: world.team.id,
    unlinked: 0,
    topic: { ...channel.topic },
    purpose: { ...channel.purpose },
    previous_names: [],
    properties: channel.canvasId ? { canvas: { file_id: channel.canvasId, is_empty: false, quip_thread_id: '' } } : {},
    ...counted,
  }
}
