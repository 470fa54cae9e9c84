import type { Click } from '../cards/click.ts'
import { type CardForm, fillForm } from '../cards/form.ts'
import { type CardButton, type CardInput, type CardView, renderCard } from '../cards/render.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Card, CardPlace, World } from '../store/world.ts'
import { sendClick } from './click.ts'
import { type Outcome, refused } from './outcome.ts'

/** What somebody typed into the inputs of a card, or the fields of its form, by id or name. */
export type Inputs = Readonly<Record<string, string>>

/** What is pressed, and where: `space` is the conversation it is pressed in, where that is not the card's own. */
export interface Press {
  readonly card: string
  /** The id of the button or form, its action id or its words. */
  readonly button: string
  readonly inputs: Inputs
  readonly space?: string
}

/** A card as a person sees it; `local`: what they typed, by the local variable it goes to. */
export function viewOf(card: Card, userId: string, local: Inputs = {}): CardView {
  const { template, data } = card
  return renderCard({ template, data, privateData: card.privateData.get(userId) ?? {}, local })
}

/** A person fills in inputs and presses a button of a card, or fills in its form and submits that. */
export async function pressButton(world: World, hub: Hub, userId: string, press: Press): Promise<Outcome> {
  const card = world.cards.get(press.card)
  const place = card && placeOf(world, card, userId, press.space)
  if (!card || !place) return refused('card_not_found')
  if (place === 'elsewhere') return refused('forwarding_off')
  const form = formsOf(viewOf(card, userId)).find((one) => isNamed(one.id, one.submitLabel, one.does, press.button))
  const click = form ? submitted(form, press.inputs) : pressed(card, userId, press)
  if ('ok' in click) return click
  return sendClick(world, hub, { userId, card, space: place, click })
}

/** The click of a button, or why there is none. */
function pressed(card: Card, userId: string, press: Press): Click | Outcome {
  const local = localOf(card, userId, press.inputs)
  if (!local) return refused('input_not_found')
  const buttons = buttonsOf(viewOf(card, userId, local))
  const button = buttons.find(({ id, label, does }) => isNamed(id, label, does, press.button))
  if (!button) return refused('button_not_found')
  if (button.isDisabled) return refused('button_disabled')
  return 'url' in button.does ? { ok: true, detail: button.does.url } : button.does
}

/** The click of a form that is filled in, its values under the form's id. */
function submitted(form: CardForm, inputs: Inputs): Click | Outcome {
  if (form.isDisabled) return refused('button_disabled')
  const filled = fillForm(form, inputs)
  if ('unknown' in filled) return refused('input_not_found', filled.unknown)
  if ('empty' in filled) return refused('input_empty', filled.empty.requiredText)
  return { ...form.does, params: { ...form.does.params, [form.id]: filled.values } }
}

function isNamed(id: string, label: string, does: CardButton['does'], name: string): boolean {
  return id === name || label === name || ('actionId' in does && does.actionId === name)
}

/** Typed texts by the local variable they go to; undefined when there is no such input, or it is disabled. */
function localOf(card: Card, userId: string, inputs: Inputs): Inputs | undefined {
  const shown = inputsOf(viewOf(card, userId))
  const local: Record<string, string> = {}
  for (const [id, value] of Object.entries(inputs)) {
    const input = shown.find((one) => one.id === id && !one.isDisabled)
    if (!input) return undefined
    local[input.variable] = value
  }
  return local
}

/** The conversation the person sees the card in. Forwarded cards work only where the card allows it. */
function placeOf(world: World, card: Card, userId: string, space: string | undefined): string | undefined {
  const seen = ({ conversation, onlyFor }: CardPlace): boolean =>
    (world.conversations.get(conversation)?.members.has(userId) ?? false) && (onlyFor?.includes(userId) ?? true)
  if (space === undefined) return card.places.find(seen)?.conversation
  const own = card.places.find(({ conversation }) => conversation === space)
  if (own) return seen(own) ? space : undefined
  return card.mayForward ? space : 'elsewhere'
}

function buttonsOf(view: CardView): CardButton[] {
  return view.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
}

function inputsOf(view: CardView): CardInput[] {
  return view.blocks.flatMap((block) => (block.kind === 'input' ? [block.input] : []))
}

function formsOf(view: CardView): CardForm[] {
  return view.blocks.flatMap((block) => (block.kind === 'form' ? [block.form] : []))
}
