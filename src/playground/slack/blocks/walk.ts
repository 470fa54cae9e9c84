import type { Ids } from '../store/ids.ts'
import { isWire, type Wire, wires } from '../store/wire.ts'

/** The elements of a block that people can act on, those of cards and containers included. */
export function findElements(block: Wire): Wire[] {
  if (block.type === 'rich_text') return []
  const found = [block.accessory, block.element].filter(isWire)
  for (const one of wires(block.elements)) found.push(...(one.type === 'card' ? findElements(one) : [one]))
  found.push(...wires(block.actions))
  for (const child of wires(block.child_blocks)) found.push(...findElements(child))
  return found
}

/** An element with the id of the block it is in. */
export interface Placed {
  readonly blockId: string
  readonly element: Wire
}

/** All elements with an `action_id`, in reading order. */
export function placedElements(blocks: readonly Wire[]): Placed[] {
  const found: Placed[] = []
  for (const block of blocks) {
    const inner = [...wires(block.child_blocks), ...wires(block.elements).filter((one) => one.type === 'card')]
    if (inner.length > 0) found.push(...placedElements(inner))
    else
      for (const element of findElements(block))
        if (typeof element.action_id === 'string') found.push({ blockId: String(block.block_id), element })
  }
  return found
}

const actionless = new Set(['image', 'plain_text', 'mrkdwn'])

/** A copy with what Slack fills in: ids of blocks and actions, `emoji` and `verbatim` of texts. */
export function completed(blocks: readonly Wire[], ids: Ids): Wire[] {
  const copy = structuredClone(blocks) as Wire[]
  for (const block of copy) fillBlock(block, ids)
  for (const block of copy) fillTexts(block)
  return copy
}

function fillBlock(block: Wire, ids: Ids): void {
  if (typeof block.block_id !== 'string' || block.block_id === '') block.block_id = ids.short()
  for (const inner of [...wires(block.child_blocks), ...wires(block.elements).filter((e) => e.type === 'card')])
    fillBlock(inner, ids)
  for (const element of findElements(block))
    if (typeof element.action_id !== 'string' && typeof element.type === 'string' && !actionless.has(element.type))
      element.action_id = ids.short()
}

function fillTexts(value: unknown): void {
  if (Array.isArray(value)) for (const entry of value) fillTexts(entry)
  if (!isWire(value)) return
  if (value.type === 'plain_text' && value.emoji === undefined) value.emoji = true
  if (value.type === 'mrkdwn' && value.verbatim === undefined) value.verbatim = false
  for (const entry of Object.values(value)) fillTexts(entry)
}
