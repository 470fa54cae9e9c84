import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { startSlack } from '../../src/playground/slack/index.ts'
import { incidentsWrites } from '../kit/history.ts'
import { stageConfig, stageEnv } from '../kit/stage-config.ts'
import { clusterToken, deployment, workspaceSetup } from '../kit/stage-world.ts'
import { inFolder, run, runBot } from './process.ts'
import { compared, type Measure } from './row.ts'

const events = Number(process.env.EVENTS ?? 1_000_000)
const rounds = 5
const idleMs = 3_000

const context = {
  at: '2026-03-02T09:00:00Z',
  actor: { kind: 'person', person: 'mei', account: { chat: 'slack', tenant: 'T1', user: 'U-MEI' } },
  config: 'c0ffee',
} as const

/** A ledger after years of incidents: as many events as asked for, at least. */
async function lived(file: string): Promise<number> {
  const { clock, chance, log } = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
  const opened = await openLedger({ file, clock, chance, log, templateKey: new Uint8Array(32) })
  let position = 0
  for (let number = 1; position < events; number += 50) {
    const writes = Array.from({ length: 50 }, (_, index) => incidentsWrites(number + index)).flat()
    await Promise.all(writes.map((write) => opened.ledger.append([write], context)))
    position = (await opened.ledger.head()).position
  }
  opened.store.outbox.want([], position)
  await opened.close()
  return position
}

/** Restart with a long history, cold start and idle memory: of whole processes, until the chat is connected. */
export const start: Measure = (say) =>
  inFolder(async (folder) => {
    const slack = await startSlack(workspaceSetup)
    const clusters = {
      'eu-1': await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 }),
      'us-1': await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 }),
    }
    for (const cluster of Object.values(clusters)) await deployment(cluster, 'v1.7.3')
    const given = { folder, config: stageConfig(slack.url, {}), env: stageEnv(clusters) }
    const bot = (ledger: string) => runBot({ ...given, ledger: join(folder, ledger) })
    try {
      const position = await lived(join(folder, 'long', 'ledger.db'))
      const first = await bot('long/ledger.db')
      say(`first start with ${position} events and no copy of the desk: ${first.readyMs.toFixed(0)} ms`)
      await delay(idleMs)
      await first.stop()
      const warm = await bot('short/ledger.db')
      await delay(idleMs)
      await warm.stop()
      const times = { long: [] as number[], killed: [] as number[], short: [] as number[], imports: [] as number[] }
      const rss = { bot: [] as number[], imports: [] as number[], long: [] as number[] }
      for (let round = 0; round < rounds; round++) {
        const imports = await run(['test/bench/only-imports.ts'], 'imported')
        times.imports.push(imports.readyMs)
        const short = await bot('short/ledger.db')
        times.short.push(short.readyMs)
        await delay(idleMs)
        rss.bot.push(short.rss())
        rss.imports.push(imports.rss())
        await Promise.all([imports.stop('SIGKILL'), short.stop()])
        const long = await bot('long/ledger.db')
        times.long.push(long.readyMs)
        await delay(idleMs)
        rss.long.push(long.rss())
        await long.stop(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
      }
      const megabytes = (bytes: readonly number[]) => bytes.map((one) => one / 2 ** 20)
      return [
        compared({
          name: `restart to ready, ${position} events`,
          unit: 'ms',
          ours: times.long,
          theirs: times.short,
          beside: 'a ledger with a handful',
          atMost: 2,
        }),
        compared({
          name: 'cold start, until the chat is connected',
          unit: 'ms',
          ours: times.short,
          theirs: times.imports,
          beside: 'a process that only imports the same packages',
          atMost: 1.5,
        }),
        compared({
          name: 'idle memory',
          unit: 'MB',
          ours: megabytes(rss.bot),
          theirs: megabytes(rss.imports),
          beside: 'a process that only imports the same packages',
          atMost: 1.5,
        }),
        compared({
          name: `idle memory, ${position} events`,
          unit: 'MB',
          ours: megabytes(rss.long),
          theirs: megabytes(rss.imports),
          beside: 'the same',
          atMost: 3,
        }),
      ]
    } finally {
      await slack.close()
      for (const cluster of Object.values(clusters)) await cluster.close()
    }
  })
