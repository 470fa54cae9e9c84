import { appendFileSync } from 'node:fs'
import { adapters } from '../../src/adapters/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { systemLog } from '../../src/adapters/system/log.ts'
import { reloadable } from '../../src/config/live.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { deliveryEvents } from '../../src/core/delivery/events.ts'
import type { EventType, Recorded } from '../../src/core/event.ts'
import { type Bot, startBot } from '../../src/main/bot.ts'
import { fastClock } from '../kit/fast-clock.ts'
import type { Points } from './points.ts'
import { wrappedAdapters, wrappedLedger } from './wrapped.ts'

/** What it takes to begin: the bot can be begun anew with the same order. */
export interface Order {
  readonly ledgerFile: string
  readonly logFile: string
  readonly config: string
  readonly secrets: Readonly<Record<string, string>>
  /** The point to die at; null: none. */
  readonly killAt: string | null
  /** The points are not kept: it is going to be a long life. */
  readonly long?: true
  /** How late connections open, by the bot's own clock: what was left may be looked at before. */
  readonly opensAfterMs: number
  readonly speed: number
  readonly sinceMs: number
}

/** The whole bot, put together as main does it, of parts that pass points. */
export async function compose(
  order: Order,
  points: Points,
  clock = fastClock(order.speed, order.sinceMs),
): Promise<Bot> {
  const log = { level: 'debug', format: 'json', write: () => undefined } as const
  const real = systemPlatform({ log, headTimeoutMs: 30_000 / order.speed })
  let closed = false
  const write = (line: string) => {
    if (closed) process.stderr.write(`logged after it was closed: ${line}`)
    else appendFileSync(order.logFile, line)
  }
  const platform = { ...real, clock, log: systemLog(clock, { level: 'debug', format: 'json', write }) }
  const load = () =>
    loadConfig('chaos.yaml', {
      adapters: wrappedAdapters(adapters, points, order.opensAfterMs),
      readFile: async () => order.config,
      readSecret: (source) => ('env' in source ? (order.secrets[source.env] ?? null) : null),
    })
  const loaded = await load()
  if (!loaded.ok) throw new TypeError(loaded.problems.map(problemText).join('\n'))
  const live = reloadable(loaded.config, load)
  const open = (options: Parameters<typeof wrappedLedger>[0]) => wrappedLedger(options, points)
  const bot = await startBot({ live, platform, ledgerFile: order.ledgerFile, host: '127.0.0.1', port: 0, open })
  return {
    ...bot,
    async close() {
      await bot.close()
      closed = true
    },
  }
}

/** Resolves when no delivery waits for its outcome. */
export async function handledAll({ world: { ledger } }: Bot): Promise<void> {
  for (let open = 1; open > 0; await new Promise((resolve) => setImmediate(resolve))) {
    const { position } = await ledger.head()
    const events = await ledger.read(Math.max(0, position - 60), 100, ['delivery.received', 'delivery.handled'])
    const last = events.findLast(({ event }) => event.type === 'delivery.received')
    const done = events.some(({ event }) => event.type === 'delivery.handled' && event.data.id === idOf(last))
    open = last && !done ? 1 : 0
  }
}

const idOf = (recorded: Recorded | undefined): string =>
  recorded?.event.type === 'delivery.received' ? recorded.event.data.id : ''

/** How many events of a type there are, in a ledger that is not large. */
export const countOf = async ({ world: { ledger } }: Bot, type: EventType): Promise<number> =>
  (await ledger.read(0, 10_000, [type])).length

/** How much is still to be carried out or said. */
export async function openOf({ world: { store, ledger, desk } }: Bot): Promise<number> {
  const events = await ledger.read(0, 10_000, ['delivery.received', 'delivery.handled'])
  const unanswered = events.filter(({ event }) => event.type === 'delivery.received').length * 2 - events.length
  const others = await ledger.read(store.outbox.cursor(), 1_000)
  const behind = others.some(({ event }) => !deliveryEvents.some((type) => type === event.type)) ? 1 : 0
  return unanswered + store.outbox.due(100).length + behind + desk.unfinished().length
}
