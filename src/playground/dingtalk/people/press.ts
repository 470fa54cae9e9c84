import { type CardButton, type CardInput, type CardView, type Click, renderCard } from '../cards/render.ts'
import type { Sight } from '../cards/values.ts'
import type { Answer } from '../gateway/frames.ts'
import type { Hub } from '../gateway/hub.ts'
import { applyAnswer, failClick } from '../store/cards.ts'
import { corpOf } from '../store/people.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { Card, World } from '../store/world.ts'
import { type Outcome, refused } from './outcome.ts'

/** What somebody typed into the inputs of a card, by the input's id. */
export type Inputs = Readonly<Record<string, string>>

/** A card as a person sees it. */
export function viewOf(card: Card, userId: string, local: Inputs = {}): CardView {
  return renderCard(sightOf(card, userId, local))
}

/** The card's buttons, top to bottom. */
export function buttonsOf(view: CardView): CardButton[] {
  return view.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
}

/** The card's inputs, top to bottom. */
export function inputsOf(view: CardView): CardInput[] {
  return view.blocks.flatMap((block) => (block.kind === 'input' ? [block.input] : []))
}

/** What is pressed, and where: `space` is the conversation it is pressed in, where that is not the card's own. */
export interface Press {
  readonly card: string
  /** The button's id, its action id or its words. */
  readonly button: string
  readonly inputs: Inputs
  readonly space?: string
}

/** A person fills in inputs and presses a button of a card. */
export async function pressButton(world: World, hub: Hub, userId: string, press: Press): Promise<Outcome> {
  const card = world.cards.get(press.card)
  const place = card && placeOf(world, card, userId, press.space)
  if (!card || !place) return refused('card_not_found')
  if (place === 'elsewhere') return refused('forwarding_off')
  const local = localOf(card, userId, press.inputs)
  if (!local) return refused('input_not_found')
  const button = buttonsOf(viewOf(card, userId, local)).find((one) => isNamed(one, press.button))
  if (!button) return refused('button_not_found')
  if (button.isDisabled) return refused('button_disabled')
  if (button.does.kind === 'open') return { ok: true, detail: button.does.url }
  return sendClick(world, hub, { userId, card, space: place, click: button.does })
}

function isNamed(button: CardButton, name: string): boolean {
  return (
    button.id === name || button.label === name || (button.does.kind === 'request' && button.does.actionId === name)
  )
}

function sightOf(card: Card, userId: string, local: Inputs): Sight {
  return { template: card.template, data: card.data, privateData: card.privateData.get(userId) ?? {}, local }
}

/** Typed texts by the local variable they go to; undefined when there is no such input, or it is disabled. */
function localOf(card: Card, userId: string, inputs: Inputs): Inputs | undefined {
  const shown = inputsOf(viewOf(card, userId))
  const local: Record<string, string> = {}
  for (const [id, value] of Object.entries(inputs)) {
    const input = shown.find((one) => one.id === id && !one.isDisabled)
    if (input?.does.kind !== 'keep') return undefined
    local[input.does.variable] = value
  }
  return local
}

/** The conversation the person sees the card in. Forwarded cards work only where the card allows it. */
function placeOf(world: World, card: Card, userId: string, space: string | undefined): string | undefined {
  const own = card.places.map(({ conversation }) => conversation)
  const sees = (id: string): boolean => world.conversations.get(id)?.members.has(userId) ?? false
  if (space === undefined) return own.find(sees)
  if (own.includes(space)) return sees(space) ? space : undefined
  return card.mayForward ? space : 'elsewhere'
}

interface Clicked {
  readonly userId: string
  readonly card: Card
  readonly space: string
  readonly click: Click
}

async function sendClick(world: World, hub: Hub, clicked: Clicked): Promise<Outcome> {
  const { card, userId, click } = clicked
  if (card.callback !== 'STREAM') return refused('failed', click.failureText)
  const startedAt = performance.now()
  card.clicksUnderWay++
  const { push, answer } = await hub.askAboutCard(callback(world, clicked))
  card.clicksUnderWay--
  const answerMs = Math.round(performance.now() - startedAt)
  const problem = !push.isSent ? 'nobody_listens' : !answer ? 'no_answer' : applied(world, clicked, answer)
  if (!problem) return { ok: true, isTaken: true, answerMs }
  failClick(world, card, userId, problem)
  return { ...refused('failed', click.failureText), isTaken: push.isSent, answerMs }
}

/** Does what the app answered; `bad_answer` when DingTalk would not take it. */
function applied(world: World, { card, userId }: Clicked, answer: Answer): 'bad_answer' | undefined {
  if (answer.code !== 200 || !isWire(answer.data)) return 'bad_answer'
  const { response } = answer.data
  if (!isWire(response)) return undefined
  try {
    applyAnswer(world, card, userId, response)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return 'bad_answer'
    throw error
  }
}

/** What the app is sent: https://open.dingtalk.com/document/development/event-callback-card */
function callback(world: World, { userId, card, space, click }: Clicked): Wire {
  const person = world.people.get(userId)
  const content = JSON.stringify({ cardPrivateData: { actionIds: [click.actionId], params: click.params } })
  return {
    type: 'actionCallback',
    outTrackId: card.id,
    corpId: person ? corpOf(world, person) : '',
    userId,
    userIdType: card.userIdType,
    spaceId: space,
    spaceType: 'IM',
    content,
    value: content,
    extension: '{}',
  }
}
