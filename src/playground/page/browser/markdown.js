import { h } from './dom.js'
import { channelMention, link, userMention } from './mrkdwn.js'

/* Markdown as Slack's canvases and markdown blocks take it: headings, lists, quotes, code, tables, emphasis, links, mentions. */

/** A Markdown text as nodes. */
export function markdown(text) {
  const out = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; ) at = block(lines, at, out)
  return out
}

function block(lines, at, out) {
  const line = lines[at]
  if (line.trim() === '') return at + 1
  if (/^\s*```/.test(line)) {
    const end = lines.findIndex((one, index) => index > at && /^\s*```/.test(one))
    const until = end < 0 ? lines.length : end
    out.push(h('pre', { class: 'code' }, lines.slice(at + 1, until).join('\n')))
    return until + 1
  }
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading) {
    out.push(h(`h${Math.min(6, heading[1].length + 1)}`, {}, inline(heading[2])))
    return at + 1
  }
  if (/^(-{3,}|\*{3,})$/.test(line.trim())) {
    out.push(h('hr'))
    return at + 1
  }
  if (isItem(line)) return gather(lines, at, isItem, (found) => out.push(list(found)))
  if (line.startsWith('>'))
    return gather(
      lines,
      at,
      (one) => one.startsWith('>'),
      (found) => out.push(h('blockquote', {}, inline(found.map((one) => one.replace(/^>\s?/, '')).join(' ')))),
    )
  if (line.startsWith('|'))
    return gather(
      lines,
      at,
      (one) => one.startsWith('|'),
      (found) => out.push(table(found)),
    )
  return gather(lines, at, isParagraph, (found) => out.push(h('p', {}, inline(found.join(' ')))))
}

const item = /^\s*(?:[-*+]|\d+[.)])\s+/
const isItem = (line) => item.test(line)
const isParagraph = (line) => line.trim() !== '' && !isItem(line) && !/^(#{1,6}\s|>|\||\s*```)/.test(line)

function gather(lines, at, belongs, use) {
  let end = at + 1
  while (end < lines.length && belongs(lines[end])) end += 1
  use(lines.slice(at, end))
  return end
}

function list(lines) {
  const ordered = /^\s*\d/.test(lines[0])
  return h(
    ordered ? 'ol' : 'ul',
    {},
    lines.map((line) => {
      const words = line.replace(item, '')
      const [, done, rest] = /^\[([ xX])\]\s+(.*)$/.exec(words) ?? []
      return h('li', {}, rest === undefined ? inline(words) : [done === ' ' ? '☐ ' : '☑ ', ...inline(rest)])
    }),
  )
}

function table(lines) {
  const rows = lines
    .filter((line) => !/^\|[\s:|-]+\|?$/.test(line))
    .map((line) => line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/))
  const [head = [], ...body] = rows
  const row = (cells, tag) =>
    h(
      'tr',
      {},
      cells.map((cell) => h(tag, {}, inline(cell.trim()))),
    )
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      row(head, 'th'),
      body.map((cells) => row(cells, 'td')),
    ),
  )
}

const token =
  /\\([\\`*_{}[\]()#+\-.!<>|~])|`([^`]+)`|!\[\]\(([@#])([A-Z0-9]+)\)|!?\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|(?<![\p{L}\p{N}*])\*([^*]+)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])|~~(.+?)~~/gu

function inline(text) {
  const out = []
  let from = 0
  for (const match of text.matchAll(token)) {
    if (match.index > from) out.push(text.slice(from, match.index))
    out.push(span(match))
    from = match.index + match[0].length
  }
  if (from < text.length) out.push(text.slice(from))
  return out
}

function span([, escaped, code, sign, id, label, url, bold, italic, low, strike]) {
  if (escaped !== undefined) return escaped
  if (code !== undefined) return h('code', {}, code)
  if (sign !== undefined) return sign === '@' ? userMention(id) : channelMention(id)
  if (label !== undefined) return link(url, label.replace(/\\(.)/g, '$1'))
  if (bold !== undefined) return h('strong', {}, inline(bold))
  if (strike !== undefined) return h('s', {}, inline(strike))
  return h('em', {}, inline(italic ?? low))
}
