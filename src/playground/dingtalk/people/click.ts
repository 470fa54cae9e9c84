import type { Click } from '../cards/click.ts'
import type { Answer } from '../gateway/frames.ts'
import type { Hub } from '../gateway/hub.ts'
import { applyAnswer, failClick } from '../store/cards.ts'
import { corpOf } from '../store/people.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { Card, World } from '../store/world.ts'
import { type Outcome, refused } from './outcome.ts'

/** A click on its way to the app. */
export interface Clicked {
  readonly userId: string
  readonly card: Card
  /** The conversation it was made in. */
  readonly space: string
  readonly click: Click
}

/** Tells the app of a click and does what it answers; a click without an answer fails, and the card remembers it. */
export async function sendClick(world: World, hub: Hub, clicked: Clicked): Promise<Outcome> {
  const { card, userId, click } = clicked
  if (card.callback !== 'STREAM') return refused('failed', click.failureText)
  const startedAt = performance.now()
  card.clicksUnderWay++
  const { push, answer } = await hub.askAboutCard(callback(world, clicked))
  card.clicksUnderWay--
  const answerMs = Math.round(performance.now() - startedAt)
  const reason = push.isSent ? (answer ? applied(world, clicked, answer) : 'no_answer') : 'nobody_listens'
  if (!reason) return { ok: true, isTaken: true, answerMs }
  failClick(world, card, userId, reason)
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
