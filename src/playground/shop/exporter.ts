/** https://prometheus.io/docs/practices/histograms/: from a quick answer to one nobody waits for. */
const bounds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const

type Labels = Readonly<Record<string, string>>

/** Counts answers by status and how long they took, for Prometheus to scrape. */
export class Exporter {
  readonly #labels: string
  /** These begin at zero: a series that is not there until it counts cannot be told from one that nobody measures. */
  readonly #codes = new Map<number, number>([
    [200, 0],
    [500, 0],
  ])
  readonly #buckets: number[] = bounds.map(() => 0)
  #count = 0
  #seconds = 0

  constructor(labels: Labels) {
    this.#labels = Object.entries(labels)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(',')
  }

  record(status: number, tookMs: number): void {
    const seconds = tookMs / 1000
    this.#codes.set(status, (this.#codes.get(status) ?? 0) + 1)
    for (const [at, bound] of bounds.entries()) if (seconds <= bound) this.#buckets[at] = (this.#buckets[at] ?? 0) + 1
    this.#count += 1
    this.#seconds += seconds
  }

  /** The text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    const labels = this.#labels
    const took = 'http_request_duration_seconds'
    return [
      '# HELP http_requests_total Answers by status.',
      '# TYPE http_requests_total counter',
      ...[...this.#codes].map(([code, count]) => `http_requests_total{${labels},code="${code}"} ${count}`),
      `# HELP ${took} How long answers took.`,
      `# TYPE ${took} histogram`,
      ...bounds.map((bound, at) => `${took}_bucket{${labels},le="${bound}"} ${this.#buckets[at]}`),
      `${took}_bucket{${labels},le="+Inf"} ${this.#count}`,
      `${took}_sum{${labels}} ${this.#seconds}`,
      `${took}_count{${labels}} ${this.#count}`,
      '',
    ].join('\n')
  }
}

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'
