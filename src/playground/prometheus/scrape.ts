import { Agent, get } from 'node:http'
import { type Labels, parseExposition } from './exposition.ts'
import { type Store, type Stored, signatureOf } from './store.ts'

/** Something that shows metrics under an address. */
export interface Target {
  readonly url: string
  /** `job` and what else its series are to carry. */
  readonly labels: Labels
}

const largestBytes = 2 ** 20

/** Asks every target for its metrics, again and again. */
export class Scraper {
  readonly #store: Store
  readonly #now: () => number
  readonly #everyMs: number
  readonly #targets = new Map<Target, Map<string, Stored>>()
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 })
  #timer: NodeJS.Timeout | undefined

  constructor(of: { readonly store: Store; readonly now: () => number; readonly everyMs: number }) {
    this.#store = of.store
    this.#now = of.now
    this.#everyMs = of.everyMs
  }

  /** Scrapes it from now on; returns how to end that. Its series end with it. */
  add(target: Target): () => void {
    this.#targets.set(target, new Map())
    this.#timer ??= setInterval(() => this.#round(), this.#everyMs).unref()
    void this.#scrape(target)
    return () => {
      const seen = this.#targets.get(target)
      this.#targets.delete(target)
      if (seen) this.#end(seen, this.#now())
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#targets.clear()
    this.#agent.destroy()
  }

  #round(): void {
    this.#store.forget(this.#now())
    for (const target of this.#targets.keys()) void this.#scrape(target)
  }

  /** A scrape that fails ends the target's series, so that nobody takes the last values for new ones. */
  async #scrape(target: Target): Promise<void> {
    const atMs = this.#now()
    const instance = new URL(target.url).host
    const read = await this.#read(target.url)
      .then(parseExposition)
      .catch(() => null)
    const before = this.#targets.get(target)
    if (!before) return
    const seen = new Map<string, Stored>()
    const keep = (name: string, labels: Labels, value: number): void => {
      const series = this.#store.series({ ...labels, ...target.labels, instance, __name__: name })
      series.append(atMs, value)
      seen.set(signatureOf(series.labels), series)
    }
    for (const { name, labels, value } of read ?? []) keep(name, labels, value)
    keep('up', {}, read ? 1 : 0)
    this.#end(new Map([...before].filter(([key]) => !seen.has(key))), atMs)
    this.#targets.set(target, seen)
  }

  #end(series: ReadonlyMap<string, Stored>, atMs: number): void {
    for (const one of series.values()) one.append(atMs, Number.NaN)
  }

  #read(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = get(url, { agent: this.#agent, timeout: Math.max(1000, this.#everyMs) }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
          if (text.length > largestBytes) asked.destroy(new Error('too much'))
        })
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`HTTP ${response.statusCode}`)),
        )
        response.on('error', reject)
      })
      asked.on('timeout', () => asked.destroy(new Error('late')))
      asked.on('error', reject)
    })
  }
}
