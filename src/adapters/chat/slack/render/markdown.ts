import type { Span, Text } from '../../../../text/span.ts'
import type { Document } from '../../../../view/view.ts'
import { clean } from './cut.ts'
import { type Names, utc } from './ink.ts'
import { webUrl } from './rich.ts'

/** A section of a document in Markdown: one paragraph a line, so that each can be found and replaced alone. */
export interface Section {
  readonly id: string
  readonly heading: string
  readonly by: 'astern' | 'people'
  readonly lines: readonly string[]
}

export const sectionsOf = (document: Document, names: Names): Section[] =>
  document.sections.map(({ id, heading, by, lines }) => ({
    id,
    by,
    heading: escaped(heading),
    lines: lines.map((line) => markdown(line, names)).filter((line) => line !== ''),
  }))

export const sectionMarkdown = (section: Section): string => [`## ${section.heading}`, ...section.lines].join('\n\n')

export const documentMarkdown = (sections: readonly Section[]): string => sections.map(sectionMarkdown).join('\n\n')

/** The same as a file to be opened anywhere. */
export const fileMarkdown = (title: string, sections: readonly Section[]): string =>
  `# ${escaped(title)}\n\n${documentMarkdown(sections)}\n`

/**
 * Untrusted words: what Markdown would read as markup is escaped. `_` and `*` inside words mean nothing and stay, so that names
 * can be copied.
 */
export function escaped(text: string): string {
  return clean(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/[\\`[\]<>|]|~(?=~)|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '\\$&')
}

function markdown(text: Text, names: Names): string {
  const line = text
    .map((span) => drawn(span, names))
    .join('')
    .trim()
  return line.replace(/^(#{1,6}|[-+]|\d+[.)])(?=\s)/, '\\$1')
}

function drawn(span: Span, names: Names): string {
  if (typeof span === 'string') return escaped(span)
  switch (span.kind) {
    case 'bold': {
      const words = escaped(span.text).trim()
      return words === '' ? '' : `**${words}**`
    }
    case 'command':
      return drawn({ kind: 'code', text: `${names.slash(span.name)}${span.text}` }, names)
    case 'code':
      return `\`${clean(span.text).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``
    case 'link':
      return webUrl.test(span.url)
        ? `[${escaped(span.text)}](${span.url.replaceAll('(', '%28').replaceAll(')', '%29')})`
        : escaped(span.text)
    case 'person': {
      const user = span.mention ? names.user(span.person) : null
      return user ? `![](@${user})` : escaped(names.name(span.person))
    }
    case 'time':
      return utc(span.at, span.show)
    case 'room':
      return /^[CDG][A-Z0-9]{6,}$/.test(span.channel) ? `![](#${span.channel})` : escaped(`#${span.channel}`)
  }
}

const shortestProbe = 3
const mostProbes = 3

/** The longest pieces of a line that read the same as Markdown and on the page: by them the line is found again. */
export function probesOf(line: string): string[] {
  return line
    .replaceAll(/!\[\]\([^)]*\)|\]\([^)]*\)/g, '[')
    .split(/[\\`*_[\]<>~|]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= shortestProbe)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostProbes)
}
