import { readFileSync } from 'node:fs'

export interface FieldType {
  kind: 'string' | 'int' | 'num' | 'bool' | 'time' | 'intstr' | 'quantity' | 'raw' | 'object' | 'map' | 'list'
  /** Name of the definition, of an object. */
  definition?: string
  /** Type of the values of a map or a list. */
  of?: FieldType
  /** Strategic merge key of a list; '=' merges primitives, '' replaces the list. */
  mergeKey?: string
  /** Keys that tell a list's items apart in managedFields; empty when the list is owned as a whole. */
  mapKeys?: readonly string[]
  retainKeys?: true
  /** One manager owns all of it. */
  atomic?: true
  /** Written even when empty. */
  always?: true
}

export type Definition = ReadonlyMap<string, FieldType>

function parseType(text: string): FieldType {
  if (text.startsWith('!')) return { ...parseType(text.slice(1)), always: true }
  if (text.startsWith('~')) return { ...parseType(text.slice(1)), retainKeys: true }
  if (text.startsWith('#')) return { ...parseType(text.slice(1)), atomic: true }
  if (text.startsWith('@')) return { kind: 'object', definition: text.slice(1) }
  if (text.startsWith('{}')) return { kind: 'map', of: parseType(text.slice(2)) }
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    const [mergeKey = '', keys] = text.slice(1, end).split('|')
    const mapKeys = (keys ?? mergeKey).split(',').filter((key) => key !== '')
    return { kind: 'list', of: parseType(text.slice(end + 1)), mergeKey, mapKeys }
  }
  return { kind: text as FieldType['kind'] }
}

function load(): ReadonlyMap<string, Definition> {
  const text = readFileSync(new URL('./definitions.txt', import.meta.url), 'utf8')
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', ...fields] = line.split(' ')
        const entries = fields.map((field): [string, FieldType] => {
          const colon = field.indexOf(':')
          return [field.slice(0, colon), parseType(field.slice(colon + 1))]
        })
        return [name, new Map(entries)]
      }),
  )
}

const definitions = load()
const none: Definition = new Map()

/** The fields of a kind or of a part of one, as Kubernetes 1.37 publishes them. */
export const definitionOf = (name: string): Definition => definitions.get(name) ?? none
