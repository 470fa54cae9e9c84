import { isWire, objects, type Wire } from '../store/wire.ts'
import type { Component } from './template.ts'
import { isVisible, type Sight, textOf, variableOf } from './values.ts'

/** A button as the card shows it. */
export interface CardButton {
  readonly id: string
  readonly label: string
  readonly style: 'primary' | 'danger' | 'normal'
  readonly isDisabled: boolean
  /** What the client asks before it sends the click. */
  readonly confirm?: { readonly title: string; readonly message: string; readonly ok: string; readonly cancel: string }
  readonly does: { readonly kind: 'open'; readonly url: string } | Click
}

/** A press that the app is told of. */
export interface Click {
  readonly kind: 'request'
  readonly actionId: string
  /** As the callback carries them; texts typed into inputs among them. */
  readonly params: Readonly<Record<string, string>>
  /** What the client shows when the app does not answer. */
  readonly failureText: string
}

/** A one-line input as the card shows it. */
export interface CardInput {
  readonly id: string
  readonly title: string
  readonly placeholder: string
  readonly value: string
  readonly isDisabled: boolean
  /** Where the text goes: a local variable that buttons send, or the app at once. */
  readonly does:
    | { readonly kind: 'keep'; readonly variable: string }
    | { readonly kind: 'request'; readonly actionId: string }
}

/** What a page needs to draw one person's view of a card, top to bottom. */
export interface CardView {
  readonly title: string
  readonly tag: string
  readonly blocks: readonly CardBlock[]
}

export type CardBlock =
  | { readonly kind: 'markdown' | 'text'; readonly text: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'input'; readonly input: CardInput }
  | { readonly kind: 'buttons'; readonly buttons: readonly CardButton[] }

/** Draws a card for one person; what is empty or not visible is left out. */
export function renderCard(sight: Sight): CardView {
  const { root } = sight.template
  return {
    title: textOf(sight, root.props.cardName),
    tag: textOf(sight, root.props.tagText),
    blocks: root.children.flatMap((child) => draw(sight, child)),
  }
}

function draw(sight: Sight, component: Component): CardBlock[] {
  const { name, props, children } = component
  if (!isVisible(sight, props)) return []
  switch (name) {
    case 'Markdown':
      return written('markdown', textOf(sight, props.content))
    case 'BaseText':
    case 'BaseTextBlock':
    case 'Tag':
      return written('text', textOf(sight, props.text))
    case 'Image': {
      const image = textOf(sight, props.image ?? props.url)
      return image === '' ? [] : [{ kind: 'image', image }]
    }
    case 'Divider':
    case 'DividerBlock':
      return [{ kind: 'divider' }]
    case 'Input':
      return [{ kind: 'input', input: drawInput(sight, component) }]
    case 'ButtonBlock':
      return row(objects(props.buttons).flatMap((given) => drawButton(sight, given, String(given.id ?? ''))))
    case 'ButtonList':
      return row(children.flatMap((child) => drawButton(sight, child.props, String(child.props.id ?? child.id))))
    case 'SingleButton':
      return row(drawButton(sight, props, String(props.id ?? component.id)))
    default:
      return children.flatMap((child) => draw(sight, child))
  }
}

function written(kind: 'markdown' | 'text', text: string): CardBlock[] {
  return text === '' ? [] : [{ kind, text }]
}

function row(buttons: readonly CardButton[]): CardBlock[] {
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }]
}

function drawInput(sight: Sight, { id: node, props }: Component): CardInput {
  const id = String(props.id ?? node)
  const variable = isWire(props.localVarAction) ? String(props.localVarAction.variable ?? '') : ''
  const keeps = props.actionType === 'setLocalState'
  const value = keeps ? variableOf(sight, variable) : ''
  return {
    id,
    title: textOf(sight, props.title),
    placeholder: textOf(sight, props.placeholder),
    value: value === '' ? textOf(sight, props.currentValue) : value,
    isDisabled: textOf(sight, props.status) === 'disabled',
    does: keeps ? { kind: 'keep', variable } : { kind: 'request', actionId: textOf(sight, props.actionId) || id },
  }
}

function drawButton(sight: Sight, given: Wire, id: string): CardButton[] {
  if (!isVisible(sight, given)) return []
  const color = textOf(sight, given.color)
  const shown = {
    id,
    label: textOf(sight, given.text),
    style: color === 'blue' ? ('primary' as const) : color === 'red' ? ('danger' as const) : ('normal' as const),
    isDisabled: textOf(sight, given.status) === 'disabled',
  }
  if (given.actionType === 'request')
    return [{ ...shown, does: click(sight, given, { id, actionId: given.actionId, params: given.params }) }]
  if (given.actionType === 'confirm') {
    const does = click(sight, given, {
      id,
      actionId: given.confirmOkReqActionActionId,
      params: given.confirmOkReqActionParams,
    })
    return [{ ...shown, confirm: question(sight, given), does }]
  }
  return [{ ...shown, does: { kind: 'open', url: textOf(sight, given.url) } }]
}

function question(sight: Sight, given: Wire): NonNullable<CardButton['confirm']> {
  return {
    title: textOf(sight, given.confirmTitle),
    message: textOf(sight, given.confirmMessage),
    ok: textOf(sight, given.confirmOkText),
    cancel: textOf(sight, given.confirmCancelText),
  }
}

function click(sight: Sight, given: Wire, of: { id: string; actionId: unknown; params: unknown }): Click {
  const params = objects(of.params)
    .filter((param) => typeof param.name === 'string' && param.name !== '')
    .map((param): [string, string] => [
      String(param.name),
      param.type === 'variable' ? variableOf(sight, String(param.variable ?? '')) : textOf(sight, param.value),
    ])
  return {
    kind: 'request',
    actionId: textOf(sight, of.actionId) || of.id,
    params: Object.fromEntries(params),
    failureText: textOf(sight, given.failureToast) || '操作失败，请重试',
  }
}
