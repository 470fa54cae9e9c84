import { prometheus } from '../../../src/adapters/monitor/prometheus/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { startPrometheus } from '../../../src/playground/prometheus/index.ts'
import { monitorContract } from './monitor-contract.ts'

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })

monitorContract("Prometheus adapter on the playground's server", async (exporter) => {
  const server = await startPrometheus({ now: Date.now, everyMs: 200 })
  server.add({ url: exporter.url, labels: { job: 'shop' } })
  return {
    open: () => prometheus.open(prometheus.config.parse({ url: server.url }), platform),
    stop: () => server.close(),
  }
})
