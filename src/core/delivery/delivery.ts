import type { Account } from '../actor.ts'
import type { Alert } from '../alert/alert.ts'

/** Where in a chat something happened. */
export interface Place {
  readonly channel: string
  /** The message whose thread it happened in. */
  readonly thread?: string
  /** True for channels shared with other organisations: nothing can be approved there. */
  readonly shared?: boolean
}

/** The message in which something was said: when, and where it can be read. */
export interface Said {
  /** ISO instant, by the chat's clock. */
  readonly at: string
  readonly link?: string
}

/** What a person did, in the words of no platform. Field values are untrusted. */
export type Deed =
  | {
      readonly kind: 'command'
      readonly name: string
      readonly text: string
      readonly via: 'slash' | 'mention'
      readonly said?: Said
    }
  /** A button: which one, what it was bound to, and the inputs that stood beside it. */
  | {
      readonly kind: 'press'
      readonly action: string
      readonly value: string
      readonly inputs: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'submit'
      readonly form: string
      readonly value: string
      readonly inputs: Readonly<Record<string, string>>
    }
  | { readonly kind: 'home' }
  /** A message was marked to be kept, or is no more: which of the two is asked of the chat. */
  | { readonly kind: 'mark'; readonly message: string }
  /** An app that may do so posted alerts: all of it is untrusted. */
  | { readonly kind: 'alert-message'; readonly source: string; readonly alerts: readonly Alert[] }
  /** The chat said that this account was deactivated or became a guest. */
  | { readonly kind: 'account-lost' }

/** One thing that reached us from a chat, exactly once in the ledger under its id. */
export interface Delivery {
  /** The dedupe key: the platform's own id of this delivery, prefixed with the chat. */
  readonly id: string
  readonly account: Account
  readonly place: Place | null
  readonly deed: Deed
}
