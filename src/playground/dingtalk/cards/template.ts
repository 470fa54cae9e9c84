import type { CardTemplateSetup } from '../setup.ts'
import { isWire, objects, parseJson, type Wire } from '../store/wire.ts'

/** A component of a template: what the card builder calls it, its properties and what is inside. */
export interface Component {
  readonly name: string
  readonly id: string
  readonly props: Wire
  readonly children: readonly Component[]
}

/** A variable that the app fills. */
export interface Variable {
  readonly name: string
  readonly type: string
  /** Every person has their own. */
  readonly isPrivate: boolean
}

/** A published template, as read from an export of the card builder. */
export interface CardTemplate {
  readonly id: string
  readonly root: Component
  readonly variables: ReadonlyMap<string, Variable>
  /** Computed values: name → expression (`a ? b : c`, a variable, a quoted text). */
  readonly expressions: ReadonlyMap<string, string>
  /** Variables that live in the client of one person. */
  readonly locals: ReadonlySet<string>
}

/** The components the playground can draw. */
const drawn = new Set([
  ...['Card', 'StdCard', 'Grid', 'Markdown', 'BaseText', 'BaseTextBlock', 'Tag', 'Image', 'Divider', 'DividerBlock'],
  ...['CardHeaderV2', 'Input', 'Form', 'ButtonBlock', 'ButtonList', 'SingleButton'],
])

/**
 * Reads what the card builder exports: `{ editorData: "<JSON>", widgetInfo, type, mode }`, where the text in `editorData`
 * is `{ schema: { componentsTree }, variableList, expList, localList }`. The examples of
 * https://github.com/open-dingtalk/dingtalk-card-examples are such exports. Throws `RangeError` for what is none.
 */
export function readTemplate({ id, exported }: CardTemplateSetup): CardTemplate {
  const outer = parseJson(exported)
  const inner = isWire(outer) && typeof outer.editorData === 'string' ? parseJson(outer.editorData) : undefined
  const schema = isWire(inner) ? inner.schema : undefined
  const tree = isWire(schema) ? schema.componentsTree : undefined
  if (!isWire(inner) || !Array.isArray(tree) || tree.length !== 1)
    throw new RangeError(`card template ${id} is no export of the card builder`)
  return {
    id,
    root: component(id, tree[0]),
    variables: new Map(objects(inner.variableList).map((given) => [String(given.name), variable(given)])),
    expressions: new Map(objects(inner.expList).map((given) => [String(given.name), String(given.expContent)])),
    locals: new Set(objects(inner.localList).map((given) => String(given.name))),
  }
}

function component(template: string, given: unknown): Component {
  if (!isWire(given) || typeof given.componentName !== 'string')
    throw new RangeError(`card template ${template} has a component without a name`)
  if (!drawn.has(given.componentName))
    throw new RangeError(`card template ${template}: the playground cannot draw ${given.componentName}`)
  return {
    name: given.componentName,
    id: String(given.id ?? ''),
    props: isWire(given.props) ? given.props : {},
    children: objects(given.children).map((child) => component(template, child)),
  }
}

function variable(given: Wire): Variable {
  return { name: String(given.name), type: String(given.type), isPrivate: given.private === true }
}
