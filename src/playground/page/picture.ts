import { commands } from '../chat.ts'
import { people } from '../people.ts'
import { kinds } from '../shop/catalogue.ts'
import type { Shop } from '../shop/shop.ts'
import { type Canvas, type Channel, type File, type Message, messageWire, type Workspace } from '../slack/index.ts'

/** What the page is drawn from. All of it is plain JSON; what only one person sees carries her id. */
export type Part =
  | { readonly part: 'channel'; readonly id: string; readonly is: object }
  | { readonly part: 'message'; readonly channel: string; readonly ts: string; readonly is: object | null }
  | { readonly part: 'ephemeral'; readonly user: string; readonly ts: string; readonly is: object | null }
  | { readonly part: 'views'; readonly user: string; readonly is: readonly object[] }
  | { readonly part: 'home'; readonly user: string; readonly is: object | null }
  | { readonly part: 'canvas'; readonly id: string; readonly is: object | null }
  | { readonly part: 'file'; readonly id: string; readonly is: object | null }
  | { readonly part: 'user'; readonly id: string; readonly is: object }
  | { readonly part: 'sockets'; readonly is: number }

/** What does not change while the playground runs. */
export const setting = (slack: Workspace, shop: Shop, boot: string, speed: number) => ({
  boot,
  speed,
  team: slack.world.team.name,
  domain: slack.world.team.domain,
  bot: slack.world.botUser,
  people,
  commands,
  kinds,
  services: shop.services.map(({ name, kind }) => ({ name, kind })),
})

/** Everything there is now. */
export function everything(slack: Workspace): Part[] {
  return [
    ...[...slack.world.users.keys()].map((id) => userPart(slack, id)),
    ...slack.channels().flatMap((channel) => [channelPart(channel), ...messageParts(slack, channel)]),
    ...slack.world.ephemerals.map((message) => ephemeralPart(slack, message.ephemeralFor ?? '', message.ts)),
    ...people.flatMap(({ user }) => [viewsPart(slack, user), homePart(slack, user)]),
    ...slack.canvases().map(({ id }) => canvasPart(slack, id)),
    ...slack.files().map(({ id }) => filePart(slack, id)),
    socketsPart(slack),
  ]
}

const messageParts = (slack: Workspace, channel: Channel): Part[] =>
  [...channel.messages.keys()].map((ts) => messagePart(slack, channel.id, ts))

export const channelPart = (channel: Channel): Part => ({
  part: 'channel',
  id: channel.id,
  is: {
    id: channel.id,
    name: channel.name,
    created: channel.created,
    isPrivate: channel.isPrivate,
    isIm: channel.isIm,
    isShared: channel.isExtShared,
    isArchived: channel.isArchived,
    members: [...channel.members],
    topic: channel.topic.value,
    purpose: channel.purpose.value,
    pins: channel.pins,
    bookmarks: channel.bookmarks,
    canvas: channel.canvasId ?? null,
  },
})

const drawn = (slack: Workspace, message: Message): object => ({
  ...messageWire(slack.world, message),
  channel: message.channel,
})

export function messagePart(slack: Workspace, channel: string, ts: string): Part {
  const message = slack.message(channel, ts)
  return { part: 'message', channel, ts, is: message ? drawn(slack, message) : null }
}

export function ephemeralPart(slack: Workspace, user: string, ts: string): Part {
  const message = slack.ephemeral(user).find((one) => one.ts === ts)
  return { part: 'ephemeral', user, ts, is: message ? drawn(slack, message) : null }
}

export const viewsPart = (slack: Workspace, user: string): Part => ({
  part: 'views',
  user,
  is: slack.views(user).map(({ id, hash, body, errors, state }) => ({ id, hash, body, errors, state })),
})

export function homePart(slack: Workspace, user: string): Part {
  const home = slack.home(user)
  return { part: 'home', user, is: home ? { id: home.id, hash: home.hash, body: home.body, state: home.state } : null }
}

export function canvasPart(slack: Workspace, id: string): Part {
  const canvas = slack.canvas(id)
  return { part: 'canvas', id, is: canvas ? canvasOf(canvas) : null }
}

const canvasOf = ({ id, title, sections, channel, access }: Canvas): object => ({
  id,
  title,
  sections: sections.map((section) => ({ ...section })),
  channel: channel ?? null,
  channels: access.flatMap(({ channels }) => channels),
})

export function filePart(slack: Workspace, id: string): Part {
  const file = slack.files().find((one) => one.id === id)
  return { part: 'file', id, is: file ? fileOf(file) : null }
}

const fileOf = ({ id, name, title, mimetype, bytes, user, created, channels }: File): object => ({
  id,
  name,
  title,
  mimetype,
  size: bytes.length,
  user,
  created,
  channels,
})

export const userPart = (slack: Workspace, id: string): Part => {
  const setup = slack.world.users.get(id)?.setup
  const { name = id, realName, isBot = false, deleted = false } = setup ?? {}
  return { part: 'user', id, is: { id, name: realName ?? name, handle: name, isBot, deleted } }
}

export const socketsPart = (slack: Workspace): Part => ({ part: 'sockets', is: slack.sockets })
