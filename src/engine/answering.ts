import type { Reply } from '../app/command.ts'
import { drillOfDelivery } from '../app/drill-of.ts'
import { languageOf } from '../app/who.ts'
import type { World } from '../app/world.ts'
import type { Delivery } from '../core/delivery/delivery.ts'
import { Fault } from '../core/fault.ts'
import type { AnswerOutcome, Chat, Room } from '../ports/chat.ts'
import type { Language } from '../text/language.ts'
import { say } from '../text/say.ts'
import { drillMarked } from '../view/drill-mark.ts'
import { note } from '../view/incident.ts'
import { perhapsRepeated } from '../view/repeated.ts'
import type { View } from '../view/view.ts'
import { patiently } from './patiently.ts'

/** How a delivery is answered. */
export interface How {
  /** It was left by a process that died: its answer may have been sent. */
  readonly resumed: boolean
  readonly signal: AbortSignal
}

/** Tells the answer to a delivery; one that the chat does not take is logged, and the delivery stands as it is. */
export async function answer(world: World, delivery: Delivery, reply: Reply, how: How): Promise<void> {
  const chat = world.chats.get(delivery.account.chat)
  if (!chat || !reply.view) return
  try {
    // Looked for afterwards: what was asked for just now may be a drill's.
    const drill = drillOfDelivery(world, delivery)
    const drilled = (view: View): View => (drill === null ? view : drillMarked(view, drill))
    if (reply.toAll && delivery.place) return await tellAll(world, chat, { delivery, view: drilled(reply.view) }, how)
    const language = languageOf(world, delivery)
    const send = (view: View) => patiently(world.clock, how.signal, () => chat.answer(delivery, drilled(view)))
    await tellHer(send, reply.view, language, how.resumed)
  } catch (cause) {
    world.log.warn('answer was not taken', {
      delivery: delivery.id,
      code: cause instanceof Fault ? cause.code : 'bug',
    })
    if (!(cause instanceof Fault)) throw cause
  }
}

/** What may have been shown is shown once more, and says so; a dialog that does not open is told in words. */
async function tellHer(
  send: (view: View) => Promise<AnswerOutcome>,
  view: View,
  language: Language,
  resumed: boolean,
): Promise<void> {
  const marked = (one: View): View => (resumed ? perhapsRepeated(one) : one)
  const inWords = (key: 'refusal.late' | 'refusal.no-dialog') => send(marked(note(language, [say(language, key)])))
  try {
    if ((await send(marked(view))) === 'late') await inWords('refusal.late')
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    if (view.kind === 'form') await inWords('refusal.no-dialog')
    else if (cause.retry === 'check' && !resumed) await send(perhapsRepeated(view))
    else throw cause
  }
}

/** Where it was asked, for everybody; looked for wherever it may stand: a delivery can be run again, an answer of the chat get lost. */
async function tellAll(world: World, chat: Chat, { delivery, view }: ToAll, how: How): Promise<void> {
  if (!delivery.place) return
  const { channel, thread } = delivery.place
  const room: Room = { kind: 'channel', channel, ...(thread && { thread }) }
  const key = `answer:${delivery.id}`
  const stands = async () => (await chat.find(room, key, how.signal)) !== null
  const send = () => patiently(world.clock, how.signal, () => chat.send(room, view, key, how.signal))
  if (how.resumed && (await stands())) return
  try {
    await send()
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.retry !== 'check') throw cause
    if (!(await stands())) await send()
  }
}

interface ToAll {
  readonly delivery: Delivery
  readonly view: View
}
