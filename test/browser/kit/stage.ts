import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { Fault } from '../../../src/core/fault.ts'
import { startBot } from '../../../src/main/bot.ts'
import { embeddedConfig } from '../../../src/main/embedded.ts'
import { type Playground, startPlayground } from '../../../src/playground/world.ts'

/** The playground and the bot on it, as `npm start` puts them together. */
export interface Stage {
  readonly url: string
  readonly playground: Playground
  close(): Promise<void>
}

const defaultSpeed = 4
const seed = 1

export interface StageOptions {
  readonly speed?: number
  /** What watches the shop tells the bot what burns there. */
  readonly alerts?: boolean
}

/** Pauses are shorter than for people who play; answers take as long as they take. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  for (let tries = 1; ; tries++)
    try {
      return await openStageAt(await freePort(), options)
    } catch (cause) {
      // Another test may have taken it in between.
      if (!(cause instanceof Fault) || cause.code !== 'web.port-taken' || tries === 3) throw cause
    }
}

async function openStageAt(port: number, { speed = defaultSpeed, alerts = false }: StageOptions): Promise<Stage> {
  const url = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'astern-browser-'))
  const playground = await startPlayground({ seed, speed, pace: speed, url })
  const bot = await startBot({
    live: await embeddedConfig(playground),
    platform: systemPlatform({ log: { level: 'error', format: 'json', write: (line) => process.stderr.write(line) } }),
    ledgerFile: join(folder, 'ledger.db'),
    host: '127.0.0.1',
    port,
    fallback: (request, response) => playground.handle(request, response),
  }).catch(async (cause: unknown) => {
    await playground.close()
    throw cause
  })
  if (alerts) playground.alertsTo(bot.url)
  return {
    url,
    playground,
    close: async () => {
      await bot.close()
      await playground.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A stage on which the bot is a process of its own, so that it can be killed while the page stays. */
export interface StageWithBotApart extends Stage {
  /** Ends the bot's process as a power cut would. */
  kill(): Promise<void>
  /** Starts it, on the ledger it had. */
  start(): void
}

export async function openStageWithBotApart({ speed = defaultSpeed } = {}): Promise<StageWithBotApart> {
  const folder = mkdtempSync(join(tmpdir(), 'astern-browser-'))
  const playground = await startPlayground({ seed, speed, pace: speed })
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (!playground.handle(request, response)) response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const config = join(folder, 'astern.yaml')
  writeFileSync(config, playground.config)
  let bot: ChildProcess | undefined
  const start = () => {
    bot = spawn(process.execPath, ['src/main.ts', 'start', '--config', config, '--ledger', join(folder, 'ledger.db')], {
      env: { PATH: process.env.PATH, ...playground.env, PORT: '0', LOG: 'error' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const kill = async () => {
    if (!bot || bot.exitCode !== null || bot.signalCode !== null) return
    const gone = once(bot, 'exit')
    bot.kill('SIGKILL')
    await gone
  }
  start()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    playground,
    start,
    kill,
    close: async () => {
      await kill()
      await playground.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The page's address stands in the bot's configuration before anything listens there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
