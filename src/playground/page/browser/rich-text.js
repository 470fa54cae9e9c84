import { h } from './dom.js'
import { channelMention, emojis, link, userMention } from './mrkdwn.js'
import { dated } from './time.js'

/* https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

export const richText = (block) => h('div', { class: 'rich' }, block.elements.map(part))

function part(one) {
  switch (one.type) {
    case 'rich_text_section':
      return h('p', {}, inlines(one.elements))
    case 'rich_text_preformatted':
      return h('pre', { class: 'code', tabindex: '0' }, inlines(one.elements))
    case 'rich_text_quote':
      return h('blockquote', {}, inlines(one.elements))
    case 'rich_text_list': {
      const list = h(
        one.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${one.indent ?? 0}`, ...(one.offset ? { start: one.offset + 1 } : {}) },
        one.elements.map((item) => h('li', {}, inlines(item.elements))),
      )
      return list
    }
    default:
      return h('p', {}, `[${one.type}]`)
  }
}

export function inlines(elements) {
  return elements.flatMap((one) => {
    const nodes = inline(one)
    return one.style ? [styled(nodes, one.style)] : nodes
  })
}

function inline(one) {
  switch (one.type) {
    case 'text':
      return one.text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]))
    case 'link':
      return [link(one.url, one.text)]
    case 'user':
      return [userMention(one.user_id)]
    case 'channel':
      return [channelMention(one.channel_id)]
    case 'usergroup':
      return [h('span', { class: 'mention' }, '@group')]
    case 'broadcast':
      return [h('span', { class: 'mention me' }, `@${one.range}`)]
    case 'emoji':
      return [
        one.unicode
          ? String.fromCodePoint(...one.unicode.split('-').map((hex) => Number.parseInt(hex, 16)))
          : emojis(`:${one.name}:`),
      ]
    case 'date': {
      const shown = dated(one.timestamp, one.format)
      return [one.url ? link(one.url, shown) : h('time', { title: one.fallback ?? '' }, shown)]
    }
    case 'color':
      return [h('code', {}, one.value)]
    default:
      return [`[${one.type}]`]
  }
}

const wraps = [
  ['code', 'code'],
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['underline', 'u'],
  ['highlight', 'mark'],
]

function styled(nodes, style) {
  let out = nodes
  for (const [name, tag] of wraps) if (style[name]) out = [h(tag, {}, out)]
  return h('span', {}, out)
}
