import { readFileSync } from 'node:fs'
import type { EventType } from '../../src/core/event.ts'
import { textOf } from '../kit/story.ts'
import type { Child, Nursery } from './child.ts'
import type { Cluster } from './clusters.ts'
import { wait } from './people.ts'
import { isHeard, type Scene, scene } from './scene.ts'
import { type Heard, rested, type Tale } from './tale.ts'
import { eventsOf } from './verdict.ts'

export interface Run {
  /** Every point that the last process passed. */
  readonly points: readonly string[]
  /** How many of the points to die at were reached. */
  readonly kills: number
  /** What is not as it must be. */
  readonly wrong: readonly string[]
  readonly tookMs: number
  /** Where something is wrong, the last lines of the bot's log, all that happened and what only one person saw. */
  readonly log: string
}

const withinMs = 120_000

/** A process that takes over what another left has its connections a little later than that. */
const reopenMs = 1_500

/** A whole story, with a bot that dies at these points, one process after the other, and is started again each time. */
export async function run(cluster: Cluster, nursery: Nursery, tale: Tale, killAt: readonly string[]): Promise<Run> {
  const startedMs = performance.now()
  const on = await scene(cluster, tale.scene)
  const bot = new Bot(on, nursery, killAt)
  try {
    const telling = tale.begin(on, bot)
    const told = async () => {
      await telling.tell()
      await wait(() => tale.isOver(on), withinMs)
      await rested(() => bot.child.open(), withinMs)
      return null
    }
    const problem = await Promise.race([
      told().catch((cause: unknown) => `${cause}`),
      bot.broken,
      new Promise<string>((resolve) => setTimeout(() => resolve('it did not come to rest'), withinMs).unref()),
    ])
    const points = await bot.child.points()
    await bot.stop()
    const wrong = [...(problem === null ? [] : [problem]), ...(await tale.verdict(on, telling.lost))]
    const log = wrong.length > 0 ? await tail(on) : ''
    return { points, kills: bot.kills, wrong, tookMs: performance.now() - startedMs, log }
  } finally {
    bot.child.kill()
    await on.close()
  }
}

/** What is needed to find out why: it may not come again. */
async function tail(on: Scene): Promise<string> {
  const events = (await eventsOf(on.ledgerFile)).map(({ position, at, event }) => {
    const { type } = event
    if (type === 'delivery.handled') return `${position} ${at} ${event.data.id}: ${event.data.outcome}`
    if (type === 'delivery.received') return `${position} ${at} ${event.data.id}: ${JSON.stringify(event.data.deed)}`
    return `${position} ${at} ${type}`
  })
  const answers = on.slack.world.ephemerals.map(
    ({ user, ts, blocks, text }) => `${ts} ${user}: ${textOf([blocks, text])}`,
  )
  return [...readFileSync(on.logFile, 'utf8').split('\n').slice(-60), ...events, ...answers].join('\n')
}

/** The process that runs, and after its death the next one. */
class Bot implements Heard {
  readonly #on: Scene
  readonly #nursery: Nursery
  readonly #killAt: readonly string[]
  readonly broken: Promise<string>
  #break: (why: string) => void = () => undefined
  #stopping = false
  child: Child
  kills = 0
  url: string | null = null

  constructor(on: Scene, nursery: Nursery, killAt: readonly string[]) {
    this.#on = on
    this.#nursery = nursery
    this.#killAt = killAt
    this.broken = new Promise((resolve) => {
      this.#break = resolve
    })
    this.child = this.#next()
  }

  /** Resolves when a process is there to take what people do. */
  async listening(): Promise<void> {
    await wait(() => isHeard(this.#on), withinMs)
  }

  count(type: EventType): Promise<number | null> {
    return this.child.count(type)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const patience = setTimeout(() => this.child.kill(), 5_000)
    await this.child.stop()
    clearTimeout(patience)
  }

  #next(): Child {
    const child = this.#nursery.take()
    void child.start(this.#on.order(this.#killAt[this.kills] ?? null, this.kills > 0 ? reopenMs : 0)).then((url) => {
      this.url = url ?? this.url
    })
    void child.ended().then((signal) => {
      if (this.#stopping) return
      if (signal !== 'SIGKILL') return this.#break(`the bot ended by itself: ${child.said}`)
      this.kills += 1
      this.child = this.#next()
    })
    return child
  }
}
