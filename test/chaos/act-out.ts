import type { Bot } from '../../src/main/bot.ts'
import type { PlaygroundKubernetes } from '../../src/playground/kubernetes/index.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { fastClock } from '../kit/fast-clock.ts'
import { buttonsOf, team, textOf, userOf } from '../kit/story.ts'
import type { Cluster } from './clusters.ts'
import { compose, openOf } from './composed.ts'
import type { Deed, Who } from './deeds.ts'
import { breaches, rollbacksOf } from './invariants.ts'
import { lies } from './lies.ts'
import { wait } from './people.ts'
import { Points } from './points.ts'
import { type Scene, scene } from './scene.ts'
import { eventsOf } from './verdict.ts'

const restMs = 40_000
const patienceMs = 900

/** Lets everything happen, then brings order back, waits until the bot has come to rest, and tells what does not hold. */
export async function actOut(
  cluster: Cluster & { server: PlaygroundKubernetes },
  deeds: readonly Deed[],
): Promise<{ found: string[]; ends: (string | null)[] }> {
  const on = await scene(cluster)
  const play = new Play(on, cluster.server)
  try {
    await play.start()
    for (const deed of deeds) await play.do(deed)
    const rested = await play.end()
    const events = await eventsOf(on.ledgerFile)
    const found = await breaches(on, events, play.ships)
    const ends = rollbacksOf(events).map(({ outcome }) => outcome)
    return { found: [...(rested ? [] : ['it did not come to rest']), ...found], ends }
  } finally {
    await on.close()
  }
}

class Play {
  readonly #on: Scene
  readonly #server: PlaygroundKubernetes
  readonly #heal: (() => void)[] = []
  readonly ships = [0, 0]
  #bot: Bot | null = null
  #jumpMs = 0

  constructor(on: Scene, server: PlaygroundKubernetes) {
    this.#on = on
    this.#server = server
  }

  async start(): Promise<void> {
    const order = this.#on.order(null)
    const fast = fastClock(order.speed, order.sinceMs)
    const clock: Clock = { ...fast, now: () => fast.now().add({ milliseconds: this.#jumpMs }) }
    this.#bot = await compose(order, new Points(null), clock)
    await wait(() => this.#on.slack.sockets > 0, 5_000)
  }

  async do(deed: Deed): Promise<void> {
    const { slack } = this.#on
    switch (deed.do) {
      case 'duplicate':
        return slack.disturb({ duplicateActions: 1 })
      case 'lose-ack':
        return slack.disturb({ loseAcks: 1 })
      case 'restart':
        await this.#bot?.close()
        return this.start()
      case 'jump':
        this.#jumpMs += deed.ms
        return
      case 'rest':
        return new Promise((resolve) => setTimeout(resolve, deed.ms))
      case 'ship': {
        this.ships[deed.region] = (this.ships[deed.region] ?? 0) + 1
        return this.#on.regions[deed.region].ship(`bad-1.9.${this.ships[deed.region]}`)
      }
      case 'cluster-lie': {
        const names = this.#on.regions.map(({ namespace }) => namespace)
        let left = deed.count
        this.#heal.push(
          this.#server.inject(({ namespace }) =>
            names.includes(namespace) && left-- > 0 ? lies[deed.lie].cluster : undefined,
          ),
        )
        return
      }
      case 'slack-lie': {
        let left = deed.count
        this.#heal.push(slack.inject(() => (left-- > 0 ? lies[deed.lie].slack : undefined)))
        return
      }
      default:
        return this.#person(deed.do, deed.who)
    }
  }

  /** All lies end; true when nothing is left to be done or said, but what waits for people. */
  async end(): Promise<boolean> {
    for (const heal of this.#heal) heal()
    const deadline = performance.now() + restMs
    let calm = 0
    while (calm < 3 && performance.now() < deadline) {
      const bot = this.#bot
      const waiting = bot ? await Promise.all(bot.world.desk.unfinished().map((id) => this.#waits(id))) : []
      const open = bot ? (await openOf(bot)) - waiting.filter(Boolean).length : 1
      calm = open === 0 ? calm + 1 : 0
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    await this.#bot?.close()
    return calm >= 3
  }

  async #waits(id: string): Promise<boolean> {
    const events = (await this.#bot?.world.ledger.stream(`rollback/${id}`)) ?? []
    return !events.some(({ event }) => event.type === 'rollback.approved')
  }

  async #person(what: Extract<Deed, { who: Who }>['do'], who: Who): Promise<void> {
    const { slack } = this.#on
    const user = userOf(who)
    const person = slack.as(user)
    const told = () =>
      slack
        .ephemeral(user)
        .map(({ blocks, text }) => textOf([blocks, text]))
        .join()
    const before = told()
    const dialog = () => slack.views(user).at(-1)
    if (what === 'command') {
      await person.command(team, '/rollback checkout-svc')
      await wait(() => told() !== before, patienceMs)
    } else if (what === 'submit') {
      const view = dialog()
      if (!view) return
      await person.submit(view.id, { reason: '5xx on pay' })
      await wait(() => told() !== before, patienceMs)
    } else {
      const action = what === 'choose' ? 'rollback.choose' : `rollback.${what}`
      const all = [...slack.ephemeral(user), ...slack.channels().flatMap(({ id }) => slack.messages(id))]
      const message = all.findLast(({ blocks }) => buttonsOf(blocks).some(({ action_id }) => action_id === action))
      if (!message) return
      await person.press(message.channel, message.ts, action)
      await wait(() => told() !== before || dialog() !== undefined, what === 'approve' ? 60 : patienceMs)
      if (['reject', 'undo', 'again'].includes(what) && dialog()) await this.#person('submit', who)
    }
  }
}
