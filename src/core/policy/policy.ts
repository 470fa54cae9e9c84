import type { PersonId } from '../actor.ts'

/** A tier's rule as it stood when a rollback was proposed, with names resolved to people. */
export interface Policy {
  readonly tier: string
  readonly propose: readonly PersonId[] | 'anyone'
  readonly approve: readonly PersonId[]
  /** How many different people must approve. 0 = none. */
  readonly approvals: number
  /** The requester may not be among the approvers. */
  readonly fourEyes: boolean
  readonly expiresAfterMs: number
  /** Where the incident lives. */
  readonly incident: 'channel' | 'thread'
}

/** What the chat said about somebody at the click. */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' | 'other-organisation' | 'could-not-ask'
