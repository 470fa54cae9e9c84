import { channelsOf, seenIn, threadOf, world } from './world.js'

/** Where the reader is: who she plays, which channel, what stands beside it. Kept in the address. */
export const place = { as: '', channel: '', panel: null, chats: 'slack' }

/** Which chats are seen: one of them, or both side by side. */
export const chats = ['slack', 'dingtalk', 'both']
export const shows = (chat) => place.chats === chat || place.chats === 'both'

const listeners = new Set()
export const onMove = (listener) => listeners.add(listener)

/** Goes somewhere; what is not named stays. */
export function go(change) {
  const person = change.as !== undefined && change.as !== place.as
  Object.assign(place, change)
  if (change.channel !== undefined || person) if (change.panel === undefined) place.panel = null
  settle()
  const address = new URLSearchParams({ as: place.as, in: place.channel })
  if (place.chats !== 'slack') address.set('chats', place.chats)
  history.replaceState(null, '', `#${address}`)
  for (const listener of listeners) listener()
}

/** Takes the place from the address, at the start. */
export function begin() {
  const address = new URLSearchParams(location.hash.slice(1))
  place.as = address.get('as') ?? ''
  place.channel = address.get('in') ?? ''
  place.chats = chats.find((one) => one === address.get('chats')) ?? 'slack'
  settle()
}

/** Nobody stays where there is nothing. */
export function settle() {
  if (!world.people.some(({ user }) => user === place.as)) place.as = first()?.user ?? ''
  const mine = channelsOf(place.as)
  const there = place.channel === 'home' || mine.some(({ id }) => id === place.channel)
  if (!there) place.channel = mine.find(({ name }) => name === 'payment')?.id ?? mine[0]?.id ?? 'home'
}

/** Who speaks the reader's language. */
const first = () => {
  const language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
  return world.people.find((one) => one.language === language) ?? world.people[0]
}

export const me = () => world.people.find(({ user }) => user === place.as)

/** What was read: person and channel → ts. It outlives a reload, not another start of the playground. */
const key = () => `astern-read-${world.boot}`
let read = {}

export function recallRead() {
  try {
    read = JSON.parse(localStorage.getItem(key()) ?? 'null') ?? {}
  } catch {
    // Storage is off or spoilt: then everything counts as new.
    read = {}
  }
}

export function markRead(user, channel) {
  const last = [...seenIn(channel, user), ...(place.panel?.thread ? threadOf(channel, place.panel.thread, user) : [])]
    .map(({ ts }) => ts)
    .sort()
    .at(-1)
  const name = `${user} ${channel}`
  if (last === undefined || (read[name] ?? '') >= last) return false
  read[name] = last
  try {
    localStorage.setItem(key(), JSON.stringify(read))
  } catch {
    // Only this visit remembers it, then.
    return true
  }
  return true
}

export const readUntil = (user, channel) => read[`${user} ${channel}`] ?? ''

const quiet = new Set(['channel_join', 'pinned_item', 'channel_topic', 'channel_purpose', 'channel_name'])

/** How much somebody has not read in a channel, and how much of it speaks to her. */
export function unread(user, channel) {
  const since = readUntil(user, channel.id)
  const all = [...(world.messages.get(channel.id)?.values() ?? [])]
  const own = [...world.ephemerals.values()].filter((one) => one.channel === channel.id && one.for === user)
  const fresh = [...all, ...own].filter((one) => one.ts > since && one.user !== user && !quiet.has(one.subtype))
  const top = fresh.filter((one) => !one.thread_ts || one.thread_ts === one.ts)
  const isMember = channel.members.includes(user)
  const calls = fresh.filter((one) => channel.isIm || one.for === user || speaksTo(one, user))
  return isMember ? { count: top.length, calls: calls.length } : { count: 0, calls: 0 }
}

function speaksTo(message, user) {
  const said = JSON.stringify(message.blocks ?? '') + (message.text ?? '')
  return said.includes(`"user_id":"${user}"`) || said.includes(`<@${user}>`)
}
