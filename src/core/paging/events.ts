import type { PersonId } from '../actor.ts'
import type { Json } from '../canonical.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** One step of an escalation: whom, and how long they have before the next one. Names are resolved when its turn comes. */
export interface Level {
  /** `on-call`, `team`, `lead`, `approvers`, `everyone`, or the name of a team or person. */
  readonly page: readonly string[]
  readonly waitMs: number
}

/** People who are not woken between two times of their own day. */
export interface Quiet {
  /** `HH:MM`. */
  readonly from: string
  readonly to: string
  /** What becomes of a page then: it waits for the morning, or the next level is tried. */
  readonly instead: 'morning' | 'next'
}

/** How a page goes on until somebody answers, as it stood when it was opened. */
export interface Escalation {
  /** How long an answer may take. */
  readonly acknowledgeMs: number
  /** Before the first level. */
  readonly delayMs: number
  readonly levels: readonly Level[]
  /** Each level again, so often. */
  readonly repeat: { readonly everyMs: number; readonly times: number } | null
  readonly quiet: Quiet | null
}

/** What became of the level before: `opened`, there is none; `vacant`, it has nobody; `unreachable`, no pager has a way to any of it. */
export type Why = 'opened' | 'unacknowledged' | 'vacant' | 'asleep' | 'unreachable'

/** Why a level pages nobody: nobody is on call; all of them are awake already, were paged already, or sleep. */
export type Empty = 'vacant' | 'awake' | 'paged' | 'asleep'

/** Why a paging is over. */
export type Over = 'closed' | 'approved' | 'rejected' | 'ended'

/** Stream `paging/<id>`; the id is that of the incident or rollback it is about. */
export type PagingEvent =
  /** Again on the same stream where it is needed anew, as when an approval was voided. */
  | Fact<
      'page.opened',
      {
        readonly id: string
        readonly about: 'incident' | 'approval' | 'glass'
        readonly incident: string
        readonly rollback: string | null
        readonly service: string
        readonly environment: string | null
        readonly tier: string
        readonly escalation: Escalation
        /** Who is awake already: she is not paged. */
        readonly awake: readonly PersonId[]
      }
    >
  /** A level's turn came. No people and no level: everybody was paged, and nobody answered. */
  | Fact<
      'page.escalated',
      {
        readonly level: number
        readonly page: readonly string[]
        readonly people: readonly PersonId[]
        /** Asleep, by their own clocks: paged at this instant. */
        readonly deferred: Readonly<Record<PersonId, string>>
        /** Where there is a quiet time: from when on each is not paged again. */
        readonly sleepsAt?: Readonly<Record<PersonId, string>>
        readonly why: Why
        /** Only where there are no people. */
        readonly empty?: Empty
      }
    >
  /** The pager took it. */
  | Fact<
      'page.sent',
      {
        readonly key: string
        readonly person: PersonId
        readonly pager: string
        readonly level: number
        readonly round: number
        readonly receipt: { readonly at: string; readonly data: Json }
      }
    >
  /** It could not be sent: told once for each page, tried again as long as `final` is false. */
  | Fact<
      'page.failed',
      {
        readonly key: string
        readonly person: PersonId
        /** Null: no pager has a way to her. */
        readonly pager: string | null
        readonly level: number
        readonly round: number
        readonly code: string
        readonly final: boolean
      }
    >
  | Fact<
      'page.acknowledged',
      {
        /** Null: somebody whom the configuration does not know answered the pager. */
        readonly person: PersonId | null
        readonly by: 'button' | 'pager' | 'acted'
        /** What the pager calls who answered. */
        readonly name?: string
        readonly pager?: string
        /** Of the page that was answered. */
        readonly key?: string
        readonly tookMs: number
      }
    >
  /** A pager was told that somebody has it, or that it is over; `code` where it could not be told. */
  | Fact<'page.calmed', { readonly key: string; readonly as: 'acknowledged' | 'resolved'; readonly code?: string }>
  | Fact<'page.ended', { readonly over: Over }>
