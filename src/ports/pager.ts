import type { PersonId } from '../core/actor.ts'
import type { Finding, Receipt } from './effector.ts'

/** Whom to wake, and what for. The texts are in her own language. */
export interface Page {
  /** At most 255 characters. The same key a second time wakes nobody. */
  readonly key: string
  readonly person: PersonId
  /** The service that burns, as the configuration names it. */
  readonly service: string
  readonly summary: string
  readonly urgency: 'high' | 'low'
  /** Where the evidence stands. */
  readonly link: string
  /** ISO instant at which it became due. */
  readonly at: string
}

/** What came back from the pager's side: somebody took a page, or says that it is over. */
export interface Heard {
  /** The vendor's own id of this word: the same one a second time is the same word. */
  readonly id: string
  /** Of the page that it answers. */
  readonly key: string
  readonly act: 'acknowledged' | 'resolved'
  readonly by: {
    /** Null: nobody whom the configuration knows by this account. */
    readonly person: PersonId | null
    readonly account: string
    /** Untrusted, for people to read. */
    readonly name: string
  }
  /** ISO instant, by the vendor's clock. */
  readonly at: string
}

/** What wakes people. Faults: retry `check` when the page may have gone out; repeating it under its key is harmless. */
export interface Pager {
  /** Whether a page to her about this service has a way to go. Asks nobody. */
  reaches(person: PersonId, service: string): boolean
  page(page: Page, signal: AbortSignal): Promise<Receipt>
  /** Was it sent? `unknown` where the vendor cannot be asked. */
  recall(page: Page, signal: AbortSignal): Promise<Receipt | 'never' | 'unknown'>
  /** Somebody has it, or it is over: wakes nobody for it any more. Harmless a second time. */
  calm(receipt: Receipt, as: 'acknowledged' | 'resolved', signal: AbortSignal): Promise<void>
  /** `hear` resolves when the word is durable; only then the vendor is answered. Called once. */
  listen(hear: (heard: Heard) => Promise<void>): void
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
}
