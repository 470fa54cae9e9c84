import type { Account, PersonId } from '../core/actor.ts'
import type { Json } from '../core/canonical.ts'
import type { Delivery } from '../core/delivery/delivery.ts'
import type { Standing } from '../core/policy/policy.ts'
import type { Language } from '../text/language.ts'
import type { View } from '../view/view.ts'
import type { Finding } from './effector.ts'
import type { Ring } from './ring.ts'

/** Where to say something. A room that does not exist yet is an argument of `send`. */
export type Room =
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string; readonly pin?: boolean }
  /** A conversation of its own for one incident: made, people invited, topic and bookmark set, then the view sent and pinned there. */
  | {
      readonly kind: 'incident'
      /** Names the conversation, the same for all that is said in it: what was made under it is found again, and no second one is made. */
      readonly key: string
      readonly name: string
      readonly topic: string
      readonly link: { readonly title: string; readonly url: string }
      readonly invite: readonly Account[]
    }
  | { readonly kind: 'direct'; readonly account: Account }
  | { readonly kind: 'home'; readonly account: Account }
  /** A user group of the platform, by its id there: it takes `members` only, and setting it twice is setting it once. */
  | { readonly kind: 'group'; readonly group: string }

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

/** A time in which what people said to the bot may be lost. ISO instants. */
export interface Away {
  readonly from: string
  readonly until: string
}

/** What a platform has, and how often a card may change there. */
export interface ChatCan {
  /** Messages below a message. Where there are none, a card tells its moments itself. */
  readonly threads: boolean
  /** A conversation of its own for an incident. Where there is none, incidents live in the service's channel. */
  readonly rooms: boolean
  /** A person's own page that stays up to date. Where there is none, it is shown when asked for. */
  readonly home: boolean
  /** Calls are counted by the month: steps wait like progress does, and nothing is announced that a card says. */
  readonly frugal: boolean
  /** A card changes at most this often. */
  readonly updateEveryMs: number
  /** One of which only progress is new waits that much longer. */
  readonly lazyMs: number
  /** A clock on a card that nothing else changes moves this often; null: never. */
  readonly tickMs: number | null
}

/** A message as it stands in a chat now. */
export interface Quote {
  /** As people wrote it, without the platform's markup. */
  readonly text: string
  /** ISO instant. */
  readonly at: string
  readonly link?: string
  /** The message whose thread it stands in. */
  readonly thread?: string
  /** Null where no person said it. */
  readonly account: Account | null
  /** Of an application that said it. Untrusted. */
  readonly name?: string
  /** We said it. */
  readonly ours: boolean
  /** Whether anybody's mark to keep it is on it. */
  readonly marked: boolean
}

/**
 * A chat platform. `receive` resolves when the delivery is durable; only then the adapter acknowledges. `send` carries `key` where
 * it can be found again by `find`. Faults: retry `check` when the message may have been sent.
 */
export interface Chat {
  readonly can: ChatCan
  /**
   * Starts; resolves when connected. Reconnects by itself until the signal aborts. `away` is called after more than a minute in
   * which messages may have been lost, also over a restart; it resolves when that is durable, and may be called twice for one gap.
   */
  listen(
    receive: (delivery: Delivery) => Promise<void>,
    signal: AbortSignal,
    away?: (gap: Away) => Promise<void>,
  ): Promise<void>
  /** To the one person of the delivery: a form as a dialog, a card or note only she sees. */
  answer(delivery: Delivery, view: View): Promise<AnswerOutcome>
  send(room: Room, view: View, key: string, signal: AbortSignal): Promise<MessageRef>
  update(ref: MessageRef, view: View, signal: AbortSignal): Promise<MessageRef>
  find(room: Room, key: string, signal: AbortSignal): Promise<MessageRef | null>
  person(account: Account, place: { channel: string } | null, signal: AbortSignal): Promise<Identity>
  /** A message of other people, by its id in a conversation; null where it is gone. Absent where marks cannot be told. */
  quote?(channel: string, message: string, signal: AbortSignal): Promise<Quote | null>
}

/** A number for `/metrics`. */
export interface Measure {
  readonly name: string
  readonly help: string
  read(): number
}

/** What main.ts gets from a chat adapter beside the port itself. */
export interface ChatConnection {
  readonly chat: Chat
  readonly measures?: readonly Measure[]
  /** What a pager may be made of, where the platform can wake people. */
  readonly ring?: Ring
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
  close(): Promise<void>
}
