/** A person's key in the configuration, for example `mei`. */
export type PersonId = string

/** In a person's place where nobody asked for something: it is Astern's own doing. No person may be called so. */
export const asternId: PersonId = 'astern'

/** The person, or null where it was Astern itself. */
export const personOrNull = (id: PersonId): PersonId | null => (id === asternId ? null : id)

/** Who somebody is in one chat. Names never identify; the tenant is part of the identity. */
export interface Account {
  readonly chat: string
  readonly tenant: string
  readonly user: string
}

export const sameAccount = (a: Account, b: Account): boolean =>
  a.chat === b.chat && a.tenant === b.tenant && a.user === b.user

/** Who did it. A person carries the account that was used; an account nobody configured has no person. */
export type Actor =
  | { readonly kind: 'person'; readonly person: PersonId | null; readonly account: Account }
  | { readonly kind: 'astern' }
  /** At the command line of the host: as whom, and which user of the host it was. */
  | { readonly kind: 'operator'; readonly person?: PersonId; readonly user?: string }
  /** Who did it was erased with the rest of the event's payload: only ever read. */
  | { readonly kind: 'erased' }

export const astern: Actor = { kind: 'astern' }
