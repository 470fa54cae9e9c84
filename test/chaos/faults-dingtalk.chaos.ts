import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultedCall } from '../../src/playground/dingtalk/index.ts'
import { localCluster } from './clusters.ts'
import { lied } from './lie.ts'
import { allLies, type Lie, lies } from './lies.ts'
import { rolledBack } from './rolled-back.ts'

const tale = rolledBack('dingtalk')

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

const live = 'the live card by createAndDeliver'
const create = 'POST /v1.0/card/instances/createAndDeliver'

const dingtalkApis = [
  create,
  live,
  'PUT /v1.0/card/instances',
  'POST /v1.0/im/sceneGroup/create',
  'POST /topapi/v2/user/get',
  'POST /media/upload',
  'POST /v1.0/robot/groupMessages/send',
  'POST /v1.0/oauth2/accessToken',
  'POST /v1.0/gateway/connections/open',
] as const

describe.each(dingtalkApis)('Chat is a view: %s', (api) => {
  it.each(allLies)('%s: the rollback is not touched by it, and nothing stands twice', async (lie) => {
    let spoilt = 0
    const { events, writes, wrong } = await lied(
      cluster,
      ({ dingtalk }) => [
        dingtalk?.workspace.inject((call) => (isMeant(api, call) && spoilt++ < 1 ? lies[lie].dingtalk : undefined)) ??
          (() => undefined),
      ],
      { tale },
    )
    expect(spoilt).toBeGreaterThan(0)
    expect(writes).toEqual([1, 1])
    expect(events.filter(({ event }) => event.type === 'rollback.ended').map(({ event }) => event.data)).toEqual([
      { ending: 'restored' },
    ])
    expect(wrong.filter((what) => !forgiven(api, lie, what))).toEqual([])
  })
})

const isMeant = (api: string, call: FaultedCall): boolean =>
  api === live ? call.api === create && JSON.stringify(call.body).includes('rollback.approve') : call.api === api

/** An answer that DingTalk refused is not sent again; she asks anew. */
const forgiven = (api: string, lie: Lie, what: string): boolean =>
  api === create && ['409', '422'].includes(lie) && /acknowledged and lost/.test(what)

describe('deliveries', () => {
  it('every message and click twice: one rollback, one approval', async () => {
    const { wrong, writes } = await lied(
      cluster,
      ({ dingtalk }) => {
        dingtalk?.workspace.disturb({ duplicateMessages: 50, duplicateClicks: 50 })
        return []
      },
      { tale },
    )
    expect(wrong).toEqual([])
    expect(writes).toEqual([1, 1])
  })

  it('answers to clicks get lost: she presses again, and it counts once', async () => {
    const { wrong, writes } = await lied(
      cluster,
      ({ dingtalk }) => {
        dingtalk?.workspace.disturb({ loseAnswers: 2 })
        return []
      },
      { tale },
    )
    expect(wrong).toEqual([])
    expect(writes).toEqual([1, 1])
  })
})
