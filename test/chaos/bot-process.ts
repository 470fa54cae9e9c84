import { appendFileSync } from 'node:fs'
import { adapters } from '../../src/adapters/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { systemLog } from '../../src/adapters/system/log.ts'
import { reloadable } from '../../src/config/live.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { type Bot, startBot } from '../../src/main/bot.ts'
import { fastClock } from './fast-clock.ts'
import { Points } from './points.ts'
import { wrappedAdapters, wrappedLedger } from './wrapped.ts'

/** What the parent says to begin. Run as a process of its own: the whole bot, put together as main does it. */
export interface Order {
  readonly ledgerFile: string
  readonly logFile: string
  readonly config: string
  readonly secrets: Readonly<Record<string, string>>
  /** The point to die at; null: none. */
  readonly killAt: string | null
  readonly speed: number
  readonly sinceMs: number
}

export type Question = { readonly order: Order } | 'quiet?' | 'points?' | 'stop'
export type Answer =
  | { readonly ready: true }
  /** What is still to be said or carried out. */
  | { readonly open: number }
  | { readonly points: readonly string[] }

const tell = (answer: Answer) => process.send?.(answer)

async function start(order: Order, points: Points): Promise<Bot> {
  const clock = fastClock(order.speed, order.sinceMs)
  const real = systemPlatform({ log: { level: 'debug', format: 'json', write: () => undefined } })
  const write = (line: string) => appendFileSync(order.logFile, line)
  const platform = { ...real, clock, log: systemLog(clock, { level: 'debug', format: 'json', write }) }
  const load = () =>
    loadConfig('chaos.yaml', {
      adapters: wrappedAdapters(adapters, points),
      readFile: async () => order.config,
      readSecret: (source) => ('env' in source ? (order.secrets[source.env] ?? null) : null),
    })
  const loaded = await load()
  if (!loaded.ok) throw new TypeError(loaded.problems.map(problemText).join('\n'))
  const live = reloadable(loaded.config, load)
  const open = (options: Parameters<typeof wrappedLedger>[0]) => wrappedLedger(options, points)
  return startBot({ live, platform, ledgerFile: order.ledgerFile, host: '127.0.0.1', port: 0, open })
}

let bot: Bot | null = null
let points = new Points(null)
process.on('message', async (question: Question) => {
  if (question === 'points?') tell({ points: points.passed })
  else if (question === 'stop') {
    await bot?.close()
    process.disconnect?.()
  } else if (question === 'quiet?') {
    if (!bot) return
    const { store, ledger, desk } = bot.world
    const events = await ledger.read(0, 10_000, ['delivery.received', 'delivery.handled'])
    const unanswered = events.filter(({ event }) => event.type === 'delivery.received').length * 2 - events.length
    const { position } = await ledger.head()
    const behind = store.outbox.cursor() < position ? 1 : 0
    tell({ open: unanswered + store.outbox.due(100).length + behind + desk.unfinished().length })
  } else {
    points = new Points(question.order.killAt)
    bot = await start(question.order, points)
    tell({ ready: true })
  }
})
