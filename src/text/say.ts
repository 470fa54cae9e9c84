import type { Wording, WordingValue } from '../core/wording.ts'
import type { Entry } from './catalogue/define.ts'
import { texts } from './catalogue/index.ts'
import { duration, quantity } from './format.ts'
import { allOf, anyOf, number, pluralRules } from './intl.ts'
import type { Language } from './language.ts'
import type { Span, Text } from './span.ts'
import { type Placeholder, sectionsOf } from './template.ts'

export type TextKey = keyof typeof texts

const catalogue: Readonly<Record<string, Entry>> = texts
/** A value may be a text of its own, made in the same language. */
export type Values = Readonly<Record<string, WordingValue | Text>>

/** A wording whose key is known to the catalogue; use this wherever a `Wording` is made. */
export const wording = (key: TextKey, values?: Wording['values']): Wording => (values ? { key, values } : { key })

/**
 * The text of a key in one language, as spans. Placeholders are `{name}`; `{name|one|other}` chooses by the plural rules of the
 * language (Chinese writes `{name|other}`) and shows the number where a form holds `#`. What stands between backticks is code, and
 * a command where it begins with a slash. Throws on a key the catalogue does not hold.
 */
export function say(language: Language, key: TextKey, values: Values = {}): Text {
  const entry = catalogue[key]
  if (!entry) throw new TypeError(`the catalogue has no text ${key}`)
  const spans: Span[] = []
  for (const { isCode, parts } of sectionsOf(language === 'zh-CN' ? entry.zh : entry.en)) {
    const filled = parts.flatMap((part) => (typeof part === 'string' ? part : fill(language, key, part, values)))
    if (isCode) spans.push(code(plain(filled)))
    else spans.push(...filled)
  }
  return joined(spans)
}

function fill(language: Language, key: TextKey, { name, forms }: Placeholder, values: Values): readonly Span[] {
  const value = values[name]
  if (value === undefined) throw new TypeError(`text ${key} misses its value ${name}`)
  return forms.length > 0 ? [plural(language, Number(value), forms)] : spansOf(language, value)
}

function code(text: string): Span {
  const [, name, rest = ''] = /^\/([a-z]+)(.*)$/s.exec(text) ?? []
  return name ? { kind: 'command', name, text: rest } : { kind: 'code', text }
}

/** The same for a wording that came from the core or an adapter. */
export const sayWording = (language: Language, wording: Wording): Text =>
  say(language, wording.key as TextKey, wording.values)

/** A text as one plain string, for labels and notifications; people and times as plain words. */
export function plain(text: Text): string {
  return text
    .map((span) => {
      if (typeof span === 'string') return span
      switch (span.kind) {
        case 'person':
          return span.person
        case 'time':
          return span.at
        case 'room':
          return `#${span.channel}`
        case 'command':
          return `/${span.name}${span.text}`
        default:
          return span.text
      }
    })
    .join('')
}

export const sayPlain = (language: Language, key: TextKey, values?: Values): string => plain(say(language, key, values))

function plural(language: Language, count: number, forms: readonly string[]): string {
  const category = pluralRules(language).select(count)
  const form = forms.length === 1 || category === 'one' ? forms[0] : forms.at(-1)
  return (form ?? '').replaceAll('#', number(language, count, 2))
}

function spansOf(language: Language, value: WordingValue | Text): readonly Span[] {
  if (isText(value)) return value
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [number(language, value, 2)]
  if ('at' in value) return [{ kind: 'time', at: value.at, show: value.show ?? 'time' }]
  if ('ms' in value) return [duration(language, value.ms)]
  if ('person' in value) return [{ kind: 'person', person: value.person, mention: value.mention ?? false }]
  if ('anyOf' in value)
    return anyOf(language)
      .formatToParts(value.anyOf)
      .map(({ type, value: part }) =>
        type === 'element' ? { kind: 'person', person: part, mention: value.mention ?? false } : part,
      )
  if ('quantity' in value) return [quantity(language, value.quantity, value.unit)]
  if ('key' in value) return sayWording(language, value)
  if ('room' in value) return [{ kind: 'room', channel: value.room }]
  if ('url' in value) return [{ kind: 'link', url: value.url, text: value.text }]
  return [allOf(language).format(value.list)]
}

const isText = (value: WordingValue | Text): value is Text => Array.isArray(value)

function joined(spans: readonly Span[]): Text {
  const text: Span[] = []
  for (const span of spans) {
    const last = text.at(-1)
    if (typeof span === 'string' && typeof last === 'string') text[text.length - 1] = last + span
    else text.push(span)
  }
  return text
}
