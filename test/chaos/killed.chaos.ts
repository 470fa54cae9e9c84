import { afterAll, beforeAll, expect, it } from 'vitest'
import { startControlPlane } from '../live/control-plane/control-plane.ts'
import { alerted } from './alerted.ts'
import { alone } from './alone.ts'
import { asked, type StoryName, stories } from './asked.ts'
import { type Cluster, liveCluster, localCluster } from './clusters.ts'
import { drilled } from './drilled.ts'
import { killed, sample } from './killed.ts'
import { rolledBack } from './rolled-back.ts'
import type { Tale } from './tale.ts'

let cluster: Cluster
beforeAll(async () => {
  cluster = asked.live ? liveCluster(await startControlPlane()) : await localCluster()
})
afterAll(() => cluster.close())

interface Story {
  readonly title: string
  readonly tale: Tale
  /** So many of the points come again at least. Those of polling may not, and of two chats the order differs from run to run. */
  readonly again: number
}

const all: Readonly<Record<StoryName, Story>> = {
  slack: {
    title: 'Done at most once: killed at any point and started again, it comes to the same end',
    tale: rolledBack('slack'),
    again: 0.85,
  },
  dingtalk: {
    title: 'Done at most once, in DingTalk: killed at any point, it comes to the same end in both chats',
    tale: rolledBack('dingtalk'),
    again: 0.7,
  },
  drill: {
    title: 'a drill is made and taken away once: killed at any point, it comes to the same end',
    tale: drilled,
    again: 0.7,
  },
  alert: {
    title:
      'an alert is one incident and one rollback, verified by what fired: killed at any point, it comes to the same end',
    tale: alerted,
    again: 0.7,
  },
  alone: {
    title: 'it goes back by itself once, or not: killed at any point, it comes to the same end',
    tale: alone,
    again: 0.7,
  },
}
const chosen = asked.live ? (['slack'] as const) : asked.only.length > 0 ? asked.only : stories

it.each(chosen.map((name) => all[name]))('$title', async ({ tale, again }) => {
  const { wrong, runs, kills } = await killed(cluster, {
    tale,
    choose: (points) => sample(points, asked.sample || points.length, asked.seed).map((point) => [point]),
    abreast: 2,
    isTold: true,
  })
  expect(wrong).toEqual([])
  expect(kills).toBeGreaterThan(runs * again)
})

it.runIf(asked.minutes > 0 && !asked.live)('killed again and again, at points that a seed chooses', async () => {
  const { wrong } = await killed(cluster, {
    tale: rolledBack('slack'),
    choose: (points) =>
      Array.from({ length: 10_000 }, (_, at) => sample(points, 1 + ((asked.seed + at) % 4), asked.seed * 10_007 + at)),
    abreast: 2,
    isTold: true,
    untilMs: asked.minutes * 30_000,
  })
  expect(wrong).toEqual([])
})
