import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
  type Node,
  type TemplateExpression,
} from 'typescript/unstable/ast'
import { type Program, placeOf, type Source, walk } from './program.ts'

export interface Entry {
  readonly en: string
  readonly zh: string
}

const dotted = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/

/** Every literal that may be a key, and every key that a template such as `outcome.${outcome}` can become by its type. */
export function usedKeys(sources: readonly Source[], checker: Program['checker']): ReadonlySet<string> {
  const used = new Set<string>()
  const templates: TemplateExpression[] = []
  for (const { file } of sources)
    walk(file, (node) => {
      if (isStringLiteral(node) && dotted.test(node.text)) used.add(node.text)
      if (isTemplateExpression(node) && couldBeKey(node)) templates.push(node)
    })
  for (const type of checker.getTypeAtLocation(templates)) {
    const members = type?.isUnionType() ? type.getTypes() : type ? [type] : []
    for (const member of members) if (member.isStringLiteralType()) used.add(member.value)
  }
  return used
}

const couldBeKey = (node: TemplateExpression): boolean =>
  [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].every((part) => /^[a-z0-9.-]*$/.test(part))

/** Wordings written as `{ key: 'a.b' }`, which no type checks because the core does not know the catalogue. */
export function unknownKeys(sources: readonly Source[], known: ReadonlySet<string>): readonly string[] {
  const wrong: string[] = []
  for (const source of sources)
    walk(source.file, (node) => {
      const key = wordingKey(node)
      if (key !== null && !known.has(key)) wrong.push(`${placeOf(source, node)} says ${key}`)
    })
  return wrong
}

function wordingKey(node: Node): string | null {
  if (!isObjectLiteralExpression(node)) return null
  let found: string | null = null
  for (const property of node.properties) {
    const name =
      isPropertyAssignment(property) || isShorthandPropertyAssignment(property) ? property.name.getText() : ''
    if (name !== 'key' && name !== 'values') return null
    if (name === 'key' && isPropertyAssignment(property) && isStringLiteral(property.initializer))
      found = property.initializer.text
  }
  return found !== null && dotted.test(found) ? found : null
}

const placeholder = /\{(\w+)((?:\|[^{}|]*)*)\}/g

/** What is wrong with one text in its two languages. */
export function wrongText(key: string, { en, zh }: Entry): readonly string[] {
  const wrong: string[] = []
  const say = (what: string) => wrong.push(`${key}: ${what}`)
  if (!dotted.test(key)) say('is no key')
  if (en.trim() === '' || zh.trim() === '') say('is empty')
  const names = (text: string) =>
    [...new Set([...text.matchAll(placeholder)].map((match) => match[1]))].sort().join(', ')
  if (names(en) !== names(zh)) say(`en has {${names(en)}}, zh has {${names(zh)}}`)
  for (const [language, text] of Object.entries({ en, zh })) {
    if (/[{}]/.test(text.replace(placeholder, ''))) say(`${language} has a brace that belongs to no placeholder`)
    if (text !== text.trim()) say(`${language} begins or ends with a space`)
  }
  for (const [, name, forms = ''] of zh.matchAll(placeholder))
    if (forms.split('|').length > 2) say(`zh chooses a plural of ${name}`)
  if (/\p{Script=Han}/u.test(en)) say('en has Chinese characters')
  if (halfWidth.test(zh.replace(/`[^`]*`/g, '`')))
    say('zh has an ASCII comma, period or the like between Chinese characters')
  return wrong
}

/** ASCII punctuation that touches a Chinese character, where the full-width one belongs. */
const halfWidth =
  /\p{Script=Han}\s*[,;:!?]|\p{Script=Han}\s*\.(?![\w/])|[,;:!?]\s*\p{Script=Han}|(?<![\w/])\.\s*\p{Script=Han}/u
