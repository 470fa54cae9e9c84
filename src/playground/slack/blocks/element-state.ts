import { isWire, type Wire, wires } from '../store/wire.ts'
import { stateful } from './elements.ts'
import type { Placed } from './walk.ts'

/** What a person enters: a text or an option's value, several of them, or nothing. */
export type Entry = string | number | readonly string[] | null

type State = Record<string, Record<string, Wire>>

/** Every option of a menu, those in groups included. */
function optionsOf(element: Wire): Wire[] {
  return [...wires(element.options), ...wires(element.option_groups).flatMap((group) => wires(group.options))]
}

const singles: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
}
const plurals: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
}
const oneOption = new Set(['static_select', 'external_select', 'radio_buttons', 'overflow'])
const manyOptions = new Set(['multi_static_select', 'multi_external_select', 'checkboxes'])

/**
 * The value part of an action or of `state.values` for what a person entered.
 * Returns undefined when the element has no such option.
 */
export function enteredValue(element: Wire, entry: Entry): Wire | undefined {
  const type = String(element.type)
  const list = Array.isArray(entry) ? entry.map(String) : entry === null ? [] : [String(entry)]
  const [first] = list
  if (oneOption.has(type)) {
    if (first === undefined) return { selected_option: null }
    const selected_option = chosen(element, first)
    return selected_option ? { selected_option } : undefined
  }
  if (manyOptions.has(type)) {
    const selected_options = list.map((value) => chosen(element, value))
    return selected_options.every((option) => option !== undefined) ? { selected_options } : undefined
  }
  if (singles[type]) return { [singles[type]]: type === 'datetimepicker' && first ? Number(first) : (first ?? null) }
  if (plurals[type]) return { [plurals[type]]: list }
  if (type === 'rich_text_input') return { rich_text_value: first === undefined ? null : asRichText(first) }
  if (type === 'file_input') return { files: list.map((id) => ({ id })) }
  return { value: first === undefined || first === '' ? null : first }
}

function chosen(element: Wire, value: string): Wire | undefined {
  if (String(element.type).includes('external')) {
    return { text: { type: 'plain_text', text: value, emoji: true }, value }
  }
  return optionsOf(element).find((option) => option.value === value)
}

function asRichText(text: string): Wire {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] }
  return { type: 'rich_text', elements: [section] }
}

/** What `state.values` holds before anybody touches anything. */
export function initialState(placed: readonly Placed[]): State {
  const state: State = {}
  for (const { blockId, element } of placed) {
    if (!stateful.has(String(element.type))) continue
    state[blockId] = { ...state[blockId], [String(element.action_id)]: initialValue(element) }
  }
  return state
}

function initialValue(element: Wire): Wire {
  const type = String(element.type)
  if (oneOption.has(type)) return { type, selected_option: element.initial_option ?? null }
  if (manyOptions.has(type)) return { type, selected_options: element.initial_options ?? [] }
  const single = singles[type]
  if (single) return { type, [single]: element[single.replace('selected', 'initial')] ?? null }
  const plural = plurals[type]
  if (plural) return { type, [plural]: element[plural.replace('selected', 'initial')] ?? [] }
  if (type === 'rich_text_input') return { type, rich_text_value: element.initial_value ?? null }
  if (type === 'file_input') return { type, files: [] }
  return { type, value: element.initial_value ?? null }
}

/** Whether a value of `state.values` says nothing. */
export function isBlank(value: Wire | undefined): boolean {
  if (!isWire(value)) return true
  const { type, ...rest } = value
  return Object.values(rest).every((entry) => entry === null || (Array.isArray(entry) && entry.length === 0))
}
