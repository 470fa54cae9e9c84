import type { PersonId } from '../actor.ts'

/**
 * Who is meant, as a policy writes it: `on-call` (of the service itself), `on-call:<service>`, `commander`, `owners` (the service's
 * team), the name of a team or of a person; `anyone` only for who may start.
 */
export type Role = string

/** A tier's rule for one environment, in the words of the configuration: who stands behind a role is asked anew each time. */
export interface PolicyRule {
  readonly tier: string
  readonly environment: string
  readonly propose: readonly Role[]
  readonly approve: readonly Role[]
  /** How many different people must approve. 0 = none. */
  readonly approvals: number
  /** The requester may not be among the approvers. */
  readonly fourEyes: boolean
  readonly expiresAfterMs: number
  /** Where the incident lives. */
  readonly incident: 'channel' | 'thread'
  /** What a plan with steps of a kind (`database`) needs beside that: one more approval, by somebody of these. */
  readonly also: Readonly<Record<string, readonly Role[]>>
  /** Whoever is on call for the service may act at once. */
  readonly emergency: boolean
  readonly breakGlass: readonly Role[]
  /** Nothing runs without a person's consent, not even what Astern itself asks for. */
  readonly human: boolean
  /** Astern may go back by itself, so long after it said so and nobody stopped it. */
  readonly automatic?: Automatic
}

export interface Automatic {
  readonly afterMs: number
  /** Where the configuration says so: `policies.low.automatic`. */
  readonly line: string
}

/** What every recorded policy holds. */
export interface RecordedPolicy {
  readonly tier: string
  readonly propose: readonly PersonId[] | 'anyone'
  readonly approve: readonly PersonId[]
  readonly approvals: number
  readonly fourEyes: boolean
  readonly expiresAfterMs: number
  readonly incident: 'channel' | 'thread'
  readonly environment?: string
  readonly also?: Readonly<Record<string, readonly PersonId[]>>
  readonly emergency?: readonly PersonId[]
  readonly breakGlass?: readonly PersonId[]
  readonly human?: boolean
  readonly automatic?: Automatic | null
  readonly owners?: readonly PersonId[]
  readonly commander?: PersonId | null
  readonly roles?: Readonly<Record<PersonId, readonly Role[]>>
}

/** A rule as it stands at one instant, with roles resolved to people. */
export interface Policy extends Required<RecordedPolicy> {
  /** By kind of step: who may give the approval of that kind. */
  readonly also: Readonly<Record<string, readonly PersonId[]>>
  /** Who is on call for the service, where that gives the right to act at once; nobody while it is not known for certain. */
  readonly emergency: readonly PersonId[]
  readonly breakGlass: readonly PersonId[]
  /** The service's team. */
  readonly owners: readonly PersonId[]
  readonly commander: PersonId | null
  /** Under which words of the configuration people stand in it: for the words of cards and refusals. */
  readonly roles: Readonly<Record<PersonId, readonly Role[]>>
}

/** A policy as an event holds it; what earlier versions did not record is as strict as it was then. */
export const wholePolicy = (recorded: RecordedPolicy): Policy => ({
  environment: '',
  also: {},
  emergency: [],
  breakGlass: [],
  human: true,
  automatic: null,
  owners: [],
  commander: null,
  roles: {},
  ...recorded,
})

/** What the chat said about somebody at the click. */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' | 'other-organisation' | 'could-not-ask'
