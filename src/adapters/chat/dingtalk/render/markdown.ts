import type { Directory } from '../../../../ports/chat.ts'
import type { Language } from '../../../../text/language.ts'
import { sayPlain } from '../../../../text/say.ts'
import type { Span, Text } from '../../../../text/span.ts'

/** What texts are drawn with. */
export interface Ink {
  readonly directory: Directory
  readonly language: Language
  readonly tenant: string
  readonly timeZone: string
  /** Who is to be told by name, by staff id: gathered while drawing. */
  readonly mentioned: Map<string, string>
}

/** Controls, and marks that turn the reading direction to disguise what is said. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g
export const clean = (text: string): string => text.replaceAll('\r\n', '\n').replace(unwanted, '')

const breaker = '\u200b'
const webUrl = /^https?:\/\/\S+$/

/**
 * Untrusted words for DingTalk's Markdown, which knows no escapes: brackets that would make links, pictures or tags become their
 * full-width forms; `*`, `_` and `~` are broken at the edges of words, so that names can still be copied.
 */
export function tame(text: string): string {
  return clean(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('[', '［')
    .replaceAll(']', '］')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu, (mark) => `${breaker}${mark}${breaker}`)
}

/** One line or paragraph. A mark at its beginning that would make a heading, list or quote is broken. */
export function markdown(text: Text, ink: Ink): string {
  const line = text
    .map((span) => drawn(span, ink))
    .join('')
    .trim()
  return line.replace(/^(#{1,6}|[-+]|\d+[.)])(?=\s)/, `${breaker}$1`)
}

export function drawn(span: Span, ink: Ink): string {
  if (typeof span === 'string') return tame(span)
  switch (span.kind) {
    case 'bold': {
      const words = tame(span.text).trim()
      return words === '' ? '' : `**${words}**`
    }
    case 'code':
      return tame(span.text)
    case 'command':
      return tame(`@Astern /${span.name}${span.text}`)
    case 'link': {
      const words = tame(span.text).trim() || '↗'
      return webUrl.test(span.url) ? `[${words}](${span.url.replaceAll('(', '%28').replaceAll(')', '%29')})` : words
    }
    case 'person':
      return person(span, ink)
    case 'time':
      return timeOf(span.at, span.show, ink)
    case 'room':
      return sayPlain(ink.language, 'dingtalk.group')
  }
}

/** The same without any markup, for titles of forms and buttons. */
export const plainly = (text: Text, ink: Ink): string =>
  text.map((span) => (typeof span === 'string' ? clean(span) : drawn(span, ink).replaceAll('**', ''))).join('')

function person(span: Extract<Span, { kind: 'person' }>, ink: Ink): string {
  const name = tame(ink.directory.name(span.person))
  const account = span.mention ? ink.directory.account(span.person, 'dingtalk') : null
  if (!account || account.tenant !== ink.tenant) return name
  ink.mentioned.set(account.user, name)
  return `@${name}`
}

const formats = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { month: 'short', day: 'numeric' },
  datetime: {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
} as const

const timeOf = (at: string, show: keyof typeof formats, ink: Ink): string =>
  new Intl.DateTimeFormat(ink.language, { ...formats[show], timeZone: ink.timeZone }).format(
    Temporal.Instant.from(at).epochMilliseconds,
  )
