import { isWire, type Wire, wires } from '../store/wire.ts'
import { blocks } from './blocks.ts'
import { list, only, type Problem } from './check.ts'
import { findElements } from './walk.ts'

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home'

const everywhere = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'video']
const messagesOnly = [
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'markdown',
  'plan',
  'table',
  'task_card',
]
const allowed: Readonly<Record<Surface, readonly string[]>> = {
  message: [...everywhere, ...messagesOnly],
  modal: [...everywhere, 'alert'],
  home: everywhere,
}
const most: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 }
const textInputs = new Set(['email_text_input', 'url_text_input', 'number_input', 'file_input'])

/** What Slack would refuse about these blocks on this surface; an empty list when it would take them. */
export function checkBlocks(value: unknown, surface: Surface, at = '/blocks'): Problem[] {
  const found: Problem[] = []
  list(only(blocks, allowed[surface]), { max: most[surface] })(value, at, found)
  if (found.length > 0) return found
  const given = wires(value)
  uniqueBlockIds(given, at, found)
  uniqueActionIds(given, at, found)
  if (surface === 'message') messageRules(given, at, found)
  if (surface === 'home') refuseElements(given, new Set(['file_input']), at, found)
  return found
}

function uniqueBlockIds(given: readonly Wire[], at: string, found: Problem[]): void {
  const seen = new Set<string>()
  given.forEach((block, index) => {
    if (typeof block.block_id !== 'string' || block.block_id === '') return
    if (seen.has(block.block_id))
      found.push({ pointer: `${at}/${index}/block_id`, message: `block_id "${block.block_id}" already exists` })
    seen.add(block.block_id)
  })
}

function uniqueActionIds(given: readonly Wire[], at: string, found: Problem[]): void {
  let focused = 0
  given.forEach((block, index) => {
    const seen = new Set<string>()
    for (const element of findElements(block)) {
      if (element.focus_on_load === true) focused++
      if (typeof element.action_id !== 'string') continue
      if (seen.has(element.action_id))
        found.push({ pointer: `${at}/${index}`, message: `action_id "${element.action_id}" already exists` })
      seen.add(element.action_id)
    }
  })
  if (focused > 1) found.push({ pointer: at, message: 'only one element can have focus_on_load' })
}

function refuseElements(given: readonly Wire[], types: ReadonlySet<string>, at: string, found: Problem[]): void {
  given.forEach((block, index) => {
    for (const element of findElements(block))
      if (typeof element.type === 'string' && types.has(element.type))
        found.push({ pointer: `${at}/${index}/element/type`, message: `unsupported type: ${element.type}` })
  })
}

function messageRules(given: readonly Wire[], at: string, found: Problem[]): void {
  refuseElements(given, textInputs, at, found)
  const count = (type: string): number => given.filter((block) => block.type === type).length
  if (count('plan') > 0 && count('task_card') > 0)
    found.push({ pointer: at, message: 'a plan cannot stand beside a task_card' })
  if (count('table') > 1) found.push({ pointer: at, message: 'only_one_table_allowed' })
  const markdown = given.filter((block) => block.type === 'markdown')
  const length = markdown.reduce((sum, block) => sum + String(block.text).length, 0)
  if (length > 12_000) found.push({ pointer: at, message: 'must be less than 12001 characters in all markdown blocks' })
}

/** All characters people would read in these blocks; Slack refuses a message with more than about 13,200. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + textLength(entry), 0)
  if (!isWire(value)) return 0
  let sum = 0
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'string') sum += key === 'text' || key === 'alt_text' || key === 'title' ? entry.length : 0
    else sum += textLength(entry)
  }
  return sum
}

/** Messages as Slack puts them into `response_metadata.messages`. */
export function problemTexts(problems: readonly Problem[]): string[] {
  return problems.map((problem) => `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`)
}
