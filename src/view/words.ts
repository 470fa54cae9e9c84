import type { Release } from '../core/release/release.ts'
import type { Language } from '../text/language.ts'
import { say, sayPlain, type TextKey, type Values } from '../text/say.ts'
import type { Text } from '../text/span.ts'

/** One language's voice: what every view speaks with. */
export interface Voice {
  readonly language: Language
  readonly say: (key: TextKey, values?: Values) => Text
  readonly plain: (key: TextKey, values?: Values) => string
}

export const voice = (language: Language): Voice => ({
  language,
  say: (key, values) => say(language, key, values),
  plain: (key, values) => sayPlain(language, key, values),
})

/** Several texts on one line, with ` · ` between. */
export function dotted(...texts: readonly (Text | null)[]): Text {
  return texts
    .filter((text): text is Text => text !== null)
    .flatMap((text, index) => (index === 0 ? text : [' · ', ...text]))
}

export const bold = (text: string): Text => [{ kind: 'bold', text }]

/** `both regions`, `all 3 regions`, `eu-1`. */
export function where(voice: Voice, regions: readonly string[]): string {
  if (regions.length === 1) return regions[0] ?? ''
  return regions.length === 2 ? voice.plain('where.both') : voice.plain('where.all', { count: regions.length })
}

export const ageMs = (since: string, now: string): number =>
  Temporal.Instant.from(now).epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds

/** The versions of some releases, each once. */
export const versions = (releases: readonly Release[]): string =>
  [...new Set(releases.map((release) => release.version))].join(', ')

/** Cuts a line for a label of at most `length` characters. */
export const cut = (line: string, length: number): string =>
  line.length > length ? `${line.slice(0, length - 1)}…` : line
