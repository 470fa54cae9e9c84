import { type Entry, enteredValue, isBlank } from '../blocks/element-state.ts'
import { placedElements } from '../blocks/walk.ts'
import { isWire, Refusal, type Wire, wires } from '../store/wire.ts'
import type { View } from '../store/world.ts'
import { checkView } from '../views/check.ts'
import { closeAll, popView, pushView, replaceView, showErrors, topView, viewWire } from '../views/stack.ts'
import { type Desk, interactionHead } from './desk.ts'
import { fromReceipt, type Outcome, refused } from './outcome.ts'
import { findElement, remember } from './press.ts'

/** What a person fills in, by action_id or block_id. */
export type Entries = Readonly<Record<string, Entry>>

/** A person fills in the top view of their modal and submits it. */
export async function submitView(desk: Desk, userId: string, viewId: string, entries: Entries): Promise<Outcome> {
  const { world } = desk
  const view = topView(world, userId)
  if (view?.id !== viewId) return refused('view_not_found')
  if (view.body.submit === undefined) return refused('element_not_found', 'the view has no submit button')
  const problem = fill(view, entries) ?? firstProblem(view)
  if (problem) return problem
  view.errors = {}
  const payload: Wire = {
    type: 'view_submission',
    ...interactionHead(world, userId),
    view: viewWire(world, view),
    response_urls: [],
  }
  const receipt = await desk.deliver({ kind: 'interactive', payload, acceptsResponse: true })
  const outcome = fromReceipt(receipt)
  if (!receipt.acked) return { ...outcome, detail: 'We had some trouble connecting. Try again?' }
  return { ...outcome, ...answerSubmission(desk, userId, view, receipt.response) }
}

function fill(view: View, entries: Entries): Outcome | undefined {
  const blocks = wires(view.body.blocks)
  for (const [name, entry] of Object.entries(entries)) {
    const placed = findElement(blocks, name) ?? placedElements(blocks).find((one) => one.blockId === name)
    if (!placed) return refused('field_not_found', name)
    if (!enteredValue(placed.element, entry)) return refused('option_not_found', `${name}: ${entry}`)
    remember(view.state, placed, entry)
  }
  return undefined
}

/** What Slack's client checks before it sends anything. */
function firstProblem(view: View): Outcome | undefined {
  for (const block of wires(view.body.blocks)) {
    if (block.type !== 'input' || !isWire(block.element)) continue
    const { element } = block
    const value = view.state[String(block.block_id)]?.[String(element.action_id)]
    if (isBlank(value)) {
      if (block.optional === true) continue
      return refused('required_field_empty', String(block.block_id))
    }
    const wrong = fieldProblem(element, value?.value)
    if (wrong) return refused('field_invalid', `${block.block_id}: ${wrong}`)
  }
  return undefined
}

function fieldProblem(element: Wire, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const { type, min_length, max_length, min_value, max_value } = element
  if (type === 'plain_text_input') {
    if (typeof min_length === 'number' && value.length < min_length) return `at least ${min_length} characters`
    const most = typeof max_length === 'number' ? max_length : 3000
    return value.length > most ? `at most ${most} characters` : undefined
  }
  if (type === 'email_text_input') return /^\S+@\S+\.\S+$/.test(value) ? undefined : 'an e-mail address'
  if (type === 'url_text_input') return /^https?:\/\/\S+$/.test(value) ? undefined : 'an address'
  if (type !== 'number_input') return undefined
  const number = Number(value)
  if (!Number.isFinite(number)) return 'a number'
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'a whole number'
  if (min_value !== undefined && number < Number(min_value)) return `at least ${min_value}`
  return max_value !== undefined && number > Number(max_value) ? `at most ${max_value}` : undefined
}

function answerSubmission(desk: Desk, userId: string, view: View, response: unknown): Partial<Outcome> {
  const { world } = desk
  if (response === undefined || response === '') {
    popView(world, userId)
    return { responseAction: 'close' }
  }
  if (!isWire(response)) return { error: 'invalid_view_response', detail: 'not an object' }
  try {
    switch (response.response_action) {
      case 'clear':
        closeAll(world, userId)
        return { responseAction: 'clear' }
      case 'update':
        replaceView(world, view, checkView(world, response.view, 'modal', view.id))
        return { responseAction: 'update' }
      case 'push':
        pushView(world, userId, checkView(world, response.view, 'modal'))
        return { responseAction: 'push' }
      case 'errors':
        return answerErrors(desk, view, response.errors)
      default:
        return { error: 'invalid_view_response', detail: `response_action ${String(response.response_action)}` }
    }
  } catch (error) {
    if (error instanceof Refusal)
      return { error: 'invalid_view_response', detail: `${error.code} ${JSON.stringify(error.extra)}` }
    throw error
  }
}

/** Error texts must name input blocks of this view, or Slack shows a failure instead. */
function answerErrors(desk: Desk, view: View, given: unknown): Partial<Outcome> {
  if (!isWire(given) || Object.keys(given).length === 0)
    return { error: 'invalid_view_response', detail: 'errors must be an object' }
  const inputs = wires(view.body.blocks).filter((block) => block.type === 'input')
  const known = new Set(inputs.map((block) => block.block_id))
  const errors: Record<string, string> = {}
  for (const [block, text] of Object.entries(given)) {
    if (!known.has(block) || typeof text !== 'string')
      return { error: 'invalid_view_response', detail: `no input block ${block}` }
    errors[block] = text
  }
  showErrors(desk.world, view, errors)
  return { responseAction: 'errors', errors }
}

/** A person closes the top view, or all of them where the view says so. */
export async function closeView(desk: Desk, userId: string, viewId: string, all: boolean): Promise<Outcome> {
  const { world } = desk
  const view = topView(world, userId)
  if (view?.id !== viewId) return refused('view_not_found')
  const isCleared = all || view.body.clear_on_close === true
  const closed = isCleared ? (world.stacks.get(userId) ?? []) : [viewId]
  const told = closed.map((id) => world.views.get(id)).filter((one) => one?.body.notify_on_close === true)
  const payloads = told.flatMap((one) => (one ? [viewWire(world, one)] : []))
  if (isCleared) closeAll(world, userId)
  else popView(world, userId)
  let outcome: Outcome = { acked: true, ackMs: 0, ephemeral: [] }
  for (const shown of payloads) {
    const head = interactionHead(world, userId)
    const payload: Wire = { type: 'view_closed', ...head, view: shown, is_cleared: isCleared }
    outcome = fromReceipt(await desk.deliver({ kind: 'interactive', payload, acceptsResponse: false }))
  }
  return outcome
}
