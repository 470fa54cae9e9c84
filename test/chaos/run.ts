import { readFileSync } from 'node:fs'
import type { Actors } from './actors.ts'
import { cast, isHeard } from './cast.ts'
import type { Child, Nursery } from './child.ts'
import type { Cluster } from './clusters.ts'
import { wait } from './people.ts'
import { type Chat, type Scene, scene } from './scene.ts'
import { eventsOf, verdict } from './verdict.ts'

export interface Run {
  /** Every point that the last process passed. */
  readonly points: readonly string[]
  /** How many of the points to die at were reached. */
  readonly kills: number
  /** What is not as it must be. */
  readonly wrong: readonly string[]
  readonly tookMs: number
  /** The last lines of the bot's log, and what became of each delivery, where something is wrong. */
  readonly log: string
}

export const withinMs = 120_000

/** A process that takes over what another left has its connections a little later than that. */
const reopenMs = 1_500

/** The whole story, with a bot that dies at these points, one process after the other, and is started again each time. */
export async function run(
  cluster: Cluster,
  nursery: Nursery,
  killAt: readonly string[],
  chat: Chat = 'slack',
): Promise<Run> {
  const startedMs = performance.now()
  const on = await scene(cluster, { chat })
  const bot = new Bot(on, nursery, killAt)
  try {
    const people = cast(on, () => bot.listening())
    const problem = await Promise.race([
      story(on, bot, people).catch((cause: unknown) => `${cause}`),
      bot.broken,
      new Promise<string>((resolve) => setTimeout(() => resolve('it did not come to rest'), withinMs).unref()),
    ])
    const points = await bot.child.points()
    await bot.stop()
    const wrong = [...(problem === null ? [] : [problem]), ...(await verdict(on, people.lost))]
    const log = wrong.length > 0 ? await tail(on) : ''
    return { points, kills: bot.kills, wrong, tookMs: performance.now() - startedMs, log }
  } finally {
    bot.child.kill()
    await on.close()
  }
}

export async function tail(on: Scene): Promise<string> {
  const deliveries = (await eventsOf(on.ledgerFile)).flatMap(({ at, event }) => {
    if (event.type === 'delivery.handled') return [`${at} ${event.data.id}: ${event.data.outcome}`]
    return event.type === 'delivery.received' ? [`${at} ${event.data.id}: ${JSON.stringify(event.data.deed)}`] : []
  })
  return [...readFileSync(on.logFile, 'utf8').split('\n').slice(-60), ...deliveries].join('\n')
}

async function story(on: Scene, bot: Bot, people: Actors): Promise<string | null> {
  await people.rollBack()
  await wait(() => on.keyed('/owner:INC-1').length > 0, withinMs)
  // At rest: nothing to be done or said, twice in a row, so that nothing was just about to begin.
  for (let calm = 0; calm < 2; ) {
    calm = (await bot.child.open()) === 0 ? calm + 1 : 0
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return null
}

/** The process that runs, and after its death the next one. */
export class Bot {
  readonly #on: Scene
  readonly #nursery: Nursery
  readonly #killAt: readonly string[]
  readonly broken: Promise<string>
  #break: (why: string) => void = () => undefined
  #stopping = false
  child: Child
  kills = 0

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

  async stop(): Promise<void> {
    this.#stopping = true
    const patience = setTimeout(() => this.child.kill(), 5_000)
    await this.child.stop()
    clearTimeout(patience)
  }

  #next(): Child {
    const child = this.#nursery.take()
    void child.start(this.#on.order(this.#killAt[this.kills] ?? null, this.kills > 0 ? reopenMs : 0))
    void child.ended().then((signal) => {
      if (this.#stopping) return
      if (signal !== 'SIGKILL') return this.#break(`the bot ended by itself: ${child.said}`)
      this.kills += 1
      this.child = this.#next()
    })
    return child
  }
}
