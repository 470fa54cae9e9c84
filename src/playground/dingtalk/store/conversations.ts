import type { Conversation, Message, World } from './world.ts'

/** The robot's conversation with a person; made when it is not there yet. */
export function directConversation(world: World, userId: string): Conversation {
  const id = `cid${Buffer.from(`direct:${userId}`).toString('base64')}`
  const known = world.conversations.get(id)
  if (known) return known
  const made: Conversation = {
    id,
    kind: 'direct',
    title: world.people.get(userId)?.name ?? userId,
    members: new Set([userId]),
    hasRobot: true,
    isDisbanded: false,
    messages: [],
  }
  world.conversations.set(id, made)
  world.changes.emit({ kind: 'conversation', conversation: id })
  return made
}

/** Makes a group with the robot in it. */
export function makeGroup(
  world: World,
  of: { title: string; owner: string; members: readonly string[] },
): Conversation {
  const made: Conversation = {
    id: `cid${world.ids.token(22)}==`,
    kind: 'group',
    title: of.title,
    owner: of.owner,
    members: new Set([of.owner, ...of.members]),
    hasRobot: true,
    isDisbanded: false,
    messages: [],
  }
  world.conversations.set(made.id, made)
  world.changes.emit({ kind: 'conversation', conversation: made.id })
  return made
}

/** Adds a message. */
export function appendMessage(
  world: World,
  conversation: Conversation,
  made: Pick<Message, 'by' | 'content'> & Partial<Pick<Message, 'mentions' | 'onlyFor' | 'queryKey'>>,
): Message {
  const id = `msg${world.ids.token(22)}==`
  const message: Message = { mentions: [], ...made, id, at: world.now(), isRecalled: false }
  conversation.messages.push(message)
  world.changes.emit({ kind: 'message', conversation: conversation.id, message: id })
  return message
}

/** Takes back what the robot said under a key. False when there is no such message, or it was taken back before. */
export function recallMessage(world: World, conversation: Conversation, queryKey: string): boolean {
  const found = conversation.messages.filter((message) => message.queryKey === queryKey && !message.isRecalled)
  for (const message of found) {
    message.isRecalled = true
    world.changes.emit({ kind: 'message_recalled', conversation: conversation.id, message: message.id })
  }
  return found.length > 0
}
