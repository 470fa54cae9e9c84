import { durationMs } from '../../../core/duration.ts'

/** What must be known of a query without running it. Lexed by https://prometheus.io/docs/prometheus/latest/querying/basics/ */
export interface Anatomy {
  /** Each vector selector once, without its range and its offset. */
  readonly selectors: readonly string[]
  /** How far back one value looks: its longest range, and its longest subquery around that. Offsets are not in it. */
  readonly reachMs: number
}

/** Sticky: whoever uses it sets `lastIndex`. */
export const token =
  /\s+|#[^\n]*|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?<range>\[[^\]]*\])|(?<number>\d[\w.]*|\.\d+)|(?<name>[A-Za-z_:][\w:]*)|(?<brace>\{)|(?<other>[\s\S])/y

/** Words that stand where a metric could. */
const words = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'offset', 'inf', 'nan', 'start', 'end'])
/** Words that a list of labels follows. */
const listed = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])
const aggregation = /^\s*(?:by|without)\b/i
const call = /^\s*\(/
const labelList = /^\s*\([^)]*\)/

export function anatomyOf(query: string): Anatomy {
  const selectors = new Set<string>()
  let longestRange = 0
  let longestSubquery = 0
  for (let at = 0; at < query.length; ) {
    token.lastIndex = at
    const match = token.exec(query)
    if (!match) break
    at = token.lastIndex
    const { range, name, brace } = match.groups ?? {}
    const rest = query.slice(at)
    if (range !== undefined) {
      const [span = ''] = range.slice(1, -1).split(':')
      const ms = durationMs(span.trim().replace(/(\d+)w/g, (_, weeks: string) => `${Number(weeks) * 7}d`)) ?? 0
      if (range.includes(':')) longestSubquery = Math.max(longestSubquery, ms)
      else longestRange = Math.max(longestRange, ms)
    } else if (name !== undefined) {
      const word = name.toLowerCase()
      if (listed.has(word)) at += labelList.exec(rest)?.[0].length ?? 0
      else if (!words.has(word) && !call.test(rest) && !aggregation.test(rest)) {
        const matchers = bracesAt(query, at)
        selectors.add(name + matchers)
        at += matchers.length
      }
    } else if (brace !== undefined) {
      const matchers = bracesAt(query, at - 1)
      selectors.add(matchers)
      at += Math.max(0, matchers.length - 1)
    }
  }
  return { selectors: [...selectors], reachMs: longestRange + longestSubquery }
}

/** The matchers that begin here, after white space perhaps; braces within their strings do not count. */
const bracesAt = (query: string, at: number): string =>
  /^\s*\{(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[^}"'`])*\}/.exec(query.slice(at))?.[0] ?? ''
