import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cluster, localCluster } from './clusters.ts'
import { drilled } from './drilled.ts'
import { killed, sample } from './killed.ts'

let cluster: Cluster
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** What people fear most of a drill: that it breaks twice, or that what it broke stays broken. */
const feared = [
  'after apply eu-1 1',
  'before append drill.fault-made 1',
  'after append drill.fault-prepared 1',
  'before append drill.restored 1',
]

it('a drill is made and taken away once: killed before and after an effect and started again, it comes to the same end', async () => {
  const { wrong, kills, runs } = await killed(cluster, {
    story: drilled,
    choose: (points) =>
      [
        ...feared,
        ...sample(
          points.filter((point) => / append .*drill\./.test(point)),
          3,
          5,
        ),
      ].map((point) => [point]),
    abreast: 2,
    untilMs: 9_000,
  })
  expect(wrong).toEqual([])
  expect(runs).toBeGreaterThan(0)
  expect(kills).toBeGreaterThan(0)
}, 60_000)
