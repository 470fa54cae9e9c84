export interface Placeholder {
  readonly name: string
  /** To choose from by a plural rule; none: the value itself. */
  readonly forms: readonly string[]
}

interface Section {
  /** It stood between backticks. */
  readonly isCode: boolean
  readonly parts: readonly (string | Placeholder)[]
}

/** The catalogue's, each read once. */
const read = new Map<string, readonly Section[]>()

/** What a text of the catalogue is made of: `{name}`, `{name|one|other}`, code between backticks, and words. */
export function sectionsOf(template: string): readonly Section[] {
  const known = read.get(template)
  if (known) return known
  const sections = template.split('`').map((section, at) => ({ isCode: at % 2 === 1, parts: partsOf(section) }))
  read.set(template, sections)
  return sections
}

function partsOf(section: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = []
  let end = 0
  for (const match of section.matchAll(/\{(\w+)((?:\|[^}|]*)*)\}/g)) {
    if (match.index > end) parts.push(section.slice(end, match.index))
    end = match.index + match[0].length
    parts.push({ name: match[1] ?? '', forms: match[2] ? match[2].slice(1).split('|') : [] })
  }
  if (end < section.length) parts.push(section.slice(end))
  return parts
}
