import { flag, oneOf, type Problem, shape, text } from '../blocks/check.ts'
import { initialState } from '../blocks/element-state.ts'
import { plainText } from '../blocks/objects.ts'
import { checkBlocks, problemTexts } from '../blocks/surface.ts'
import { completed, placedElements } from '../blocks/walk.ts'
import { checkSlackFiles } from '../store/files.ts'
import { isWire, Refusal, type Wire, wires } from '../store/wire.ts'
import type { View, World } from '../store/world.ts'

const mostBytes = 250_000

/** A view that Slack would take, with ids filled in and the state its elements start with. */
export interface CheckedView {
  readonly body: Wire
  readonly state: View['state']
}

const shared = {
  private_metadata: text({ max: 3000 }),
  callback_id: text({ max: 255 }),
  external_id: text({ max: 255 }),
}
const anything = (): void => {}
const modal = shape(
  { type: oneOf('modal'), title: plainText(24), blocks: anything },
  {
    ...shared,
    close: plainText(24),
    submit: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
)
const home = shape({ type: oneOf('home'), blocks: anything }, shared)

/** Checks a view payload. Refuses with `invalid_arguments`, `view_too_large` or `duplicate_external_id`. */
export function checkView(world: World, value: unknown, type: 'modal' | 'home', replaces?: string): CheckedView {
  const found = viewProblems(value, type, '/view')
  if (found.length > 0 || !isWire(value)) throw refused(found)
  const blocks = wires(value.blocks)
  checkSlackFiles(world, blocks, '/view/blocks')
  if (Buffer.byteLength(JSON.stringify(value)) > mostBytes) throw new Refusal('view_too_large')
  for (const view of world.views.values())
    if (value.external_id && view.body.external_id === value.external_id && view.id !== replaces)
      throw new Refusal('duplicate_external_id')
  const body = { ...structuredClone(value), blocks: completed(blocks, world.ids) }
  return { body, state: initialState(placedElements(body.blocks)) }
}

/** What is wrong with the shape of a view. */
export function viewProblems(value: unknown, type: 'modal' | 'home', at: string): Problem[] {
  const found: Problem[] = []
  const check = type === 'modal' ? modal : home
  check(value, at, found)
  if (!isWire(value)) return found
  if (value.blocks !== undefined) found.push(...checkBlocks(value.blocks, type, `${at}/blocks`))
  const hasInput = wires(value.blocks).some((block) => block.type === 'input')
  if (type === 'modal' && hasInput && value.submit === undefined)
    found.push({ pointer: at, message: 'missing required field: submit' })
  return found
}

function refused(found: readonly Problem[]): Refusal {
  return new Refusal('invalid_arguments', { response_metadata: { messages: problemTexts(found) } })
}
