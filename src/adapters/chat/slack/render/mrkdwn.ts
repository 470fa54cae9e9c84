import type { Span, Text } from '../../../../text/span.ts'
import { dateFormat, type Ink, unixSeconds, utc } from './ink.ts'
import { webUrl } from './rich.ts'

/** The three characters that are markup everywhere in Slack's texts: stops `<!channel>`, `<@U…>` and disguised links. */
export const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const breaker = '\u200b'

/**
 * Untrusted words for a mrkdwn text. `*`, `_` and `~` only mark up at the edge of a word: there they are broken by a zero-width
 * space, inside words (`checkout_svc`) they stay as they are, so that names can still be copied. Backticks always mark up.
 */
export function tame(text: string): string {
  return entities(text)
    .replace(/`/g, 'ˋ')
    .replace(/(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu, (mark) => `${breaker}${mark}${breaker}`)
}

/** For blocks that take no rich text (context). Send it with `verbatim: true`. */
export function mrkdwn(text: Text, ink: Ink, max: number): string {
  let out = ''
  for (const span of text) {
    const piece = drawn(span, ink)
    // Markup cannot be cut in its middle: what does not fit as a whole is left out.
    if (out.length + piece.length > max - 1) return `${out}…`
    out += piece
  }
  return out
}

function drawn(span: Span, ink: Ink): string {
  if (typeof span === 'string') return tame(ink.write(span, 2000))
  switch (span.kind) {
    case 'bold': {
      const text = tame(ink.write(span.text, 500)).trim()
      return text === '' ? '' : `*${text}*`
    }
    case 'command':
      return drawn({ kind: 'code', text: `${ink.names.slash(span.name)}${span.text}` }, ink)
    case 'code': {
      const text = entities(ink.write(span.text, 500)).replaceAll('`', 'ˋ').replaceAll('\n', ' ').trim()
      return text === '' ? '' : `\`${text}\``
    }
    case 'link': {
      const text = tame(ink.write(span.text, 500)).replaceAll('|', '¦').replaceAll('\n', ' ')
      return webUrl.test(span.url) ? `<${entities(span.url).replaceAll('|', '%7C')}|${text || 'link'}>` : text
    }
    case 'person': {
      const user = span.mention ? ink.names.user(span.person) : null
      return user ? `<@${user}>` : tame(ink.write(ink.names.name(span.person), 200))
    }
    case 'time':
      return `<!date^${unixSeconds(span.at)}^${dateFormat[span.show]}|${ink.write(utc(span.at, span.show))}>`
    case 'room':
      return /^[CDG][A-Z0-9]{6,}$/.test(span.channel) ? `<#${span.channel}>` : tame(ink.write(`#${span.channel}`, 100))
  }
}
