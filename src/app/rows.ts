import type { Json } from '../core/canonical.ts'
import type { Room } from '../ports/chat.ts'
import type { View } from '../view/view.ts'
import type { World } from './world.ts'

/** A view that is to stand in a conversation. */
export interface Wish {
  readonly key: string
  readonly chat: string
  readonly spec: Json
  readonly wanted: number
}

/** What an outbox row is to say, and where. `later`: what it hangs on was not sent yet. `never`: it cannot be said any more. */
export type Posting = { readonly view: View; readonly room: Room } | 'later' | 'never'

/** `spec` says what to render; it is one of `Spec`. */
export const rowOf = (chat: string, key: string, spec: object, wanted: number): Wish => ({
  key: `${chat}/${key}`,
  chat,
  spec: spec as Json,
  wanted,
})

/** The chats an incident lives in: those where its service's team has a channel. */
export function chatsOf(world: World, incident: string): readonly string[] {
  const service = world.config().service(world.desk.incident(incident)?.service ?? '')
  return [...world.chats.keys()].filter((chat) => service?.channels[chat] !== undefined)
}
