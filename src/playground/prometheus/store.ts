import type { Labels } from './exposition.ts'

/** How long after its last sample a series still has a value, as in Prometheus. */
export const lookbackMs = 300_000

/** Samples of one series in two flat arrays. A sample of NaN says that the series ended there. */
export class Stored {
  readonly labels: Labels
  #times = new Float64Array(64)
  #values = new Float64Array(64)
  #from = 0
  #to = 0

  constructor(labels: Labels) {
    this.labels = labels
  }

  get newestMs(): number {
    return this.#times[this.#to - 1] ?? 0
  }

  append(atMs: number, value: number): void {
    if (this.#to > this.#from && atMs <= this.newestMs) return
    if (this.#to === this.#times.length) this.#make()
    this.#times[this.#to] = atMs
    this.#values[this.#to] = value
    this.#to += 1
  }

  /** Forgets what is older. True when nothing is left. */
  forget(beforeMs: number): boolean {
    this.#from = this.#first(beforeMs)
    return this.#from === this.#to
  }

  /** The last sample at an instant, unless the series had ended or was silent for too long. */
  at(atMs: number): { readonly atMs: number; readonly value: number } | null {
    const index = this.#first(atMs + 0.5) - 1
    if (index < this.#from) return null
    const sample = { atMs: this.#times[index] ?? 0, value: this.#values[index] ?? Number.NaN }
    return sample.atMs < atMs - lookbackMs || Number.isNaN(sample.value) ? null : sample
  }

  /** Samples between two instants, both included. */
  between(fromMs: number, toMs: number): { readonly times: readonly number[]; readonly values: readonly number[] } {
    const times: number[] = []
    const values: number[] = []
    for (let index = this.#first(fromMs); index < this.#to; index += 1) {
      const at = this.#times[index] ?? 0
      const value = this.#values[index] ?? Number.NaN
      if (at > toMs) break
      if (Number.isNaN(value)) continue
      times.push(at)
      values.push(value)
    }
    return { times, values }
  }

  /** The first sample that is not before an instant, by halving. */
  #first(atMs: number): number {
    let [low, high] = [this.#from, this.#to]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#times[middle] ?? 0) < atMs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Room for more: what was forgotten is used again, else twice as much is taken. */
  #make(): void {
    const grown = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const next = this.#from > old.length / 2 ? new Float64Array(old.length) : new Float64Array(old.length * 2)
      next.set(old.subarray(this.#from, this.#to))
      return next
    }
    this.#times = grown(this.#times)
    this.#values = grown(this.#values)
    this.#to -= this.#from
    this.#from = 0
  }
}

/** Everything that was scraped in the last hour and a bit. */
export class Store {
  readonly #series = new Map<string, Stored>()
  readonly #keepMs: number
  #forgottenMs = 0

  constructor(keepMs: number) {
    this.#keepMs = keepMs
  }

  series(labels: Labels): Stored {
    const key = signatureOf(labels)
    const known = this.#series.get(key) ?? new Stored(labels)
    this.#series.set(key, known)
    return known
  }

  /** Every series, for a selector to choose from. */
  all(): Iterable<Stored> {
    return this.#series.values()
  }

  forget(nowMs: number): void {
    if (nowMs - this.#forgottenMs < 60_000) return
    this.#forgottenMs = nowMs
    for (const [key, series] of this.#series) if (series.forget(nowMs - this.#keepMs)) this.#series.delete(key)
  }
}

/** The same labels give the same text. */
export const signatureOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
