import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cluster, localCluster } from './clusters.ts'
import { killed, sample } from './killed.ts'

let cluster: Cluster
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** What people fear most in DingTalk, and a few more that a seed chooses; `npm run chaos` dies at all of them. */
const feared = [
  'after call POST card/instances/createAndDeliver 2',
  'after receive submit in dingtalk 1',
  'before call POST im/sceneGroup/create 1',
]

it('Done at most once, in DingTalk: killed before and after an effect and started again, it comes to the same end', async () => {
  const { wrong, kills, runs } = await killed(cluster, {
    chat: 'dingtalk',
    choose: (points) =>
      [
        ...feared,
        ...sample(
          points.filter((point) => / (append|call|receive|answer) /.test(point)),
          3,
          11,
        ),
      ].map((point) => [point]),
    abreast: 2,
    untilMs: 9_000,
  })
  expect(wrong).toEqual([])
  expect(runs).toBeGreaterThan(0)
  expect(kills).toBeGreaterThan(0)
}, 60_000)
