import type { PersonId } from '../actor.ts'
import type { Json } from '../canonical.ts'
import type { Recorded } from '../event.ts'
import type { Empty, Escalation, Over, PagingEvent, Why } from './events.ts'

/** A level whose turn has come. */
export interface Raised {
  readonly level: number
  readonly people: readonly PersonId[]
  readonly deferred: Readonly<Record<PersonId, string>>
  readonly sleepsAt: Readonly<Record<PersonId, string>>
  readonly why: Why
  readonly empty: Empty | null
  readonly at: string
}

export interface Sent {
  readonly key: string
  readonly person: PersonId
  readonly pager: string
  readonly level: number
  readonly round: number
  readonly at: string
  readonly receipt: { readonly at: string; readonly data: Json }
  /** What its pager was told last. */
  readonly calmed: 'acknowledged' | 'resolved' | null
}

/** Who is being woken for one thing, folded from its stream. */
export interface Paging {
  readonly id: string
  readonly about: 'incident' | 'approval' | 'glass'
  readonly incident: string
  readonly rollback: string | null
  readonly service: string
  readonly environment: string | null
  readonly tier: string
  readonly escalation: Escalation
  readonly awake: readonly PersonId[]
  readonly openedAt: string
  /** Where in the stream it was opened: part of the keys, so that one opened anew wakes people anew. */
  readonly opening: number
  readonly raised: readonly Raised[]
  /** Since when every level was paged in vain. */
  readonly exhaustedAt: string | null
  readonly sent: readonly Sent[]
  /** Of earlier openings: whose pagers do not know yet that it is over. */
  readonly former: readonly Sent[]
  /** Pages of which it was told that they could not be sent. */
  readonly failed: readonly {
    readonly key: string
    readonly person: PersonId
    readonly pager: string | null
    readonly final: boolean
  }[]
  readonly acknowledged: { readonly person: PersonId | null; readonly name: string | null; readonly at: string } | null
  readonly over: Over | null
  /** Stream version and global position of the last event folded in. */
  readonly version: number
  readonly position: number
}

export const pagingStream = (id: string): string => `paging/${id}`

/** A break-glass is told beside the approval of the same rollback. */
export const glassId = (rollback: string): string => `${rollback}.glass`

/** The rollback that a paging is about; null for one about an incident. */
/** Of a service whose alerts are told in the incident of another one. */
export const joinedId = (incident: string, service: string): string => `${incident}.${service}`

export const rollbackOf = (id: string): string | null => (id.startsWith('INC-') ? null : id.replace(/\.glass$/, ''))

/** Names one page: to this person, at this level, for the so-manieth time. `mark` is the ledger's own. */
export const pageKey = (
  mark: string,
  { id, opening }: Pick<Paging, 'id' | 'opening'>,
  of: { readonly level: number; readonly round: number; readonly person: PersonId },
): string => `${mark}/page/${id}/${opening}/${of.level}/${of.round}/${of.person}`

/** The paging that a key belongs to; null when it is no key of this ledger. */
export function pagingOf(mark: string, key: string): string | null {
  const [of, page, id, ...rest] = key.split('/')
  return of === mark && page === 'page' && id && rest.length === 4 ? id : null
}

/** Folds one stream; what was before the newest opening is the past. Throws when it does not begin with an opening. */
export const pagingFrom = (events: readonly Recorded[]): Paging | null =>
  events.reduce<Paging | null>((state, recorded) => evolvePaging(state, recorded as Recorded<PagingEvent>), null)

/** Pure: the state after one more event. */
export function evolvePaging(state: Paging | null, recorded: Recorded<PagingEvent>): Paging {
  const { event, at, version, position } = recorded
  if (event.type === 'page.opened')
    return {
      ...event.data,
      openedAt: at,
      opening: version,
      raised: [],
      exhaustedAt: null,
      sent: [],
      former: [...(state?.former ?? []), ...(state?.sent ?? [])].filter(({ calmed }) => calmed !== 'resolved'),
      failed: [],
      acknowledged: null,
      over: null,
      version,
      position,
    }
  if (!state) throw new TypeError(`stream ${recorded.stream} begins with ${event.type}`)
  return { ...changed(state, event, at), version, position }
}

function changed(state: Paging, event: Exclude<PagingEvent, { type: 'page.opened' }>, at: string): Paging {
  switch (event.type) {
    case 'page.escalated': {
      const { level, people, deferred, sleepsAt = {}, why, empty = null } = event.data
      if (level >= state.escalation.levels.length) return { ...state, exhaustedAt: at }
      return { ...state, raised: [...state.raised, { level, people, deferred, sleepsAt, why, empty, at }] }
    }
    case 'page.sent': {
      const sent = { ...event.data, at, calmed: null }
      return { ...state, sent: [...state.sent.filter(({ key }) => key !== sent.key), sent] }
    }
    case 'page.failed':
      return { ...state, failed: [...state.failed, event.data] }
    case 'page.acknowledged': {
      const { person, name } = event.data
      return { ...state, acknowledged: state.acknowledged ?? { person, name: name ?? null, at } }
    }
    case 'page.calmed': {
      const { key, as } = event.data
      const told = (all: readonly Sent[]) => all.map((one) => (one.key === key ? { ...one, calmed: as } : one))
      return { ...state, sent: told(state.sent), former: told(state.former) }
    }
    case 'page.ended':
      return { ...state, over: event.data.over }
  }
}

/** While people are being woken: nobody has it, and it is not over. */
export const isRinging = (state: Pick<Paging, 'acknowledged' | 'over'>): boolean => !state.acknowledged && !state.over
