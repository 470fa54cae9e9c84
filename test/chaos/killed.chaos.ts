import { afterAll, beforeAll, expect, it } from 'vitest'
import { startControlPlane } from '../live/control-plane/control-plane.ts'
import { asked } from './asked.ts'
import { type Cluster, liveCluster, localCluster } from './clusters.ts'
import { drilled } from './drilled.ts'
import { killed, sample } from './killed.ts'

let cluster: Cluster
beforeAll(async () => {
  cluster = asked.live ? liveCluster(await startControlPlane()) : await localCluster()
})
afterAll(() => cluster.close())

it('Done at most once: killed at any point and started again, it comes to the same end', async () => {
  const { wrong, runs, kills } = await killed(cluster, {
    choose: (points) => sample(points, asked.sample || points.length, asked.seed).map((point) => [point]),
    abreast: 2,
    isTold: true,
  })
  expect(wrong).toEqual([])
  // A point of polling may not come again; nearly all others do.
  expect(kills).toBeGreaterThan(runs * 0.85)
})

it.runIf(!asked.live)(
  'Done at most once, in DingTalk: killed at any point, it comes to the same end in both chats',
  async () => {
    const { wrong, runs, kills } = await killed(cluster, {
      chat: 'dingtalk',
      choose: (points) => sample(points, asked.sample || points.length, asked.seed).map((point) => [point]),
      abreast: 2,
      isTold: true,
    })
    expect(wrong).toEqual([])
    // More of them than in one chat are of polling, and of two chats whose order differs from run to run.
    expect(kills).toBeGreaterThan(runs * 0.7)
  },
)

it.runIf(!asked.live)(
  'a drill is made and taken away once: killed at any point, it comes to the same end',
  async () => {
    const { wrong, runs, kills } = await killed(cluster, {
      story: drilled,
      choose: (points) => sample(points, asked.sample || points.length, asked.seed).map((point) => [point]),
      abreast: 2,
      isTold: true,
    })
    expect(wrong).toEqual([])
    expect(kills).toBeGreaterThan(runs * 0.7)
  },
)

it.runIf(asked.minutes > 0 && !asked.live)('killed again and again, at points that a seed chooses', async () => {
  const { wrong } = await killed(cluster, {
    choose: (points) =>
      Array.from({ length: 10_000 }, (_, at) => sample(points, 1 + ((asked.seed + at) % 4), asked.seed * 10_007 + at)),
    abreast: 2,
    isTold: true,
    untilMs: asked.minutes * 30_000,
  })
  expect(wrong).toEqual([])
})
