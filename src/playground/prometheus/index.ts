import { loopback } from '../loopback.ts'
import { answer } from './api.ts'
import { type AlertingRule, type Fired, Rules } from './rules.ts'
import { Scraper, type Target } from './scrape.ts'
import { Store } from './store.ts'

export type { Target } from './scrape.ts'

export interface PrometheusOptions {
  /** Unix milliseconds. */
  readonly now: () => number
  readonly everyMs: number
}

/** A small Prometheus: scrapes what it is told to, keeps a good hour in memory, and answers the bot's queries. */
export interface PlaygroundPrometheus {
  readonly url: string
  readonly everyMs: number
  /** Scraped from now on; returns how to end that. */
  add(target: Target): () => void
  /** Evaluates these rules from now on, and tells after each round what fires and what has just ended. */
  watch(rules: readonly AlertingRule[], tell: (alerts: readonly Fired[]) => void): void
  close(): Promise<void>
}

/** The hour before a release, and the incident after it. */
const keepMs = 2 * 3_600_000

export async function startPrometheus({ now, everyMs }: PrometheusOptions): Promise<PlaygroundPrometheus> {
  const store = new Store(keepMs)
  const scraper = new Scraper({ store, now, everyMs })
  const server = await loopback((request, response) => {
    answer(store, now(), request, response).catch((failure: unknown) => {
      process.emitWarning(failure instanceof Error ? failure : String(failure))
      response.destroy()
    })
  })
  const watching: Rules[] = []
  return {
    url: server.url,
    everyMs,
    add: (target) => scraper.add(target),
    watch: (rules, tell) => void watching.push(new Rules({ store, rules, url: server.url, now, everyMs, tell })),
    close: async () => {
      for (const rules of watching) rules.close()
      scraper.close()
      await server.close()
    },
  }
}
