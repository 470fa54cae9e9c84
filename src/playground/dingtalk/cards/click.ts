import { objects, parseJson, type Wire } from '../store/wire.ts'
import { type Sight, textOf, variableOf } from './values.ts'

/** A press that the app is told of. */
export interface Click {
  readonly actionId: string
  /** As the callback carries them; texts typed into inputs among them. */
  readonly params: Readonly<Record<string, unknown>>
  /** What the client shows when the app does not answer. */
  readonly failureText: string
}

/** The click of a component: its action id, else its own id, and its parameters. */
export function clickOf(sight: Sight, props: Wire, of: { id: string; actionId: unknown; params: unknown }): Click {
  const named = objects(of.params).filter((param) => typeof param.name === 'string' && param.name !== '')
  return {
    actionId: textOf(sight, of.actionId) || of.id,
    params: Object.fromEntries(named.map((param) => [String(param.name), valueOfParam(sight, param)])),
    failureText: textOf(sight, props.failureToast) || '操作失败，请重试',
  }
}

/** A parameter with the type of its variable: texts as they are, all else as the JSON that they are. */
function valueOfParam(sight: Sight, param: Wire): unknown {
  if (param.type !== 'variable') return textOf(sight, param.value)
  const name = String(param.variable ?? '')
  const value = variableOf(sight, name)
  const type = sight.template.variables.get(name)?.type ?? 'string'
  if (type === 'string' || type === 'markdown') return value
  return parseJson(value) ?? value
}
