import { readFileSync } from 'node:fs'
import type { Recorded } from '../../src/core/event.ts'
import type { PlaygroundKubernetes } from '../../src/playground/kubernetes/index.ts'
import { cast, isHeard } from './cast.ts'
import type { Cluster } from './clusters.ts'
import { compose, openOf } from './composed.ts'
import { wait } from './people.ts'
import { Points } from './points.ts'
import { type Scene, type SceneOptions, scene } from './scene.ts'
import { eventsOf, verdict } from './verdict.ts'

export interface Lied {
  readonly events: readonly Recorded[]
  /** What is not as it would be had nobody lied. */
  readonly wrong: readonly string[]
  /** How often each region was written by the bot, and its template changed at all. */
  readonly writes: readonly number[]
  readonly images: readonly string[]
  /** Everything that stands in Slack, as JSON. */
  readonly said: string
  readonly log: string
  /** The bytes of the ledger. */
  readonly ledger: string
}

const withinMs = 25_000

/** The whole story in this process, while `lie` spoils calls to a cluster or to Slack. Returns when the bot has come to rest. */
export async function lied(
  cluster: Cluster & { readonly server: PlaygroundKubernetes },
  lie: (on: Scene) => readonly (() => void)[],
  options: SceneOptions = {},
): Promise<Lied> {
  const on = await scene(cluster, options)
  const heal = lie(on)
  const bot = await compose(on.order(null), new Points(null))
  const people = cast(on, async () => {
    await wait(() => isHeard(on), withinMs)
  })
  let stuck: string[] = []
  try {
    await people.rollBack()
    const deadline = performance.now() + withinMs
    for (let calm = 0; calm < 2; ) {
      calm = bot.world.desk.rollback('R-1')?.outcome && (await openOf(bot)) === 0 ? calm + 1 : 0
      if (performance.now() > deadline) {
        stuck = ['it did not come to rest']
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  } catch (cause) {
    stuck = [String(cause)]
  } finally {
    for (const stop of heal) stop()
    await bot.close()
  }
  try {
    const wrong = [...stuck, ...(await verdict(on, people.lost))]
    const { slack, regions } = on
    return {
      events: await eventsOf(on.ledgerFile),
      wrong,
      writes: await Promise.all(regions.map((workload) => workload.writes())),
      images: await Promise.all(regions.map((workload) => workload.image())),
      said: JSON.stringify([slack.world.ephemerals, slack.channels().map(({ id }) => slack.messages(id))]),
      log: readFileSync(on.logFile, 'utf8'),
      ledger: readFileSync(on.ledgerFile, 'latin1'),
    }
  } finally {
    await on.close()
  }
}
