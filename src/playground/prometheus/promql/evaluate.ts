import type { Labels } from '../exposition.ts'
import { type Store, type Stored, signatureOf } from '../store.ts'
import { binary } from './binary.ts'
import { type Bucket, quantileOf } from './quantile.ts'
import { increase } from './rate.ts'
import { Refusal } from './refusal.ts'
import type { Aggregation, Expression, Matcher, Selector } from './tree.ts'
import { type Element, unnamed, type Value, vector } from './value.ts'

/** Evaluates one expression at as many instants as are asked for; its series are looked up once. */
export class Evaluation {
  readonly #expression: Expression
  readonly #store: Store
  readonly #chosen = new Map<Selector, readonly Stored[]>()

  constructor(expression: Expression, store: Store) {
    this.#expression = expression
    this.#store = store
  }

  at(atMs: number): Value {
    return this.#value(this.#expression, atMs)
  }

  #value(of: Expression, atMs: number): Value {
    switch (of.kind) {
      case 'number':
        return { kind: 'scalar', value: of.value }
      case 'selector':
        return vector(this.#series(of).flatMap((one) => elementOf(one.labels, one.at(atMs)?.value)))
      case 'increase':
        return vector(
          this.#series(of.of).flatMap((one) => {
            const from = atMs - of.rangeMs
            const grown = increase(one.between(from, atMs), from, atMs, of.perSecond)
            return elementOf(unnamed(one.labels), grown ?? undefined)
          }),
        )
      case 'timestamp':
        return this.#timestamps(of.of, atMs)
      case 'vector':
        return vector([{ labels: {}, value: this.#scalar(of.of, atMs) }])
      case 'quantile':
        return vector(quantiles(this.#scalar(of.share, atMs), this.#elements(of.of, atMs)))
      case 'aggregate':
        return vector(aggregate(of.how, of.by, this.#elements(of.of, atMs)))
      case 'binary':
        return binary(of.sign, this.#value(of.left, atMs), this.#value(of.right, atMs))
    }
  }

  /** Of a selector, when its sample was taken; of anything else, when it was asked. */
  #timestamps(of: Expression, atMs: number): Value {
    if (of.kind !== 'selector')
      return vector(this.#elements(of, atMs).map(({ labels }) => ({ labels: unnamed(labels), value: atMs / 1000 })))
    return vector(
      this.#series(of).flatMap((one) => {
        const sample = one.at(atMs)
        return elementOf(unnamed(one.labels), sample ? sample.atMs / 1000 : undefined)
      }),
    )
  }

  #elements(of: Expression, atMs: number): readonly Element[] {
    const value = this.#value(of, atMs)
    if (value.kind === 'vector') return value.elements
    throw new Refusal('bad_data', 'invalid parameter "query": parse error: expected type instant vector, got scalar')
  }

  #scalar(of: Expression, atMs: number): number {
    const value = this.#value(of, atMs)
    if (value.kind === 'scalar') return value.value
    throw new Refusal('bad_data', 'invalid parameter "query": parse error: expected type scalar, got instant vector')
  }

  #series(of: Selector): readonly Stored[] {
    const known = this.#chosen.get(of)
    if (known) return known
    const tests = of.matchers.map(testOf)
    const chosen = [...this.#store.all()].filter(({ labels }) => tests.every((test) => test(labels)))
    this.#chosen.set(of, chosen)
    return chosen
  }
}

const elementOf = (labels: Labels, value: number | undefined): Element[] =>
  value === undefined ? [] : [{ labels, value }]

/** A label that a series does not have is empty; patterns match from end to end. */
function testOf({ label, sign, value }: Matcher): (labels: Labels) => boolean {
  if (sign === '=' || sign === '!=') return (labels) => ((labels[label] ?? '') === value) === (sign === '=')
  const pattern = new RegExp(`^(?:${value})$`, 's')
  return (labels) => pattern.test(labels[label] ?? '') === (sign === '=~')
}

function grouped(elements: readonly Element[], labelsOf: (labels: Labels) => Labels) {
  const groups = new Map<string, { labels: Labels; members: Element[] }>()
  for (const element of elements) {
    const labels = labelsOf(element.labels)
    const key = signatureOf(labels)
    const group = groups.get(key) ?? { labels, members: [] }
    group.members.push(element)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

const folds: Readonly<Record<Aggregation, (values: readonly number[]) => number>> = {
  sum,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  avg: (values) => sum(values) / values.length,
  count: (values) => values.length,
}

const aggregate = (how: Aggregation, by: readonly string[], elements: readonly Element[]): Element[] =>
  grouped(elements, (labels) =>
    Object.fromEntries(by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]]))),
  ).map(({ labels, members }) => ({ labels, value: folds[how](members.map(({ value }) => value)) }))

const quantiles = (share: number, elements: readonly Element[]): Element[] =>
  grouped(
    elements.filter(({ labels }) => labels.le !== undefined),
    ({ le: _, ...labels }) => unnamed(labels),
  ).map(({ labels, members }) => {
    const buckets = members.map(({ labels: { le = '' }, value }): Bucket => {
      return { atMost: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le), count: value }
    })
    return { labels, value: quantileOf(share, buckets) }
  })
