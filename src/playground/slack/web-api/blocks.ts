import type { Problem } from '../blocks/check.ts'
import { checkBlocks } from '../blocks/surface.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import { viewProblems } from '../views/check.ts'
import { invalidArguments } from './arguments.ts'
import type { Call, Methods } from './method.ts'

function refusedAs(code: string, problems: readonly Problem[]): Wire {
  if (problems.length === 0) return {}
  const errors = problems.map(({ pointer, message }) => ({ pointer, code: errorCode(message), message }))
  throw new Refusal(code, { errors })
}

function errorCode(message: string): string {
  if (message.startsWith('missing required field')) return 'missing_required_field'
  return message.startsWith('invalid additional property') ? 'invalid_additional_property' : 'failed_constraint'
}

/** Checks one of `blocks`, `message` and `view`: https://docs.slack.dev/reference/methods/blocks.validate */
function validate({ args }: Call): Wire {
  const given = ['blocks', 'message', 'view'].filter((name) => args.has(name))
  if (given.length !== 1) throw invalidArguments('must provide exactly one of blocks, message, view')
  const blocks = args.json('blocks')
  if (blocks !== undefined) return refusedAs('invalid_blocks', checkBlocks(blocks, 'message', ''))
  const message = args.object('message')
  if (message !== undefined) return refusedAs('invalid_message', checkBlocks(message.blocks ?? [], 'message'))
  const view = args.object('view')
  const type = isWire(view) && view.type === 'home' ? 'home' : 'modal'
  return refusedAs('invalid_view', viewProblems(view, type, ''))
}

/** https://docs.slack.dev/reference/methods/blocks.validate */
export const blockMethods: Methods = { 'blocks.validate': { tier: 4, run: validate } }
