/** All that the page knows, as the server tells it. */
export const world = {
  boot: '',
  team: '',
  domain: '',
  bot: '',
  people: [],
  commands: [],
  kinds: [],
  services: [],
  users: new Map(),
  channels: new Map(),
  /** channel → ts → message. */
  messages: new Map(),
  ephemerals: new Map(),
  views: new Map(),
  homes: new Map(),
  canvases: new Map(),
  files: new Map(),
  /** How much faster than for people it goes. */
  speed: 1,
  sockets: 0,
  /** DingTalk: conversations, conversation → id → message, cards by person, what rang, open streams. */
  groups: new Map(),
  groupMessages: new Map(),
  cards: new Map(),
  dings: [],
  streams: 0,
  shop: { looks: [], traffic: true, shipped: [], pages: [] },
  /** `service region` → points. */
  plots: new Map(),
  connected: false,
}

const keptPoints = 180

/** Takes in everything anew: at the start, and when the server came back. */
export function takeAll(all) {
  const maps = ['users', 'channels', 'messages', 'ephemerals', 'views', 'homes', 'canvases', 'files']
  for (const name of [...maps, 'groups', 'groupMessages', 'cards']) world[name].clear()
  const { parts, plots, ...setting } = all
  Object.assign(world, setting)
  world.plots = new Map(plots.map(({ service, region, points }) => [`${service} ${region}`, points]))
  takeParts(parts)
}

export function takeParts(parts) {
  for (const part of parts) take(part)
}

function take(one) {
  switch (one.part) {
    case 'channel':
      return world.channels.set(one.id, one.is)
    case 'message': {
      const all = world.messages.get(one.channel) ?? new Map()
      world.messages.set(one.channel, all)
      return put(all, one.ts, one.is)
    }
    case 'ephemeral':
      return put(world.ephemerals, one.ts, one.is && { ...one.is, for: one.user })
    case 'views':
      return world.views.set(one.user, one.is)
    case 'home':
      return put(world.homes, one.user, one.is)
    case 'canvas':
      return put(world.canvases, one.id, one.is)
    case 'file':
      return put(world.files, one.id, one.is)
    case 'user':
      return put(world.users, one.id, one.is)
    case 'sockets':
      world.sockets = one.is
      return
    case 'group':
      return world.groups.set(one.id, one.is)
    case 'group-message': {
      const all = world.groupMessages.get(one.group) ?? new Map()
      world.groupMessages.set(one.group, all)
      return all.set(one.id, one.is)
    }
    case 'card':
      return world.cards.set(one.id, one.is)
    case 'dings':
      world.dings = one.is
      return
    case 'streams':
      world.streams = one.is
  }
}

const put = (map, key, value) => (value === null ? map.delete(key) : map.set(key, value))

export function takeShop(shop) {
  world.shop = shop
  for (const { service, region, now } of shop.looks) {
    const points = world.plots.get(`${service} ${region}`) ?? []
    world.plots.set(`${service} ${region}`, points)
    if (!now || points.at(-1)?.at === now.at) continue
    points.push(now)
    if (points.length > keptPoints) points.shift()
  }
}

/** What somebody sees in a channel, oldest first: replies stand in their threads. */
export function seenIn(channel, user) {
  const own = [...(world.messages.get(channel)?.values() ?? [])].filter(isTop)
  const private_ = [...world.ephemerals.values()].filter(
    (one) => one.channel === channel && one.for === user && !one.thread_ts,
  )
  return [...own, ...private_].sort(byTime)
}

const isTop = (message) =>
  !message.thread_ts || message.thread_ts === message.ts || message.subtype === 'thread_broadcast'
const byTime = (a, b) => (a.ts < b.ts ? -1 : 1)

/** A thread's first message and its replies. */
export function threadOf(channel, ts, user) {
  const own = [...(world.messages.get(channel)?.values() ?? [])].filter((one) => one.ts === ts || one.thread_ts === ts)
  const private_ = [...world.ephemerals.values()].filter(
    (one) => one.channel === channel && one.for === user && one.thread_ts === ts,
  )
  return [...own, ...private_].sort(byTime)
}

/** The channels somebody has in her list; direct messages come last. */
export const channelsOf = (user) =>
  [...world.channels.values()]
    .filter((one) => !one.isArchived && (one.members.includes(user) || (!one.isPrivate && !one.isIm && !isGuest(user))))
    .sort(
      (a, b) => Number(a.isIm) - Number(b.isIm) || Number(isRoom(b)) - Number(isRoom(a)) || (a.name < b.name ? -1 : 1),
    )

const isGuest = (user) => world.people.find((one) => one.user === user)?.guest === true
/** Channels that the bot made: incidents. The newest work comes first. */
const isRoom = (channel) => channel.purpose.startsWith('Astern ')

export const nameOf = (user) => world.users.get(user)?.name ?? user
export const handleOf = (user) => world.users.get(user)?.handle ?? user
export const channelName = (id) => world.channels.get(id)?.name ?? id
export const directOf = (user) => [...world.channels.values()].find((one) => one.isIm && one.members.includes(user))
