import { h } from './dom.js'
import { go } from './place.js'
import { dated } from './time.js'
import { channelName, handleOf, nameOf, world } from './world.js'

/* Slack's mrkdwn: https://docs.slack.dev/messaging/formatting-message-text */

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
const plain = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity])

const emoji = {
  white_check_mark: '✅',
  x: '❌',
  warning: '⚠️',
  fire: '🔥',
  rocket: '🚀',
  tada: '🎉',
  eyes: '👀',
  thumbsup: '👍',
  '+1': '👍',
  hourglass: '⌛',
  rotating_light: '🚨',
  pushpin: '📌',
}
export const emojis = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji[name] ?? whole)

/** An address as a link, where it is one of the web. What lies in this workspace opens here and not in Slack's own client. */
export function link(url, text) {
  const shown = text === undefined || text === '' ? url : text
  const inside = within(url)
  if (inside) return h('button', { type: 'button', class: 'inside', onclick: () => go(inside) }, shown)
  if (!/^(https?:|mailto:)/.test(url)) return h('span', {}, shown)
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, shown)
}

/** Where an address of the workspace leads: a canvas, a file, a channel or a message of it. */
function within(url) {
  const path = url.startsWith(`https://${world.domain}.slack.com/`) ? new URL(url).pathname.split('/') : []
  const [, kind, first, second] = path
  if (kind === 'docs' && world.canvases.has(second)) return { panel: { canvas: second } }
  const file = /\/files\/[A-Z0-9]+\/(F[A-Z0-9]+)\//.exec(url)?.[1]
  if (file && world.files.has(file)) return { panel: { file } }
  return kind === 'archives' && world.channels.has(first) ? { channel: first } : null
}

export function userMention(id, as = 'name') {
  const isMe = new URLSearchParams(location.hash.slice(1)).get('as') === id
  return h('span', { class: isMe ? 'mention me' : 'mention' }, `@${as === 'name' ? nameOf(id) : handleOf(id)}`)
}

export function channelMention(id) {
  if (!world.channels.has(id)) return h('span', { class: 'mention' }, `#${id}`)
  return h(
    'button',
    { type: 'button', class: 'mention link', onclick: () => go({ channel: id }) },
    `#${channelName(id)}`,
  )
}

/** A text of people or the bot as nodes; line breaks, quotes and code blocks included. */
export function mrkdwn(text) {
  const out = []
  for (const [index, piece] of text.split('```').entries()) {
    if (index % 2 === 1) out.push(h('pre', { class: 'code' }, plain(piece.replace(/^\n/, ''))))
    else if (piece !== '') out.push(...quotes(piece))
  }
  return out
}

function quotes(text) {
  const groups = []
  for (const line of text.split('\n')) {
    const quoted = line.startsWith('&gt;')
    const last = groups.at(-1)
    const words = quoted ? line.slice(4).trimStart() : line
    if (last?.quoted === quoted) last.lines.push(words)
    else groups.push({ quoted, lines: [words] })
  }
  return groups.flatMap(({ quoted, lines }, index) => {
    const nodes = lines.flatMap((line, at) => (at === 0 ? inline(line) : [h('br'), ...inline(line)]))
    if (quoted) return [h('blockquote', {}, nodes)]
    return index > 0 && groups[index - 1].quoted ? nodes : index > 0 ? [h('br'), ...nodes] : nodes
  })
}

/** Marks count at the edges of words only, and around something. */
const marks = [
  ['*', 'strong'],
  ['_', 'em'],
  ['~', 's'],
].map(([mark, tag]) => {
  const at = `(^|[^\\p{L}\\p{N}${mark}])[${mark}](?=\\S)([^${mark}\\n]*[^\\s${mark}])[${mark}](?![\\p{L}\\p{N}${mark}])`
  return [new RegExp(at, 'u'), tag]
})
const token = /`([^`\n]+)`|<([^<>\n]+)>/g

function inline(text) {
  const out = []
  let from = 0
  for (const match of text.matchAll(token)) {
    out.push(...styled(text.slice(from, match.index)))
    out.push(match[1] === undefined ? control(match[2]) : h('code', {}, plain(match[1])))
    from = match.index + match[0].length
  }
  out.push(...styled(text.slice(from)))
  return joined(out)
}

/** Bold around a mention or a link: the star stands in another piece than its partner. */
function joined(nodes) {
  const out = []
  let open = null
  for (const node of nodes) {
    if (typeof node !== 'string') {
      ;(open ?? out).push(node)
      continue
    }
    const parts = node.split(/(?<=^|[\s(])\*(?=$|\S)|(?<=\S|^)\*(?=$|[\s).,;:!?])/)
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        if (open) {
          out.push(h('strong', {}, open))
          open = null
        } else open = []
      }
      if (part !== '') (open ?? out).push(part)
    }
  }
  return open ? [...out, '*', ...open] : out
}

function styled(text) {
  for (const [mark, tag] of marks) {
    const at = mark.exec(text)
    if (!at) continue
    const start = at.index + at[1].length
    const end = at.index + at[0].length
    return [...styled(text.slice(0, start)), h(tag, {}, styled(at[2])), ...styled(text.slice(end))]
  }
  return text === '' ? [] : [emojis(plain(text))]
}

/** What stands in angle brackets. */
function control(inside) {
  const [target = '', ...rest] = inside.split('|')
  const label = rest.length > 0 ? plain(rest.join('|')) : undefined
  if (target.startsWith('@')) return userMention(target.slice(1))
  if (target.startsWith('#')) return channelMention(target.slice(1))
  const [, seconds, pattern, url] = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target) ?? []
  if (seconds !== undefined) {
    const shown = h('time', { title: label ?? '' }, dated(Number(seconds), pattern))
    return url ? link(plain(url), shown.textContent) : shown
  }
  if (target.startsWith('!subteam^')) return h('span', { class: 'mention' }, label ?? '@group')
  if (target.startsWith('!')) return h('span', { class: 'mention me' }, `@${target.slice(1)}`)
  return link(plain(target), label)
}

/** A text object of Block Kit. */
export const textObject = (object) =>
  object.type === 'mrkdwn' ? mrkdwn(object.text) : object.emoji === false ? [object.text] : [emojis(object.text)]
