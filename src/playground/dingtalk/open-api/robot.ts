import { appendMessage, directConversation, recallMessage } from '../store/conversations.ts'
import { staffOf } from '../store/people.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Conversation, World } from '../store/world.ts'
import type { Apis } from './api.ts'
import { list, text } from './fields.ts'
import { readMessage } from './message-templates.ts'

const mostReceivers = 20
const scope = 'qyapi_robot_sendmsg'
const message = { robotCode: 'string', msgKey: 'string', msgParam: 'string' } as const

/** What the robot says and takes back: https://open.dingtalk.com/document/development/the-robot-sends-a-group-message and its neighbours. */
export const robotApis: Apis = {
  'POST /v1.0/robot/groupMessages/send': {
    scope,
    fields: { ...message, openConversationId: 'string', coolAppCode: 'string?' },
    run: ({ world, body }) => {
      checkRobot(world, body)
      const group = robotGroup(world, text(body, 'openConversationId'))
      const content = readMessage(world, text(body, 'msgKey'), text(body, 'msgParam'))
      const processQueryKey = world.ids.token(24)
      appendMessage(world, group, { by: { kind: 'robot' }, content, queryKey: processQueryKey })
      return { processQueryKey }
    },
  },
  'POST /v1.0/robot/oToMessages/batchSend': {
    scope,
    fields: { ...message, userIds: 'strings' },
    run: ({ world, body }) => {
      checkRobot(world, body)
      const userIds = receivers(list(body, 'userIds'))
      const content = readMessage(world, text(body, 'msgKey'), text(body, 'msgParam'))
      const known = userIds.filter((userId) => staffOf(world, userId))
      if (known.length === 0) throw new Refusal('staffId.notExisted', 'staffId不存在')
      const processQueryKey = world.ids.token(24)
      const said = { by: { kind: 'robot' } as const, content, queryKey: processQueryKey }
      for (const userId of known) appendMessage(world, directConversation(world, userId), said)
      const invalidStaffIdList = userIds.filter((userId) => !known.includes(userId))
      return { processQueryKey, invalidStaffIdList, flowControlledStaffIdList: [] }
    },
  },
  'POST /v1.0/robot/groupMessages/recall': {
    scope,
    fields: { robotCode: 'string', openConversationId: 'string', processQueryKeys: 'strings' },
    run: ({ world, body }) => {
      checkRobot(world, body)
      return recall(world, [robotGroup(world, text(body, 'openConversationId'))], body)
    },
  },
  'POST /v1.0/robot/otoMessages/batchRecall': {
    scope,
    fields: { robotCode: 'string', processQueryKeys: 'strings' },
    run: ({ world, body }) => {
      checkRobot(world, body)
      return recall(
        world,
        [...world.conversations.values()].filter(({ kind }) => kind === 'direct'),
        body,
      )
    },
  },
}

/** Refuses a robot that is not the app's. */
export function checkRobot(world: World, body: Wire): void {
  const robotCode = text(body, 'robotCode')
  if (robotCode === '') throw new Refusal('invalidParameter.robotCode.empty', '机器人robotCode为空')
  if (robotCode !== world.setup.app.robotCode) throw new Refusal('resource.not.found', 'robot 不存在')
}

/** A group that is there and has the robot in it. */
export function robotGroup(world: World, id: string): Conversation {
  if (id === '') throw new Refusal('miss.openConversationId', '缺少openConversationId')
  const group = world.conversations.get(id)
  if (group?.kind !== 'group') throw new Refusal('invalid.openConversationId', '无效的openConversationId')
  if (group.isDisbanded) throw new Refusal('group.disbanded', '群已经解散')
  if (!group.hasRobot)
    throw new Refusal('invalidParameter.robotCode.empty', '机器人robotCode无效，请检查机器人是否在群内')
  return group
}

function receivers(userIds: readonly string[]): readonly string[] {
  if (userIds.length === 0) throw new Refusal('invalidParameter.userIds.empty', '用户userId列表为空')
  if (userIds.length > mostReceivers)
    throw new Refusal('invalidParameter.userIds.overMax', '用户userId列表超过最大限制')
  return userIds
}

function recall(world: World, conversations: readonly Conversation[], body: Wire): Wire {
  const keys = list(body, 'processQueryKeys')
  if (keys.length === 0) throw new Refusal('invalidParameter.processQueryKey.missing', '缺少processQueryKey')
  const successResult = keys.filter(
    (key) => conversations.filter((conversation) => recallMessage(world, conversation, key)).length > 0,
  )
  const failed = keys.filter((key) => !successResult.includes(key))
  return { successResult, failedResult: Object.fromEntries(failed.map((key) => [key, '无效的processQueryKey'])) }
}
