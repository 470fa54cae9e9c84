import { Refusal } from './wire.ts'
import type { Channel, Message, World } from './world.ts'

function find(channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts)
  if (!message) throw new Refusal('message_not_found')
  return message
}

function tell(world: World, channel: Channel, message: Message, type: string, name: string, user: string): void {
  const item = { type: 'message', channel: channel.id, ts: message.ts }
  world.publish({ type, user, reaction: name, item, item_user: message.user }, channel)
  world.changes.emit({ kind: 'message_changed', channel: channel.id, ts: message.ts })
}

/** Adds a reaction. Refuses with `message_not_found` or `already_reacted`. */
export function react(world: World, channel: Channel, ts: string, name: string, user: string): void {
  const message = find(channel, ts)
  let reaction = message.reactions.find((one) => one.name === name)
  if (reaction?.users.includes(user)) throw new Refusal('already_reacted')
  if (!reaction) {
    reaction = { name, users: [] }
    message.reactions.push(reaction)
  }
  reaction.users.push(user)
  tell(world, channel, message, 'reaction_added', name, user)
}

/** Takes a reaction away. Refuses with `message_not_found` or `no_reaction`. */
export function unreact(world: World, channel: Channel, ts: string, name: string, user: string): void {
  const message = find(channel, ts)
  const reaction = message.reactions.find((one) => one.name === name)
  if (!reaction?.users.includes(user)) throw new Refusal('no_reaction')
  reaction.users = reaction.users.filter((one) => one !== user)
  message.reactions = message.reactions.filter((one) => one.users.length > 0)
  tell(world, channel, message, 'reaction_removed', name, user)
}
