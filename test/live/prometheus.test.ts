import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prometheus } from '../../src/adapters/monitor/prometheus/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { monitorContract } from '../contract/monitor/monitor-contract.ts'
import { startProgram } from './program.ts'

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })

/** Debian's Prometheus (`apt-get install prometheus`), on a free port of this machine. */
monitorContract('Prometheus adapter on Prometheus', async (exporter) => {
  const folder = mkdtempSync(join(tmpdir(), 'astern-prometheus-'))
  const file = join(folder, 'prometheus.yml')
  writeFileSync(
    file,
    `global: { scrape_interval: 200ms, scrape_timeout: 200ms }
scrape_configs:
  - { job_name: shop, static_configs: [{ targets: ['${exporter.address}'] }] }
`,
  )
  const program = await startProgram('prometheus', (address) => [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ])
  return {
    open: () => prometheus.open(prometheus.config.parse({ url: program.url }), platform),
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
