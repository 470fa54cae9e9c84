import { readFileSync } from 'node:fs'
import type { Recorded } from '../../src/core/event.ts'
import type { PlaygroundKubernetes } from '../../src/playground/kubernetes/index.ts'
import type { Cluster } from './clusters.ts'
import { compose, countOf, openOf } from './composed.ts'
import { wait } from './people.ts'
import { Points } from './points.ts'
import { rolledBack } from './rolled-back.ts'
import { isHeard, type Scene, scene } from './scene.ts'
import { rested, type Tale } from './tale.ts'
import { eventsOf } from './verdict.ts'

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

export interface LiedOptions {
  /** A rollback in Slack where not given. */
  readonly tale?: Tale
  /** A folder for the ledger instead of one of its own. */
  readonly disk?: string
}

/** A whole story in this process, while `lie` spoils calls to a cluster, a chat or a monitor. Returns when the bot has come to rest. */
export async function lied(
  cluster: Cluster & { readonly server: PlaygroundKubernetes },
  lie: (on: Scene) => readonly (() => void)[],
  { tale = rolledBack('slack'), disk }: LiedOptions = {},
): Promise<Lied> {
  const on = await scene(cluster, { ...tale.scene, disk })
  const heal = lie(on)
  const bot = await compose(on.order(null), new Points(null))
  const telling = tale.begin(on, {
    url: bot.url,
    count: (type) => countOf(bot, type),
    async listening() {
      await wait(() => isHeard(on), withinMs)
    },
  })
  let stuck: string[] = []
  try {
    await telling.tell()
    const open = async () => (bot.world.desk.rollback('R-1')?.outcome ? openOf(bot) : 1)
    if (!(await rested(open, withinMs))) stuck = ['it did not come to rest']
  } catch (cause) {
    stuck = [String(cause)]
  } finally {
    for (const stop of heal) stop()
    await bot.close()
  }
  try {
    const wrong = [...stuck, ...(await tale.verdict(on, telling.lost))]
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
