import type { Hub } from '../gateway/hub.ts'
import { appendMessage, directConversation } from '../store/conversations.ts'
import { corpOf, hiddenId, unionId } from '../store/people.ts'
import type { Wire } from '../store/wire.ts'
import type { Conversation, Message, World } from '../store/world.ts'
import { type Outcome, refused } from './outcome.ts'

const sessionLivesMs = 5_400_000

/** A person writes in a group. Only what mentions the robot (`@Astern …`) reaches the app. */
export function sayInGroup(world: World, hub: Hub, userId: string, conversationId: string, text: string): Outcome {
  const group = world.conversations.get(conversationId)
  if (group?.kind !== 'group' || group.isDisbanded || !group.members.has(userId)) return refused('not_here')
  const { isForRobot, mentions, rest } = readMentions(world, group, text)
  const message = appendMessage(world, group, {
    by: { kind: 'person', userId },
    content: { kind: 'text', text },
    mentions: [...mentions, ...(isForRobot ? ['robot'] : [])],
  })
  if (!isForRobot || !group.hasRobot) return { ok: true, message: message.id }
  return tell(world, hub, { userId, conversation: group, message, text: rest, mentions })
}

/** A person writes to the robot alone. Outsiders cannot. */
export function sayToRobot(world: World, hub: Hub, userId: string, text: string): Outcome {
  const person = world.people.get(userId)
  if (!person || corpOf(world, person) !== world.corpId) return refused('no_robot')
  const conversation = directConversation(world, userId)
  const content = { kind: 'text', text } as const
  const message = appendMessage(world, conversation, { by: { kind: 'person', userId }, content })
  return tell(world, hub, { userId, conversation, message, text, mentions: [] })
}

interface Said {
  readonly userId: string
  readonly conversation: Conversation
  readonly message: Message
  /** Without the robot's name. */
  readonly text: string
  readonly mentions: readonly string[]
}

function tell(world: World, hub: Hub, said: Said): Outcome {
  const { isSent } = hub.tellRobot(robotMessage(world, said))
  return { ok: true, message: said.message.id, isTaken: isSent }
}

/** What the robot is sent: https://open.dingtalk.com/document/development/robot-message-type */
function robotMessage(world: World, { userId, conversation, message, text, mentions }: Said): Wire {
  const { app } = world.setup
  const person = world.people.get(userId)
  const corpId = person ? corpOf(world, person) : ''
  const isOurs = corpId === world.corpId
  const session = world.ids.hex(32)
  const expiresAt = world.now() + sessionLivesMs
  world.sessions.set(session, { conversation: conversation.id, expiresAt })
  const isGroup = conversation.kind === 'group'
  const mentioned = [
    { dingtalkId: hiddenId(app.robotCode) },
    ...mentions.map((staffId) => ({ dingtalkId: hiddenId(staffId), ...staffIdOf(world, staffId) })),
  ]
  return {
    senderPlatform: 'Mac',
    conversationId: conversation.id,
    ...(isGroup && { atUsers: mentioned }),
    chatbotCorpId: world.corpId,
    chatbotUserId: hiddenId(app.robotCode),
    msgId: message.id,
    senderNick: person?.name ?? '',
    isAdmin: person?.isAdmin ?? false,
    // Outsiders have no id here: the field is missing.
    ...(isOurs && { senderStaffId: userId }),
    senderUnionId: unionId(userId),
    sessionWebhookExpiredTime: expiresAt,
    createAt: message.at,
    senderCorpId: corpId,
    conversationType: isGroup ? '2' : '1',
    senderId: hiddenId(userId),
    ...(isGroup && { conversationTitle: conversation.title, isInAtList: true }),
    sessionWebhook: `${world.origin}/robot/sendBySession?session=${session}`,
    text: { content: isGroup ? ` ${text}` : text },
    robotCode: app.robotCode,
    msgtype: 'text',
  }
}

function staffIdOf(world: World, userId: string): Wire {
  const person = world.people.get(userId)
  return person && corpOf(world, person) === world.corpId ? { staffId: userId } : {}
}

/** Finds `@name` of the robot and of members; takes all of them out of the text, as DingTalk does. */
function readMentions(
  world: World,
  group: Conversation,
  text: string,
): { isForRobot: boolean; mentions: string[]; rest: string } {
  const names = new Map([...group.members].map((userId) => [world.people.get(userId)?.name ?? '', userId]))
  const mentions: string[] = []
  let isForRobot = false
  const rest = text.replace(/@(\S+)\s?/g, (whole, name: string) => {
    if (name === world.setup.app.robotName) {
      isForRobot = true
      return ''
    }
    const member = names.get(name)
    if (member === undefined) return whole
    mentions.push(member)
    return ''
  })
  return { isForRobot, mentions, rest }
}
