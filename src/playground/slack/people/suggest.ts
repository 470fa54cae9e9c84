import { isWire, type Wire, wires } from '../store/wire.ts'
import type { Message, View } from '../store/world.ts'
import { viewWire } from '../views/stack.ts'
import { type Desk, interactionHead } from './desk.ts'
import { fromReceipt, type Outcome, refused } from './outcome.ts'
import { type ElementName, findElement } from './press.ts'

/** What the app offered for a query in an external select, beside the usual outcome. */
export type Suggestions = Outcome & { readonly options: readonly Wire[] }

/** A person types into an external select: Slack asks the app for options. */
export async function suggest(
  desk: Desk,
  userId: string,
  place: { view: View } | { message: Message },
  name: ElementName,
  query: string,
): Promise<Suggestions> {
  const blocks = 'view' in place ? wires(place.view.body.blocks) : (place.message.blocks ?? [])
  const placed = findElement(blocks, name)
  const type = String(placed?.element.type)
  if (!placed || !type.endsWith('external_select')) return { ...refused('element_not_found'), options: [] }
  const least = typeof placed.element.min_query_length === 'number' ? placed.element.min_query_length : 3
  if (query.length < least) return { acked: true, ackMs: 0, ephemeral: [], options: [] }
  const { trigger_id: _none, ...head } = interactionHead(desk.world, userId)
  const container =
    'view' in place
      ? { container: { type: 'view', view_id: place.view.id }, view: viewWire(desk.world, place.view) }
      : { container: { type: 'message', message_ts: place.message.ts, channel_id: place.message.channel } }
  const asked = { action_id: placed.element.action_id, block_id: placed.blockId, value: query }
  const payload: Wire = { type: 'block_suggestion', ...head, ...container, ...asked }
  const receipt = await desk.deliver({ kind: 'interactive', payload, acceptsResponse: true })
  return { ...fromReceipt(receipt), options: offered(receipt.response) }
}

function offered(response: unknown): Wire[] {
  if (!isWire(response)) return []
  return [...wires(response.options), ...wires(response.option_groups).flatMap((group) => wires(group.options))]
}
