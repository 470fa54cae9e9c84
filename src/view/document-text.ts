import type { Span, Text } from '../text/span.ts'
import type { Block, Card, Document } from './view.ts'
import { bold } from './words.ts'

/** A long text as a card, for whoever asks in chat. */
export function documentCard({ language, title, sections }: Document): Card {
  const blocks = sections.flatMap(({ heading, lines }): Block[] => [
    { kind: 'text', text: bold(heading) },
    { kind: 'list', items: lines },
  ])
  return { kind: 'card', language, title: [title], blocks, buttons: [], more: [] }
}

/** A long text as Markdown (CommonMark), for a file. `name`: what people are called; times are UTC. */
export function documentMarkdown({ title, sections }: Document, name: (person: string) => string): string {
  const parts = sections.map(
    ({ heading, lines }) => `## ${escaped(heading)}\n\n${lines.map((line) => `- ${written(line, name)}\n`).join('')}`,
  )
  return [`# ${escaped(title)}\n`, ...parts].join('\n')
}

const written = (text: Text, name: (person: string) => string): string =>
  text.map((span) => spanText(span, name)).join('')

function spanText(span: Span, name: (person: string) => string): string {
  if (typeof span === 'string') return escaped(span)
  switch (span.kind) {
    case 'bold':
      return `**${escaped(span.text)}**`
    case 'code':
      return code(span.text)
    case 'command':
      return code(`/${span.name}${span.text}`)
    case 'link':
      return `[${escaped(span.text)}](${span.url})`
    case 'person':
      return escaped(name(span.person))
    case 'time':
      return `${Temporal.Instant.from(span.at).toString({ smallestUnit: 'minute' }).replace('T', ' ').replace('Z', '')} UTC`
    case 'room':
      return escaped(span.channel)
  }
}

/** More backticks around it than it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`
}

const escaped = (text: string): string => text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#~|]/g, (sign) => `\\${sign}`)
