import { type Entry, enteredValue, initialState } from '../blocks/element-state.ts'
import { stateful } from '../blocks/elements.ts'
import { type Placed, placedElements } from '../blocks/walk.ts'
import { messageWire } from '../store/messages.ts'
import { type Wire, wires } from '../store/wire.ts'
import type { Message, View, World } from '../store/world.ts'
import { viewWire } from '../views/stack.ts'
import { type Desk, interactionHead, userOf } from './desk.ts'
import { fromReceipt, type Outcome, refused } from './outcome.ts'

/** Which element: its action_id, or that within one block. */
export type ElementName = string | { readonly blockId: string; readonly actionId: string }

/** The element of that name among these blocks, if it is there now. */
export function findElement(blocks: readonly Wire[], name: ElementName): Placed | undefined {
  return placedElements(blocks).find(({ blockId, element }) =>
    typeof name === 'string'
      ? element.action_id === name
      : element.action_id === name.actionId && blockId === name.blockId,
  )
}

/** A message this person sees now: in one of her channels, or only hers. */
export function visibleMessage(world: World, userId: string, channelId: string, ts: string): Message | undefined {
  const channel = world.channels.get(channelId)
  const shown = channel?.members.has(userId) ? channel.messages.get(ts) : undefined
  return shown ?? world.ephemerals.find((m) => m.channel === channelId && m.ts === ts && m.ephemeralFor === userId)
}

function blocksOf(message: Message): Wire[] {
  const attached = (message.attachments ?? []).flatMap((attachment) => wires(attachment.blocks))
  return [...(message.blocks ?? []), ...attached]
}

/** The action as the payload carries it, or undefined when the element has no such option. */
function actionWire(world: World, placed: Placed, entry: Entry): Wire | undefined {
  const { element, blockId } = placed
  const type = String(element.type)
  const shared: Wire = { action_id: element.action_id, block_id: blockId, type, action_ts: world.nextTs() }
  if (type === 'button' || type === 'icon_button' || type === 'workflow_button') {
    for (const field of ['text', 'value', 'url', 'style', 'icon', 'confirm'])
      if (element[field] !== undefined && field !== 'confirm') shared[field] = element[field]
    return shared
  }
  if (type === 'feedback_buttons') return { ...shared, value: entry ?? '' }
  const value = enteredValue(element, entry)
  return value && { ...shared, ...value }
}

/** A person uses an element of a message; a confirmation dialog counts as confirmed. */
export async function pressInMessage(
  desk: Desk,
  userId: string,
  where: { channel: string; ts: string },
  name: ElementName,
  entry: Entry,
): Promise<Outcome> {
  const { world } = desk
  const message = visibleMessage(world, userId, where.channel, where.ts)
  if (!message) return refused('message_not_found')
  const channel = world.channels.get(where.channel)
  if (channel?.isArchived) return refused('is_archived')
  const blocks = blocksOf(message)
  const placed = findElement(blocks, name)
  if (!placed || !mayUse(placed.element, userId)) return refused('element_not_found', JSON.stringify(name))
  const action = actionWire(world, placed, entry)
  if (!action) return refused('option_not_found', String(entry))
  const state = message.state.get(userId) ?? initialState(placedElements(blocks))
  remember(state, placed, entry)
  message.state.set(userId, state)
  const thread = message.threadTs ? { thread_ts: message.threadTs } : {}
  const isEphemeral = message.ephemeralFor !== undefined
  const place = { message_ts: message.ts, channel_id: message.channel, is_ephemeral: isEphemeral, ...thread }
  const payload: Wire = {
    type: 'block_actions',
    ...interactionHead(world, userId),
    container: { type: 'message', ...place },
    channel: { id: message.channel, name: channel?.isIm ? 'directmessage' : (channel?.name ?? '') },
    ...(isEphemeral ? {} : { message: { ...messageWire(world, message), ...thread } }),
    state: { values: structuredClone(state) },
    response_url: desk.responseUrls.issue({ channel: message.channel, user: userId, origin: message.ts }),
    actions: [action],
  }
  return fromReceipt(await desk.deliver({ kind: 'interactive', payload, acceptsResponse: false }))
}

/** A person uses an element of an open modal or of the app's home; its value is kept for the submission. */
export async function pressInView(
  desk: Desk,
  userId: string,
  view: View,
  name: ElementName,
  entry: Entry,
): Promise<Outcome> {
  const { world } = desk
  userOf(world, userId)
  const placed = findElement(wires(view.body.blocks), name)
  if (!placed) return refused('element_not_found', JSON.stringify(name))
  const action = actionWire(world, placed, entry)
  if (!action) return refused('option_not_found', String(entry))
  remember(view.state, placed, entry)
  if (!dispatches(view, placed)) return { acked: true, ackMs: 0, ephemeral: [] }
  const payload: Wire = {
    type: 'block_actions',
    ...interactionHead(world, userId),
    container: { type: 'view', view_id: view.id },
    view: viewWire(world, view),
    actions: [action],
  }
  return fromReceipt(await desk.deliver({ kind: 'interactive', payload, acceptsResponse: false }))
}

/** Input blocks tell the app of changes only when they say so. */
function dispatches(view: View, placed: Placed): boolean {
  const block = wires(view.body.blocks).find((one) => one.block_id === placed.blockId)
  return block?.type !== 'input' || block.dispatch_action === true
}

function mayUse(element: Wire, userId: string): boolean {
  return !Array.isArray(element.visible_to_user_ids) || element.visible_to_user_ids.includes(userId)
}

/** Keeps what was entered in `state.values`. */
export function remember(state: View['state'], placed: Placed, entry: Entry): void {
  const { element, blockId } = placed
  const type = String(element.type)
  if (!stateful.has(type)) return
  state[blockId] = { ...state[blockId], [String(element.action_id)]: { type, ...enteredValue(element, entry) } }
}
