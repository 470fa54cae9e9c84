import { Refusal } from './refusal.ts'

export interface Token {
  readonly kind: 'number' | 'duration' | 'string' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const token =
  /(?<space>\s+|#[^\n]*)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?<duration>(?:\d+(?:ms|[smhdwy]))+)|(?<number>0x[\da-f]+|\d*\.?\d+(?:e[+-]?\d+)?)|(?<name>[A-Za-z_:][\w:]*)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/(){}[\],=<>])/iy

export function lex(query: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < query.length; ) {
    token.lastIndex = at
    const groups = token.exec(query)?.groups
    if (!groups) throw refusal(query, at, `unexpected character: ${JSON.stringify(query[at])}`)
    const [kind, text] = Object.entries(groups).find(([, one]) => one !== undefined) ?? ['space', '']
    if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: text ?? '', at })
    at = token.lastIndex
  }
  tokens.push({ kind: 'end', text: '', at: query.length })
  return tokens
}

/** Line and column, as Prometheus tells them. */
export function refusal(query: string, at: number, why: string): Refusal {
  const before = query.slice(0, at).split('\n')
  const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
  return new Refusal('bad_data', `invalid parameter "query": ${place}: parse error: ${why}`)
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

export const durationMs = (text: string): number =>
  [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  )
