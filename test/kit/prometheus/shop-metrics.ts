import { type PlaygroundPrometheus, startPrometheus } from '../../../src/playground/prometheus/index.ts'
import { type Exporter, startExporter } from './exporter.ts'

/** Counts answers in each region, some of them 5xx while that region burns, and a Prometheus that scrapes them. */
export interface ShopMetrics {
  readonly url: string
  /** The share of 5xx in a region from now on, asked each time anew. */
  burn(share: (region: string) => number): void
  /** Nothing is counted any more, but what was is still shown. */
  freeze(): void
  /** The exporter is gone. */
  vanish(): void
  stop(): Promise<void>
}

const everyMs = 50
const perTick = 20

/** `now`: by whose clock samples are taken, in Unix milliseconds; `scrapeMs` is of real time. */
export async function shopMetrics(
  regions: readonly string[],
  { now = Date.now, scrapeMs = 100 }: { readonly now?: () => number; readonly scrapeMs?: number } = {},
): Promise<ShopMetrics> {
  const exporter: Exporter = await startExporter()
  const server: PlaygroundPrometheus = await startPrometheus({ now, everyMs: scrapeMs })
  const remove = server.add({ url: exporter.url, labels: { job: 'shop' } })
  const counts = new Map(regions.map((region) => [region, { good: 0, bad: 0 }]))
  let shareOf: (region: string) => number = () => 0
  const tick = () => {
    for (const [region, count] of counts) {
      const bad = Math.round(perTick * shareOf(region))
      count.bad += bad
      count.good += perTick - bad
    }
    exporter.show(
      ...[...counts].flatMap(([region, { good, bad }]) => [
        `http_requests_total{region="${region}",code="200"} ${good}`,
        `http_requests_total{region="${region}",code="500"} ${bad}`,
        `http_error_ratio{region="${region}"} ${shareOf(region)}`,
      ]),
    )
  }
  const ticking = setInterval(tick, everyMs)
  return {
    url: server.url,
    burn(share) {
      shareOf = share
    },
    freeze: () => clearInterval(ticking),
    vanish() {
      clearInterval(ticking)
      remove()
    },
    async stop() {
      clearInterval(ticking)
      await server.close()
      await exporter.stop()
    },
  }
}
