import { isWire, objects, type Wire } from '../store/wire.ts'
import type { CardTemplate } from './template.ts'

/** What one person's view of a card is made of. */
export interface Sight {
  readonly template: CardTemplate
  readonly data: Readonly<Record<string, string>>
  readonly privateData: Readonly<Record<string, string>>
  /** What the person typed and did not send: local variables. */
  readonly local: Readonly<Record<string, string>>
}

/**
 * A variable as the person sees it: local, computed, or from the card's data. A private one takes the person's own value where that is
 * not empty, as DingTalk's clients do; what is not declared private never does.
 */
export function variableOf(sight: Sight, name: string, depth = 0): string {
  const { id, variables, expressions, locals } = sight.template
  if (depth > 8) throw new RangeError(`card template ${id}: ${name} is computed from itself`)
  const expression = expressions.get(name)
  if (expression !== undefined) return compute(sight, expression, depth + 1)
  if (locals.has(name)) return sight.local[name] ?? ''
  const declared = variables.get(name)
  if (!declared) throw new RangeError(`card template ${id} uses ${name} and does not declare it`)
  return (declared.isPrivate && sight.privateData[name]) || (sight.data[name] ?? '')
}

/** A property of the card builder as text: fixed, `${variable}` inside a text, or a whole variable. */
export function textOf(sight: Sight, given: unknown): string {
  if (typeof given === 'string') return fill(sight, given)
  if (!isWire(given)) return ''
  if (given.valueType === 'variable' || given.type === 'variableValue')
    return variableOf(sight, String(given.variable ?? ''))
  if (typeof given.content === 'string') return fill(sight, given.content)
  return given.value === undefined ? '' : fill(sight, String(given.value))
}

/** Whether a component or button is shown: `visible` with a fixed value, a variable, or conditions. */
export function isVisible(sight: Sight, props: Wire): boolean {
  const { visible } = props
  if (!isWire(visible)) return true
  if (visible.valueType === 'condition' && isWire(visible.condition)) return holds(sight, visible.condition)
  if (visible.valueType === 'variable') return isTrue(variableOf(sight, String(visible.variable ?? '')))
  return visible.value !== false
}

function holds(sight: Sight, condition: Wire): boolean {
  const each = objects(condition.conditions).map((one) => (one.conditions ? holds(sight, one) : compare(sight, one)))
  return condition.op === 'or' ? each.some(Boolean) : each.every(Boolean)
}

function compare(sight: Sight, one: Wire): boolean {
  const left = variableOf(sight, String(one.variable ?? ''))
  const right =
    one.valueType === 'variable'
      ? variableOf(sight, String(one.valueVariable ?? one.value ?? ''))
      : String(one.value ?? '')
  switch (one.op) {
    case 'equal':
      return left === right
    case 'notEqual':
      return left !== right
    case 'isTrue':
      return isTrue(left)
    case 'isFalse':
      return !isTrue(left)
    case 'isEmpty':
      return left === ''
    case 'isNotEmpty':
    case 'notEmpty':
      return left !== ''
    default:
      throw new RangeError(`card template ${sight.template.id}: condition ${String(one.op)} is not known`)
  }
}

/** Booleans travel as the texts `true` and `false`. */
function isTrue(value: string): boolean {
  return value !== '' && value !== 'false'
}

function fill(sight: Sight, text: string): string {
  return text.replace(/\$\{([\w.]+)\}/g, (_whole, name: string) => variableOf(sight, name))
}

/** `x ? a : b`, `'text'`, or a variable: the little of the builder's expressions that templates here need. */
function compute(sight: Sight, expression: string, depth: number): string {
  const choice = /^([^?]+)\?([^:]+):(.+)$/.exec(expression)
  if (choice) {
    const [, asked = '', yes = '', no = ''] = choice
    return compute(sight, isTrue(compute(sight, asked, depth)) ? yes : no, depth)
  }
  const quoted = /^\s*'([^']*)'\s*$/.exec(expression)
  return quoted ? (quoted[1] ?? '') : variableOf(sight, expression.trim(), depth)
}
