import { durationMs, lex, refusal, type Token } from './lex.ts'
import {
  type Aggregation,
  aggregations,
  type Comparison,
  type Expression,
  type Matcher,
  type Selector,
} from './tree.ts'

const comparisons: readonly string[] = ['==', '!=', '>', '<', '>=', '<=']
const matching: readonly string[] = ['=', '!=', '=~', '!~']
const functions = ['rate', 'increase', 'timestamp', 'vector', 'histogram_quantile']

/** Reads the part of PromQL that the bot's queries are written in. Throws Refusal, worded as Prometheus words it. */
export const parse = (query: string): Expression => new Parser(query).whole()

class Parser {
  readonly #query: string
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(query: string) {
    this.#query = query
    this.#tokens = lex(query)
  }

  whole(): Expression {
    if (this.#peek().kind === 'end') throw this.#no('no expression found in input')
    const expression = this.#or()
    if (this.#peek().kind !== 'end') throw this.#no(`unexpected ${this.#told()}`)
    return expression
  }

  #or(): Expression {
    let left = this.#compared()
    while (this.#peek().text === 'or') {
      this.#take()
      left = { kind: 'binary', sign: 'or', left, right: this.#compared() }
    }
    return left
  }

  #compared(): Expression {
    let left = this.#sum()
    while (comparisons.includes(this.#peek().text)) {
      const { text, at } = this.#take()
      const right = this.#sum()
      if (left.kind === 'number' && right.kind === 'number')
        throw refusal(this.#query, at, 'comparisons between scalars must use BOOL modifier')
      left = { kind: 'binary', sign: text as Comparison, left, right }
    }
    return left
  }

  #sum(): Expression {
    let left = this.#product()
    for (let sign = this.#peek().text; sign === '+' || sign === '-'; sign = this.#peek().text) {
      this.#take()
      left = { kind: 'binary', sign, left, right: this.#product() }
    }
    return left
  }

  #product(): Expression {
    let left = this.#single()
    for (let sign = this.#peek().text; sign === '*' || sign === '/'; sign = this.#peek().text) {
      this.#take()
      left = { kind: 'binary', sign, left, right: this.#single() }
    }
    return left
  }

  #single(): Expression {
    const { kind, text } = this.#peek()
    if (kind === 'number') return { kind: 'number', value: Number(this.#take().text) }
    if (text === '(') {
      this.#take()
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    if (text === '{') return this.#instant(this.#selector())
    if (kind !== 'name') throw this.#no(`unexpected ${this.#told()}`)
    if (aggregations.some((name) => name === text)) return this.#aggregate(text as Aggregation)
    if (this.#tokens[this.#next + 1]?.text === '(') return this.#call()
    return this.#instant(this.#selector())
  }

  #aggregate(how: Aggregation): Expression {
    this.#take()
    let by = this.#by()
    this.#expect('(')
    const of = this.#or()
    this.#expect(')')
    by ??= this.#by()
    return { kind: 'aggregate', how, by: by ?? [], of }
  }

  #by(): string[] | null {
    if (this.#peek().text !== 'by') return null
    this.#take()
    this.#expect('(')
    const labels: string[] = []
    while (this.#peek().text !== ')') {
      if (this.#peek().kind !== 'name') throw this.#no(`unexpected ${this.#told()} in grouping opts, expected label`)
      labels.push(this.#take().text)
      if (this.#peek().text !== ')') this.#expect(',')
    }
    this.#expect(')')
    return labels
  }

  #call(): Expression {
    const { text } = this.#peek()
    if (!functions.includes(text)) throw this.#no(`unknown function with name ${JSON.stringify(text)}`)
    this.#take()
    this.#expect('(')
    const expression = this.#arguments(text)
    this.#expect(')')
    return expression
  }

  #arguments(name: string): Expression {
    if (name === 'rate' || name === 'increase') {
      const of = this.#selector()
      const rangeMs = this.#range()
      return { kind: 'increase', perSecond: name === 'rate', of, rangeMs }
    }
    const first = this.#or()
    if (name === 'timestamp') return { kind: 'timestamp', of: first }
    if (name === 'vector') return { kind: 'vector', of: first }
    this.#expect(',')
    return { kind: 'quantile', share: first, of: this.#or() }
  }

  #range(): number {
    if (this.#peek().text !== '[') throw this.#no('expected type range vector in call to function, got instant vector')
    this.#take()
    const ms = this.#peek().kind === 'duration' ? durationMs(this.#take().text) : 0
    if (ms <= 0) throw this.#no(`unexpected ${this.#told()} in range, expected duration`)
    this.#expect(']')
    return ms
  }

  /** A range is only for a function to take. */
  #instant(selector: Selector): Selector {
    if (this.#peek().text === '[') throw this.#no('expected type instant vector, got range vector')
    return selector
  }

  #selector(): Selector {
    const { kind, text } = this.#peek()
    const matchers: Matcher[] = []
    if (kind === 'name') matchers.push({ label: '__name__', sign: '=', value: this.#take().text })
    else if (text !== '{') throw this.#no(`unexpected ${this.#told()}, expected a vector selector`)
    if (this.#peek().text === '{') {
      this.#take()
      while (this.#peek().text !== '}') {
        matchers.push(this.#matcher())
        if (this.#peek().text !== '}') this.#expect(',')
      }
      this.#take()
    }
    if (matchers.every(({ sign, value }) => value === '' || sign === '!=' || sign === '!~'))
      throw this.#no('vector selector must contain at least one non-empty matcher')
    return { kind: 'selector', matchers }
  }

  #matcher(): Matcher {
    const label = this.#take()
    if (label.kind !== 'name')
      throw refusal(this.#query, label.at, `unexpected ${JSON.stringify(label.text)} in label matching`)
    const sign = this.#take()
    if (!matching.includes(sign.text))
      throw refusal(this.#query, sign.at, `unexpected ${JSON.stringify(sign.text)} in label matching`)
    const value = this.#take()
    if (value.kind !== 'string')
      throw refusal(this.#query, value.at, 'unexpected value in label matching, expected string')
    const text = unquoted(value.text)
    if (sign.text.endsWith('~') && !isPattern(text))
      throw refusal(this.#query, value.at, `error parsing regexp: ${JSON.stringify(text)}`)
    return { label: label.text, sign: sign.text as Matcher['sign'], value: text }
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#query.length }
  }

  #take(): Token {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  #expect(text: string): void {
    if (this.#peek().text !== text) throw this.#no(`unexpected ${this.#told()}, expected ${JSON.stringify(text)}`)
    this.#take()
  }

  #told(): string {
    const { kind, text } = this.#peek()
    return kind === 'end' ? 'end of input' : JSON.stringify(text)
  }

  #no(why: string): Error {
    return refusal(this.#query, this.#peek().at, why)
  }
}

function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  return text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch (cause) {
    if (cause instanceof SyntaxError) return false
    throw cause
  }
}
