import type { Account } from '../../../src/core/actor.ts'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import type { Standing } from '../../../src/core/policy/policy.ts'
import type { Chat, MessageRef } from '../../../src/ports/chat.ts'

/** What can go wrong between the bot and its platform. */
export type Trouble =
  | 'rate-limited'
  | 'server-error'
  | 'cut-before'
  | 'cut-after'
  | 'unreadable'
  | 'too-slow'
  | 'token-refused'
  | 'no-permission'
  | 'room-unknown'

/** A bot process: the real adapter, opened anew. */
export interface Process {
  readonly chat: Chat
  /** Listens; `take` is what `receive` does. */
  listen(take: (delivery: Delivery) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Where platforms differ, and every one of them is right. */
export interface StageCan {
  /** Messages below a message. */
  readonly threads: boolean
  /** A dialog opens only shortly after the click. */
  readonly dialogsExpire: boolean
  /** The platform tells whether a command was taken; else only presses. */
  readonly commandsAnswered: boolean
}

/** One platform with people on it, as the suite needs it. */
export interface Stage {
  start(): Promise<Process>
  readonly member: Account
  readonly colleague: Account
  /** A channel that both and the bot are in. */
  readonly room: string
  /** Resolves to whether the platform saw its delivery acknowledged, where it looks (`commandsAnswered`). */
  command(who: Account, line: string): Promise<boolean>
  /** Says `text` to the bot by mentioning it; `thread` is a message to answer below. */
  mention(who: Account, text: string, thread?: MessageRef): Promise<void>
  press(who: Account, ref: MessageRef, label: string): Promise<boolean>
  /** The same on the newest message that only this person sees. */
  pressPrivate(who: Account, label: string): Promise<boolean>
  submit(who: Account, inputs: Readonly<Record<string, string>>): Promise<boolean>
  /** The platform delivers its last event once more. */
  repeat(): Promise<void>
  /** What all see, oldest first. */
  seen(room: string): readonly string[]
  /** What only this person sees in channels or in the conversation with the bot. */
  seenBy(who: Account): readonly string[]
  formOf(who: Account): string | null
  homeOf(who: Account): string | null
  /** Conversations with this name or a variant of it. */
  roomsNamed(name: string): readonly string[]
  /** Spoils the sending or updating of messages until the returned function is called. */
  spoil(what: 'send' | 'update', trouble: Trouble): () => void
  /** The platform is gone, and back. */
  down(): Promise<void>
  up(): Promise<void>
  /** Everything that was logged. */
  logged(): string
  readonly secrets: readonly string[]
  /** Accounts of every kind, each with where it is asked about. */
  readonly standings: readonly (readonly [string, Account, string | null, Standing])[]
  close(): Promise<void>
}
