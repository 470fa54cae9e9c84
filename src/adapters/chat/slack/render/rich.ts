import type { types } from '@slack/bolt'
import type { Span, Text } from '../../../../text/span.ts'
import { dateFormat, type Ink, unixSeconds, utc } from './ink.ts'

export type Inline = types.RichTextElement
export type Block = types.KnownBlock

const channelId = /^[CDG][A-Z0-9]{6,}$/
export const webUrl = /^https?:\/\/\S+$/

/** A text as rich text elements: there is no markup in them, so nothing untrusted can become markup. */
export function inlines(text: Text, ink: Ink, bold = false): Inline[] {
  return joined(text.flatMap((span) => inline(span, ink, bold)))
}

/** Words of the same style that follow each other as one element. */
function joined(elements: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const element of elements) {
    const last = out.at(-1)
    if (last?.type === 'text' && element.type === 'text' && sameStyle(last.style, element.style))
      out[out.length - 1] = { ...last, text: last.text + element.text }
    else out.push(element)
  }
  return out
}

type Style = types.RichTextStyleable['style']

const sameStyle = (one: Style, other: Style): boolean => one?.bold === other?.bold && one?.code === other?.code

function inline(span: Span, ink: Ink, bold: boolean): Inline[] {
  if (typeof span === 'string') return words(span, ink, bold ? { bold } : {})
  switch (span.kind) {
    case 'bold':
      return words(span.text, ink, { bold: true })
    case 'code':
      return words(span.text, ink, { code: true, ...(bold ? { bold } : {}) })
    case 'command':
      return words(`${ink.names.slash(span.name)}${span.text}`, ink, { code: true, ...(bold ? { bold } : {}) })
    case 'link': {
      const text = ink.write(span.text === '' ? span.url : span.text)
      if (text === '') return []
      const style = bold ? { style: { bold } } : {}
      // An address that is not one of the web stays plain words.
      return webUrl.test(span.url) && span.url.length <= 3000
        ? [{ type: 'link', url: span.url, text, ...style }]
        : [{ type: 'text', text, ...style }]
    }
    case 'person': {
      const user = span.mention ? ink.names.user(span.person) : null
      return user ? [{ type: 'user', user_id: user }] : words(ink.names.name(span.person), ink, bold ? { bold } : {})
    }
    case 'time': {
      const fallback = ink.write(utc(span.at, span.show))
      if (fallback === '') return []
      return [{ type: 'date', timestamp: unixSeconds(span.at), format: dateFormat[span.show], fallback }]
    }
    case 'room':
      return channelId.test(span.channel)
        ? [{ type: 'channel', channel_id: span.channel }]
        : words(`#${span.channel}`, ink, bold ? { bold } : {})
  }
}

function words(text: string, ink: Ink, style: { bold?: boolean; code?: boolean }): Inline[] {
  const written = ink.write(text)
  if (written === '') return []
  return [{ type: 'text', text: written, ...(Object.keys(style).length > 0 ? { style } : {}) }]
}

type Part = types.RichTextBlock['elements'][number]

/** Gathers lines, lists and raw text of one rich text block; lines that follow each other share a section. */
export class Rich {
  readonly #parts: Part[] = []
  #lines: Inline[] = []

  line(elements: Inline[]): void {
    if (elements.length === 0) return
    if (this.#lines.length > 0) this.#lines.push({ type: 'text', text: '\n' })
    this.#lines.push(...elements)
  }

  list(items: readonly Inline[][]): void {
    const filled = items.filter((item) => item.length > 0)
    if (filled.length === 0) return
    this.#endSection()
    const elements = filled.map((item) => ({ type: 'rich_text_section' as const, elements: item }))
    this.#parts.push({ type: 'rich_text_list', style: 'bullet', elements })
  }

  raw(text: string): void {
    if (text === '') return
    this.#endSection()
    this.#parts.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] })
  }

  block(): types.RichTextBlock | null {
    this.#endSection()
    return this.#parts.length === 0 ? null : { type: 'rich_text', elements: this.#parts }
  }
  #endSection(): void {
    if (this.#lines.length === 0) return
    this.#parts.push({ type: 'rich_text_section', elements: joined(this.#lines) })
    this.#lines = []
  }
}
