import type { Account, PersonId } from '../core/actor.ts'
import type { Json } from '../core/canonical.ts'
import type { Delivery } from '../core/delivery/delivery.ts'
import type { Standing } from '../core/policy/policy.ts'
import type { Language } from '../text/language.ts'
import type { View } from '../view/view.ts'
import type { Finding } from './effector.ts'

/** Where to say something. A room that does not exist yet is an argument of `send`. */
export type Room =
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string; readonly pin?: boolean }
  /** A conversation of its own for one incident: made, people invited, topic and bookmark set, then the view sent and pinned there. */
  | {
      readonly kind: 'incident'
      readonly name: string
      readonly topic: string
      readonly link: { readonly title: string; readonly url: string }
      readonly invite: readonly Account[]
    }
  | { readonly kind: 'direct'; readonly account: Account }
  | { readonly kind: 'home'; readonly account: Account }

/** A sent view: the conversation, the platform's id of the message, and what the adapter needs to update it (serialisable). */
export interface MessageRef {
  readonly channel: string
  readonly message: string
  /** A link people can open, where the platform has one. */
  readonly link?: string
  readonly data?: Json
}

/** What the chat says about an account when asked now. */
export interface Identity {
  readonly standing: Standing
  readonly name?: string
}

/** What became of an answer to a person. `late`: the platform's time to answer was over. */
export type AnswerOutcome = 'answered' | 'late'

/** Names and addresses that views refer to, resolved from the configuration of the moment. */
export interface Directory {
  account(person: PersonId, chat: string): Account | null
  name(person: PersonId): string
  language(account: Account): Language
  timeZone(person: PersonId): string
}

/**
 * A chat platform. `receive` resolves when the delivery is durable; only then the adapter acknowledges. `send` carries `key` where
 * it can be found again by `find`. Faults: retry `check` when the message may have been sent.
 */
export interface Chat {
  /** Starts; resolves when connected. Reconnects by itself until the signal aborts. */
  listen(receive: (delivery: Delivery) => Promise<void>, signal: AbortSignal): Promise<void>
  /** To the one person of the delivery: a form as a dialog, a card or note only she sees. */
  answer(delivery: Delivery, view: View): Promise<AnswerOutcome>
  send(room: Room, view: View, key: string, signal: AbortSignal): Promise<MessageRef>
  update(ref: MessageRef, view: View, signal: AbortSignal): Promise<MessageRef>
  find(room: Room, key: string, signal: AbortSignal): Promise<MessageRef | null>
  person(account: Account, place: { channel: string } | null, signal: AbortSignal): Promise<Identity>
}

/** What main.ts gets from a chat adapter beside the port itself. */
export interface ChatConnection {
  readonly chat: Chat
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
  close(): Promise<void>
}
