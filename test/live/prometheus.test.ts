import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prometheus } from '../../src/adapters/monitor/prometheus/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { monitorContract } from '../contract/monitor/monitor-contract.ts'
import { serveHttp } from '../kit/loopback.ts'
import { untilAsync } from '../kit/story.ts'

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
  const free = await serveHttp((_request, response) => response.end())
  await free.stop()
  const listen = `--web.listen-address=127.0.0.1:${free.port}`
  const server = spawn('prometheus', [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`, listen], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (part) => {
    said += String(part)
  })
  const ended = once(server, 'close')
  const open = () => prometheus.open(prometheus.config.parse({ url: free.url }), platform)
  await Promise.race([
    untilAsync(
      'Prometheus is ready',
      async () => {
        const [finding] = await open().doctor(new AbortController().signal)
        return finding?.state === 'works' ? true : undefined
      },
      30_000,
    ),
    ended.then(() => {
      throw new Error(`prometheus ended: ${said.slice(-2000)}`)
    }),
  ])
  return {
    open,
    async stop() {
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
