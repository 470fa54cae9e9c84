import { signatureOf } from '../store.ts'
import { Refusal } from './refusal.ts'
import type { Arithmetic, Comparison } from './tree.ts'
import { type Element, unnamed, type Value, vector } from './value.ts'

const arithmetic: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

const comparison: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
}

const isComparison = (sign: string): sign is Comparison => sign in comparison

/** Vectors match one to one on all labels but the name; a comparison keeps the elements for which it is true. */
export function binary(sign: Comparison | Arithmetic | 'or', left: Value, right: Value): Value {
  if (sign === 'or') return either(left, right)
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (isComparison(sign)) throw new Refusal('bad_data', 'comparisons between scalars must use BOOL modifier')
    return { kind: 'scalar', value: arithmetic[sign](left.value, right.value) }
  }
  const pairs = pairsOf(left, right)
  if (isComparison(sign))
    return vector(
      pairs
        .filter(({ a, b }) => comparison[sign](a, b))
        .map(({ a, b, element }) => ({
          labels: element.labels,
          value: left.kind === 'scalar' ? b : a,
        })),
    )
  return vector(pairs.map(({ a, b, element }) => ({ labels: unnamed(element.labels), value: arithmetic[sign](a, b) })))
}

function pairsOf(left: Value, right: Value): { a: number; b: number; element: Element }[] {
  if (left.kind === 'scalar')
    return right.kind === 'scalar'
      ? []
      : right.elements.map((element) => ({ a: left.value, b: element.value, element }))
  if (right.kind === 'scalar') return left.elements.map((element) => ({ a: element.value, b: right.value, element }))
  const others = keyed(right.elements, 'right')
  return [...keyed(left.elements, 'left')].flatMap(([key, element]) => {
    const other = others.get(key)
    return other ? [{ a: element.value, b: other.value, element }] : []
  })
}

function keyed(elements: readonly Element[], side: string): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>()
  for (const element of elements) {
    const key = signatureOf(unnamed(element.labels))
    if (found.has(key))
      throw new Refusal(
        'execution',
        `found duplicate series for the match group on the ${side} hand-side of the operation: many-to-many matching not allowed: matching labels must be unique on one side`,
      )
    found.set(key, element)
  }
  return found
}

function either(left: Value, right: Value): Value {
  if (left.kind === 'scalar' || right.kind === 'scalar')
    throw new Refusal('bad_data', 'set operator "or" not allowed in binary scalar expression')
  const has = new Set(left.elements.map(({ labels }) => signatureOf(unnamed(labels))))
  return vector([...left.elements, ...right.elements.filter(({ labels }) => !has.has(signatureOf(unnamed(labels))))])
}
