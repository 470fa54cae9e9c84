import type { Limit, Unit } from '../../../core/release/measured.ts'
import type { Compared } from '../../../ports/monitor.ts'
import { anatomyOf, token } from './promql.ts'

/** A sign outside all brackets, with where it stands. */
interface Sign {
  readonly text: string
  readonly at: number
}

const signs = ['==', '!=', '>=', '<=', '>', '<', '+', '-', '*', '/', '%', '^'] as const
const words = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'on', 'ignoring', 'group_left', 'group_right'])
const number = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i

/**
 * The value and the limit of an alerting rule that compares something with a number at its top: `A / B > 0.05`, `(5 < x)`. Null for
 * everything else: two sides that both vary, `==`, `absent(…)`, `and`. Binding as in
 * https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
 */
export function comparedIn(written: string): Compared | null {
  const query = bare(written)
  const found = signsOf(query)
  const [sign, ...more] = found.filter(({ text }) => /[<>=]/.test(text) || words.has(text))
  if (!sign || more.length > 0) return null
  const left = query.slice(0, sign.at).trim()
  const right = query.slice(sign.at + sign.text.length).trim()
  const flipped = number.test(left)
  const value = Number(flipped ? left : right)
  const rest = bare(flipped ? right : left)
  if (!/^[<>]=?$/.test(sign.text) || !number.test(flipped ? left : right) || number.test(rest)) return null
  const above = sign.text.startsWith('>') !== flipped
  const limit: Limit = {
    side: above ? 'above' : 'below',
    value,
    ...(sign.text.endsWith('=') && { orEqual: true as const }),
  }
  return { query: above ? withZero(rest) : rest, limit, unit: unitOf(rest, limit) }
}

/**
 * A share of which nothing was ever counted has no value in PromQL, although there is one: none of many. Where the whole is counted in
 * the same metric, and more than nothing, that is zero.
 */
function withZero(query: string): string {
  const share = shareOf(query)
  if (!share) return query
  const names = ({ selectors }: ReturnType<typeof anatomyOf>) => selectors.map((one) => one.replace(/\s*\{.*$/s, ''))
  const whole = new Set(names(anatomyOf(share.of)))
  const own = names(anatomyOf(share.part))
  if (own.length === 0 || !own.every((name) => name !== '' && whole.has(name))) return query
  return `${query} or (${share.of} > 0) * 0`
}

/** `part / of` and nothing else outside brackets. */
function shareOf(query: string): { readonly part: string; readonly of: string } | null {
  const [sign, ...more] = signsOf(query)
  if (sign?.text !== '/' || more.length > 0) return null
  return { part: query.slice(0, sign.at).trim(), of: query.slice(sign.at + 1).trim() }
}

/** By the names that https://prometheus.io/docs/practices/naming/#base-units asks for, and by what a division is. */
function unitOf(query: string, { value }: Limit): Unit {
  if (/_seconds(?:_bucket|_sum)?\b/.test(query) && !/_seconds_total\b/.test(query)) return 'seconds'
  if (value > 0 && value < 1 && (shareOf(query) !== null || /ratio\b/.test(query))) return 'percent'
  return 'count'
}

/** Without brackets around all of it. */
function bare(written: string): string {
  let text = written.trim()
  while (text.startsWith('(') && closing(text) === text.length - 1) text = text.slice(1, -1).trim()
  return text
}

/** Where the bracket ends with which a text begins. */
function closing(text: string): number {
  for (const { at, depth, text: piece } of pieces(text)) if (piece === ')' && depth === 0) return at
  return -1
}

function signsOf(query: string): readonly Sign[] {
  const found: Sign[] = []
  let before = ''
  for (const { text, at, depth } of pieces(query)) {
    const last = found.at(-1)
    if (depth > 0 || /^(?:\s|#)/.test(text)) continue
    if (text === '=' && last && last.at + last.text.length === at && /^[<>=!]$/.test(last.text))
      found[found.length - 1] = { text: `${last.text}=`, at: last.at }
    else if (words.has(text.toLowerCase())) found.push({ text: text.toLowerCase(), at })
    // A sign in front of a value is a part of it.
    else if (/^[-+]$/.test(text) && (before === '' || /^[-+*/%^<>=!(,]$/.test(before))) before = text
    else if (/^[<>=!]$/.test(text) || signs.some((sign) => sign === text)) found.push({ text, at })
    before = text
  }
  return found
}

/** Every token with how many brackets are open around it. */
function* pieces(query: string): Generator<{ readonly text: string; readonly at: number; readonly depth: number }> {
  let depth = 0
  for (let at = 0; at < query.length; ) {
    token.lastIndex = at
    const [text] = token.exec(query) ?? []
    if (text === undefined) return
    if (text === ')' || text === '}') depth -= 1
    yield { text, at, depth }
    if (text === '(' || text === '{') depth += 1
    at += text.length
  }
}
