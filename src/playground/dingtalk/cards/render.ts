import { isWire, objects, type Wire } from '../store/wire.ts'
import { type Click, clickOf } from './click.ts'
import { type CardForm, drawForm } from './form.ts'
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
  /** Opens an address, or tells the app. */
  readonly does: { readonly url: string } | Click
}

/** A one-line input as the card shows it. */
export interface CardInput {
  readonly id: string
  readonly title: string
  readonly placeholder: string
  readonly value: string
  readonly isDisabled: boolean
  /** The local variable the text goes to, which buttons send along. */
  readonly variable: string
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
  | { readonly kind: 'form'; readonly form: CardForm }

/** Draws a card for one person; what is empty or not visible is left out. */
export function renderCard(sight: Sight): CardView {
  const { root } = sight.template
  const header = root.children.find(({ name }) => name === 'CardHeaderV2')
  return {
    title: textOf(sight, header ? header.props.title : root.props.cardName),
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
    case 'CardHeaderV2':
      return []
    case 'Form': {
      const form = drawForm(sight, component)
      return form ? [{ kind: 'form', form }] : []
    }
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

/** An input that keeps its text in a local variable. One that sends by itself is refused. */
function drawInput(sight: Sight, { id: node, props }: Component): CardInput {
  if (props.actionType !== 'setLocalState' || !isWire(props.localVarAction))
    throw new RangeError(
      `card template ${sight.template.id}: the playground draws only inputs that set a local variable`,
    )
  const variable = String(props.localVarAction.variable ?? '')
  return {
    id: String(props.id ?? node),
    title: textOf(sight, props.title),
    placeholder: textOf(sight, props.placeholder),
    value: variableOf(sight, variable) || textOf(sight, props.currentValue),
    isDisabled: textOf(sight, props.status) === 'disabled',
    variable,
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
    return [{ ...shown, does: clickOf(sight, given, { id, actionId: given.actionId, params: given.params }) }]
  if (given.actionType === 'confirm') {
    const does = clickOf(sight, given, {
      id,
      actionId: given.confirmOkReqActionActionId,
      params: given.confirmOkReqActionParams,
    })
    return [{ ...shown, confirm: question(sight, given), does }]
  }
  return [{ ...shown, does: { url: textOf(sight, given.url) } }]
}

function question(sight: Sight, given: Wire): NonNullable<CardButton['confirm']> {
  return {
    title: textOf(sight, given.confirmTitle),
    message: textOf(sight, given.confirmMessage),
    ok: textOf(sight, given.confirmOkText),
    cancel: textOf(sight, given.confirmCancelText),
  }
}
