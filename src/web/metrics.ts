/** A label's value; numbers are written as they are. */
export type Labels = Readonly<Record<string, string | number>>

export interface Counter {
  /** Adds `by`, which is never negative. */
  add(by?: number, labels?: Labels): void
}

export interface Gauge {
  set(value: number, labels?: Labels): void
}

export interface Histogram {
  observe(value: number, labels?: Labels): void
}

interface Family {
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  lines(name: string): readonly string[]
}

/** What is measured, by name. Names begin with `astern_`, end in their unit, and counters in `_total`. */
export class Metrics {
  readonly #families = new Map<string, Family>()

  counter(name: string, help: string, labels: readonly string[] = []): Counter {
    if (!name.endsWith('_total')) throw new TypeError(`counter ${name} does not end in _total`)
    const series = new Series(labels, () => ({ value: 0 }))
    this.#add(name, labels, { help, type: 'counter', lines: (own) => series.map((of, at) => line(own, of, at.value)) })
    return {
      add(by = 1, of = {}) {
        if (!(by >= 0)) throw new RangeError(`counter ${name} cannot go down`)
        series.at(of).value += by
      },
    }
  }

  gauge(name: string, help: string, labels: readonly string[] = []): Gauge {
    const series = new Series(labels, () => ({ value: 0 }))
    this.#add(name, labels, { help, type: 'gauge', lines: (own) => series.map((of, at) => line(own, of, at.value)) })
    return {
      set(value, of = {}) {
        series.at(of).value = value
      },
    }
  }

  /** A gauge without labels that is read when somebody asks. */
  measured(name: string, help: string, read: () => number): void {
    this.#add(name, [], { help, type: 'gauge', lines: (own) => [line(own, [], read())] })
  }

  /** `bounds` are the inclusive upper bounds of the buckets, ascending, without the infinite one. */
  histogram(name: string, help: string, bounds: readonly number[], labels: readonly string[] = []): Histogram {
    if (bounds.length === 0 || bounds.some((bound, at) => !(bound > (bounds[at - 1] ?? Number.NEGATIVE_INFINITY))))
      throw new TypeError(`the bounds of ${name} do not ascend`)
    if (labels.includes('le')) throw new TypeError(`${name}: le is the histogram's own label`)
    const series = new Series(labels, () => ({ counts: bounds.map(() => 0), count: 0, sum: 0 }))
    const lines = (own: string) =>
      series.map((of, at) => [
        ...bounds.map((bound, index) => line(`${own}_bucket`, [...of, ['le', bound]], at.counts[index] ?? 0)),
        line(`${own}_bucket`, [...of, ['le', Number.POSITIVE_INFINITY]], at.count),
        line(`${own}_sum`, of, at.sum),
        line(`${own}_count`, of, at.count),
      ])
    this.#add(name, labels, { help, type: 'histogram', lines: (own) => lines(own).flat() })
    return {
      observe(value, of = {}) {
        const at = series.at(of)
        at.count += 1
        at.sum += value
        at.counts = at.counts.map((count, index) => (value <= (bounds[index] ?? 0) ? count + 1 : count))
      },
    }
  }

  /**
   * The text exposition format 0.0.4:
   * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
   */
  text(): string {
    return [...this.#families]
      .map(([name, { help, type, lines }]) =>
        [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`, ...lines(name), ''].join('\n'),
      )
      .join('')
  }

  #add(name: string, labels: readonly string[], family: Family): void {
    if (!/^astern_[a-z0-9_]*[a-z0-9]$/.test(name)) throw new TypeError(`${name} is no name for a metric of Astern's`)
    if (this.#families.has(name)) throw new TypeError(`metric ${name} is there already`)
    for (const label of labels)
      if (!/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) throw new TypeError(`${label} is no name for a label`)
    this.#families.set(name, family)
  }
}

type Pairs = readonly (readonly [string, string | number])[]

/** One metric's values by their labels. Without labels there is one value from the start. */
class Series<Value> {
  readonly #names: readonly string[]
  readonly #make: () => Value
  readonly #values = new Map<string, { readonly pairs: Pairs; readonly value: Value }>()

  constructor(names: readonly string[], make: () => Value) {
    this.#names = names
    this.#make = make
    if (names.length === 0) this.at({})
  }

  at(labels: Labels): Value {
    const pairs: Pairs = this.#names.map((name) => {
      const value = labels[name]
      if (value === undefined) throw new TypeError(`label ${name} is missing`)
      return [name, value]
    })
    if (Object.keys(labels).length !== pairs.length)
      throw new TypeError(`only ${this.#names.join(', ')} are labels here`)
    const key = JSON.stringify(pairs.map(([, value]) => String(value)))
    const known = this.#values.get(key) ?? { pairs, value: this.#make() }
    this.#values.set(key, known)
    return known.value
  }

  map<Result>(each: (labels: Pairs, value: Value) => Result): readonly Result[] {
    return [...this.#values.values()].map(({ pairs, value }) => each(pairs, value))
  }
}

function line(name: string, labels: Pairs, value: number): string {
  const inside = labels.map(([label, of]) => `${label}="${escaped(typeof of === 'number' ? number(of) : of, '"')}"`)
  return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${number(value)}`
}

const number = (value: number): string =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'

/** Backslash and line feed everywhere; the double quote only inside label values. */
const escaped = (text: string, quote = ''): string => {
  const once = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return quote ? once.replaceAll('"', '\\"') : once
}
