import { appendMessage } from './messages.ts'
import { Refusal } from './wire.ts'
import type { Channel, World } from './world.ts'

function tell(world: World, channel: Channel, ts: string, type: string, user: string): void {
  const item = { type: 'message', channel: channel.id, message: { ts }, created: world.seconds(), created_by: user }
  world.publish({ type, user, channel_id: channel.id, item, has_pins: channel.pins.length > 0 }, channel)
  world.changes.emit({ kind: 'message_changed', channel: channel.id, ts })
}

/** Pins a message. Refuses with `message_not_found` or `already_pinned`. */
export function pin(world: World, channel: Channel, ts: string, user: string): void {
  if (!channel.messages.has(ts)) throw new Refusal('message_not_found')
  if (channel.pins.some((one) => one.ts === ts)) throw new Refusal('already_pinned')
  channel.pins.unshift({ ts, by: user, at: world.seconds() })
  tell(world, channel, ts, 'pin_added', user)
  appendMessage(world, channel, { user, subtype: 'pinned_item', text: 'pinned a message to this channel.' })
}

/** Unpins a message. Refuses with `no_pin`. */
export function unpin(world: World, channel: Channel, ts: string, user: string): void {
  if (!channel.pins.some((one) => one.ts === ts)) throw new Refusal('no_pin')
  channel.pins = channel.pins.filter((one) => one.ts !== ts)
  tell(world, channel, ts, 'pin_removed', user)
}
