import type { Account } from '../actor.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** What the record says of itself. Streams `config`, `checkpoints`, `accounts`. */
export type RecordEvent =
  | Fact<'config.loaded', { readonly digest: string }>
  /** Signed over `position:hash` with a key kept outside the database. */
  | Fact<
      'ledger.checkpointed',
      { readonly position: number; readonly hash: string; readonly signature: string; readonly key: string }
    >
  /** The payload of an earlier event was erased for a person's sake; the chain holds without it. */
  | Fact<'ledger.erased', { readonly position: number; readonly reason: string }>
  /** Stands where an erased event was, with its type and version: only ever read, never appended. */
  | Fact<'event.erased', { readonly type: string; readonly v: number }>
  /** Nobody heard a chat for a while that sends nothing twice: what people said to the bot then may be lost. Stream `chats`. */
  | Fact<'chat.was-away', { readonly chat: string; readonly from: string; readonly until: string }>
  /** A chat said that an account was deactivated or demoted; rights end at once. */
  | Fact<'account.lost', { readonly account: Account }>
