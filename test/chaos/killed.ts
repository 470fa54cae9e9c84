import { seededChance } from '../kit/seeded-chance.ts'
import { Nursery } from './child.ts'
import type { Cluster } from './clusters.ts'
import { type Run, run } from './run.ts'
import type { Tale } from './tale.ts'

export interface Killed {
  /** Every point there was. */
  readonly points: readonly string[]
  readonly runs: number
  /** Processes that were killed. */
  readonly kills: number
  readonly wrong: readonly string[]
}

export interface Plan {
  readonly tale: Tale
  /** Which of the points found to die at; each list is one run, with a death at each. */
  choose(points: readonly string[]): readonly (readonly string[])[]
  /** How many runs go side by side. */
  readonly abreast: number
  /** After so long no further run begins. */
  readonly untilMs?: number
  /** Each run is told when it is over. */
  readonly isTold?: boolean
}

/** Finds the points with a run in which nobody dies, then runs with deaths at those chosen. */
export async function killed(cluster: Cluster, plan: Plan): Promise<Killed> {
  const nursery = new Nursery()
  const play = (killAt: readonly string[]) => run(cluster, nursery, plan.tale, killAt)
  try {
    const first = await play([])
    const wrong = told('no death', first)
    const todo = [...plan.choose(first.points)]
    let runs = 0
    let kills = 0
    const deadlineMs = performance.now() + (plan.untilMs ?? Number.POSITIVE_INFINITY)
    const work = async () => {
      for (let killAt = todo.shift(); killAt && performance.now() < deadlineMs; killAt = todo.shift()) {
        const outcome = await play(killAt)
        runs += 1
        kills += outcome.kills
        const where = killAt.join(', then ')
        const found = told(where, outcome)
        wrong.push(...found)
        const s = (outcome.tookMs / 1_000).toFixed(1)
        if (plan.isTold)
          process.stdout.write(
            `${runs}: ${where}, ${outcome.kills} deaths, ${s} s\n${found.map((one) => `WRONG ${one}\n`).join('')}`,
          )
      }
    }
    await Promise.all(Array.from({ length: plan.abreast }, work))
    process.stdout.write(`${first.points.length} points to die at, ${runs} runs, ${kills} deaths\n`)
    return { points: first.points, runs, kills, wrong }
  } finally {
    await nursery.close()
  }
}

const told = (what: string, { wrong, log }: Run): string[] =>
  wrong.length === 0 ? [] : [`${what}: ${wrong.join('; ')}\n${log}`]

/** So many of a list, each at most once, by a seed. */
export function sample<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const chance = seededChance(seed)
  return all
    .map((one) => ({ one, at: chance.number() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ one }) => one)
}
