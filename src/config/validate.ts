import { z } from 'zod'
import { nearest } from '../core/nearest.ts'
import type { Finding, Path, Report } from './problem.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/** What a union says when none of its branches says it better. */
const fitsNothing = 'has none of the forms that are possible here'

/** Checks a value; every issue is reported at its place under `path`. Undefined when there was one. */
export function validate<T>(schema: z.ZodType<T>, value: unknown, path: Path, report: Report): T | undefined {
  const result = schema.safeParse(value, { error: words, reportInput: true })
  if (result.success) return result.data
  for (const finding of result.error.issues.flatMap((issue) => findings(issue, schema, path, []))) report(finding)
  return undefined
}

function findings(issue: Issue, schema: z.ZodType, base: Path, within: Path): Finding[] {
  const inner = [...within, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  const path = [...base, ...inner]
  // Also where a schema brings words of its own for what does not fit: nothing is there that could.
  const message = 'input' in issue && issue.input === undefined ? 'is missing' : issue.message
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, inner)
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: 'is not a known key',
        suggestion: nearest(key, known, 1)[0],
        on: 'key',
      }))
    }
    case 'invalid_union': {
      const branch = message === fitsNothing ? closest(issue.errors) : undefined
      return branch ? branch.flatMap((nested) => findings(nested, schema, base, inner)) : [{ path, message }]
    }
    case 'invalid_key':
      return [{ path, message, suggestion: suggested(issue.issues[0]), on: 'key' }]
    case 'invalid_value': {
      const meant = typeof issue.input === 'string' ? nearest(issue.input, issue.values.map(String), 1)[0] : undefined
      return [{ path, message, suggestion: meant }]
    }
    case 'custom':
      return [{ path, message, suggestion: suggested(issue) }]
    default:
      return [{ path, message }]
  }
}

/** The branch whose outermost form was right, so that its own issues help more than the union's. */
const closest = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.find((branch) => !branch.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0))

const suggested = (issue: Issue | undefined): string | undefined =>
  issue?.code === 'custom' && typeof issue.params?.suggestion === 'string' ? issue.params.suggestion : undefined

/** The words for issues whose schema brings none. They never hold the value: it may be a secret in the wrong place. */
function words(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${article(issue.expected)}, got ${kindOf(issue.input)}`
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(String))}`
    case 'invalid_union':
      return fitsNothing
    case 'invalid_key':
      return issue.issues[0]?.message
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty'
    case 'too_big':
      return `must be at most ${issue.maximum}`
    default:
      return undefined
  }
}

function article(expected: string): string {
  const name = expected === 'object' || expected === 'record' ? 'map of keys' : expected === 'array' ? 'list' : expected
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name === 'int' ? 'whole number' : name}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map of keys' : `a ${typeof value}`
}

const oneOf = (words: readonly string[]): string =>
  words.length === 1 ? `${words[0]}` : new Intl.ListFormat('en', { type: 'disjunction' }).format(words)

type JsonSchema = z.core.JSONSchema.JSONSchema

/** The keys a schema knows at a path, over all its branches. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const branches = (node: JsonSchema): JsonSchema[] => {
    const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]
    return [node, ...inner.flatMap((one) => branches(one as JsonSchema))]
  }
  const step = (node: JsonSchema, key: string | number): JsonSchema[] =>
    [node.properties?.[key], node.additionalProperties, node.items].filter(
      (one): one is JsonSchema => typeof one === 'object' && !Array.isArray(one),
    )
  const at = path.reduce<JsonSchema[]>(
    (nodes, key) => nodes.flatMap((node) => step(node, key)).flatMap(branches),
    branches(root),
  )
  return at.flatMap((node) => Object.keys(node.properties ?? {}))
}
