import type { Reply } from '../app/command.ts'
import { drillOfDelivery } from '../app/drill-of.ts'
import { languageOf } from '../app/who.ts'
import type { World } from '../app/world.ts'
import type { Delivery, Place } from '../core/delivery/delivery.ts'
import { Fault } from '../core/fault.ts'
import type { Chat, Room } from '../ports/chat.ts'
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
  const language = languageOf(world, delivery)
  try {
    // Looked for afterwards: what was asked for just now may be a drill's.
    const drill = drillOfDelivery(world, delivery)
    const drilled = (view: View): View => (drill === null ? view : drillMarked(view, drill))
    if (reply.toAll && delivery.place) return await tellAll(chat, delivery, delivery.place, drilled(reply.view), how)
    const marked = (view: View): View => drilled(how.resumed ? perhapsRepeated(view) : view)
    const view = marked(reply.view)
    const outcome = await patiently(world.clock, how.signal, () => chat.answer(delivery, view))
    if (outcome === 'late') await chat.answer(delivery, marked(note(language, [say(language, 'refusal.late')])))
  } catch (cause) {
    world.log.warn('answer was not taken', {
      delivery: delivery.id,
      code: cause instanceof Fault ? cause.code : 'bug',
    })
    if (!(cause instanceof Fault)) throw cause
  }
}

/** Where it was asked, for everybody; looked for first, since a delivery can be run again. */
async function tellAll(chat: Chat, delivery: Delivery, place: Place, view: View, how: How): Promise<void> {
  const { channel, thread } = place
  const room: Room = { kind: 'channel', channel, ...(thread && { thread }) }
  const key = `answer:${delivery.id}`
  const sent = how.resumed && (await chat.find(room, key, how.signal))
  if (!sent) await chat.send(room, view, key, how.signal)
}
