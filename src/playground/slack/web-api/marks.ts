import { joinedChannel, visibleChannel } from '../store/channels.ts'
import { messageWire } from '../store/messages.ts'
import { pin, unpin } from '../store/pins.ts'
import { react, unreact } from '../store/reactions.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Channel } from '../store/world.ts'
import { invalidArguments } from './arguments.ts'
import type { Call, Methods } from './method.ts'

function place({ world, args }: Call): Channel {
  const channel = joinedChannel(world, args.need('channel', 'channel_not_found'))
  if (channel.isArchived) throw new Refusal('is_archived')
  return channel
}

function pinsAdd(call: Call): Wire {
  pin(call.world, place(call), call.args.need('timestamp', 'no_item_specified'), call.world.botUser)
  return {}
}

function pinsRemove(call: Call): Wire {
  unpin(call.world, place(call), call.args.need('timestamp', 'no_item_specified'), call.world.botUser)
  return {}
}

function pinsList({ world, args }: Call): Wire {
  const channel = joinedChannel(world, args.need('channel', 'channel_not_found'))
  const items = channel.pins.flatMap(({ ts, by, at }) => {
    const message = channel.messages.get(ts)
    if (!message) return []
    return [{ type: 'message', channel: channel.id, created: at, created_by: by, message: messageWire(world, message) }]
  })
  return { items }
}

function reactionsAdd(call: Call): Wire {
  const name = call.args.need('name', 'invalid_name')
  if (!/^[\w+'-]+(::skin-tone-\d)?$/.test(name)) throw new Refusal('invalid_name')
  react(call.world, place(call), call.args.need('timestamp', 'no_item_specified'), name, call.world.botUser)
  return {}
}

function reactionsRemove(call: Call): Wire {
  const name = call.args.need('name', 'invalid_name')
  unreact(call.world, place(call), call.args.need('timestamp', 'no_item_specified'), name, call.world.botUser)
  return {}
}

function reactionsGet({ world, args }: Call): Wire {
  const channel = joinedChannel(world, args.need('channel', 'channel_not_found'))
  const message = channel.messages.get(args.need('timestamp', 'no_item_specified'))
  if (!message) throw new Refusal('message_not_found')
  return { type: 'message', channel: channel.id, message: messageWire(world, message) }
}

function bookmarkPlace({ world, args }: Call): Channel {
  const channel = visibleChannel(world, args.need('channel_id', 'channel_not_found'))
  if (!channel.members.has(world.botUser)) throw new Refusal('not_in_channel')
  if (channel.isArchived) throw new Refusal('is_archived')
  return channel
}

const mostBookmarks = 100

function checkLink(link: string): string {
  if (!/^(https?|mailto):\S+$/.test(link)) throw new Refusal('invalid_link')
  return link
}

function bookmarksAdd(call: Call): Wire {
  const { world, args } = call
  const channel = bookmarkPlace(call)
  const title = args.need('title')
  const type = args.need('type')
  if (type !== 'link') throw new Refusal('invalid_bookmark_type')
  const link = checkLink(args.need('link', 'invalid_link'))
  if (channel.bookmarks.length >= mostBookmarks) throw new Refusal('too_many_bookmarks')
  const bookmark: Wire = {
    id: world.ids.id('Bk'),
    channel_id: channel.id,
    title,
    link,
    emoji: args.text('emoji') ?? '',
    icon_url: '',
    type,
    entity_id: null,
    date_created: world.seconds(),
    date_updated: 0,
    rank: String(channel.bookmarks.length),
    last_updated_by_user_id: world.botUser,
    last_updated_by_team_id: world.team.id,
    app_id: world.app.appId,
  }
  channel.bookmarks.push(bookmark)
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return { bookmark: { ...bookmark } }
}

function bookmarksEdit(call: Call): Wire {
  const { world, args } = call
  const channel = bookmarkPlace(call)
  const id = args.need('bookmark_id')
  const bookmark = channel.bookmarks.find((one) => one.id === id)
  if (!bookmark) throw new Refusal('not_found')
  const title = args.text('title')
  const link = args.text('link')
  const emoji = args.text('emoji')
  if (title === undefined && link === undefined && emoji === undefined) throw invalidArguments('must provide a change')
  if (title !== undefined) bookmark.title = title
  if (link !== undefined) bookmark.link = checkLink(link)
  if (emoji !== undefined) bookmark.emoji = emoji
  bookmark.date_updated = world.seconds()
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return { bookmark: { ...bookmark } }
}

function bookmarksList(call: Call): Wire {
  return { bookmarks: structuredClone(bookmarkPlace(call).bookmarks) }
}

function bookmarksRemove(call: Call): Wire {
  const channel = bookmarkPlace(call)
  const id = call.args.need('bookmark_id')
  if (!channel.bookmarks.some((one) => one.id === id)) throw new Refusal('not_found')
  channel.bookmarks = channel.bookmarks.filter((one) => one.id !== id)
  call.world.changes.emit({ kind: 'channel', channel: channel.id })
  return {}
}

/** Pins, reactions and bookmarks: https://docs.slack.dev/reference/methods?family=pins */
export const markMethods: Methods = {
  'pins.add': { scopes: ['pins:write'], tier: 2, run: pinsAdd },
  'pins.remove': { scopes: ['pins:write'], tier: 2, run: pinsRemove },
  'pins.list': { scopes: ['pins:read'], tier: 2, formOnly: true, run: pinsList },
  'reactions.add': { scopes: ['reactions:write'], tier: 3, run: reactionsAdd },
  'reactions.remove': { scopes: ['reactions:write'], tier: 2, run: reactionsRemove },
  'reactions.get': { scopes: ['reactions:read'], tier: 3, formOnly: true, run: reactionsGet },
  'bookmarks.add': { scopes: ['bookmarks:write'], tier: 2, run: bookmarksAdd },
  'bookmarks.edit': { scopes: ['bookmarks:write'], tier: 2, run: bookmarksEdit },
  'bookmarks.list': { scopes: ['bookmarks:read'], tier: 3, run: bookmarksList },
  'bookmarks.remove': { scopes: ['bookmarks:write'], tier: 2, run: bookmarksRemove },
}
