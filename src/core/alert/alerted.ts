/** What an incident hears of the alerts of one service: all of it, up to a position of the ledger. Texts in it are untrusted. */
export interface Alerted {
  readonly service: string
  /** The drill that made them. */
  readonly drill?: string
  /** The environment of the alert that began first. */
  readonly environment: string
  /** The position in the ledger up to which every alert is counted. */
  readonly until: number
  /** What is new: it began, it burns in one more place, there is only more of the same, all of it ended, it burns anew. */
  readonly news: 'began' | 'spread' | 'more' | 'ended' | 'again'
  /** Episodes. */
  readonly firing: number
  readonly ended: number
  /** Of the ended ones, those that nobody told the end of: no sign that all is well. */
  readonly silent: number
  /** Notifications, repeats included. */
  readonly told: number
  /** What the sources say they left out. */
  readonly left: number
  /** Where it burns, and since when (ISO instant); `region` is null where the alert names none. */
  readonly burning: readonly { readonly environment: string; readonly region: string | null; readonly since: string }[]
  /** The version that an alert itself names. */
  readonly release: string | null
  /** The first few: firing ones first, each name once, then by when they began. */
  readonly alerts: readonly NamedAlert[]
}

export interface NamedAlert {
  readonly source: string
  readonly fingerprint: string
  readonly name: string
  readonly summary: string
  readonly environment: string
  readonly region: string | null
  /** ISO instants. */
  readonly since: string
  readonly ended: string | null
  /** Its source's page of it. */
  readonly link: string | null
  /** The PromQL that fired. */
  readonly expression: string | null
}
