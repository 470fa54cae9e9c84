import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cluster, localCluster } from './clusters.ts'
import { killed, sample } from './killed.ts'
import type { Tale } from './tale.ts'

export interface Some {
  /** What people fear most. */
  readonly feared: readonly string[]
  /** Of these points a few more, which a seed chooses. */
  readonly among: RegExp
  readonly seed: number
}

const more = 3

/** The test of a file: dies at a few points, for as long as all tests may wait; `npm run chaos` dies at all of them. */
export function killedAtSome(title: string, tale: Tale, { feared, among, seed }: Some): void {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await localCluster()
  })
  afterAll(() => cluster.close())

  it(title, async () => {
    const { wrong, kills, runs } = await killed(cluster, {
      tale,
      choose: (points) =>
        [
          ...feared,
          ...sample(
            points.filter((point) => among.test(point)),
            more,
            seed,
          ),
        ].map((point) => [point]),
      abreast: 2,
      untilMs: 9_000,
    })
    expect(wrong).toEqual([])
    expect(runs).toBeGreaterThan(0)
    expect(kills).toBeGreaterThan(0)
  }, 60_000)
}
