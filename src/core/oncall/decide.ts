import type { PersonId } from '../actor.ts'
import type { OnCallEvent, Span } from './events.ts'
import { type Shift, shifts } from './on-call.ts'
import type { OnCallRefusal } from './refusal.ts'
import { tooLittleRest } from './rest.ts'
import { type Change, type CoverAsk, foldRoster, type Roster } from './roster.ts'

/** What a decision needs to know beside the roster. */
export interface OnCallFacts {
  readonly now: Temporal.Instant
  /** Who may be put on call here: the schedule's own people and those of its teams. */
  readonly circle: readonly PersonId[]
  /** Who of them only looks over shoulders: may be put on call by others, and changes nothing herself. */
  readonly shadows: readonly PersonId[]
  /** Her duty in other schedules. */
  elsewhere(person: PersonId, span: Span): readonly Span[]
}

export interface OverrideAsked extends Span {
  readonly person: PersonId
  /** Null: instead of everybody. */
  readonly instead: PersonId | null
  /** Ids of earlier changes that it shall lie over: the asker has seen them. */
  readonly over: readonly string[]
  /** Although she had too little rest. */
  readonly anyway: boolean
  readonly by: PersonId
  readonly reason: string | null
}

type Decision = readonly OnCallEvent[] | OnCallRefusal

/** Puts somebody on call instead of another, or of everybody. The part of the span that is over is left out. */
export function override(roster: Roster, asked: OverrideAsked, facts: OnCallFacts): Decision {
  const { person, instead, over, anyway, by, reason } = asked
  const span = ahead(asked, facts)
  if ('refused' in span) return span
  const no =
    outside(facts, by, person) ??
    onlyShadow(facts, by) ??
    (person === instead ? { refused: 'same-person', person } : null) ??
    overlapping(roster, span, [person, instead], (change) => over.includes(change.id)) ??
    pointless(roster, span, person, instead)
  if (no) return no
  const data = { id: nextId(roster), schedule: roster.schedule, person, instead, over, anyway, by, reason, ...span }
  const event: OnCallEvent = { type: 'oncall.overridden', v: 1, data }
  return (anyway ? null : rested(roster, [event], [person], facts)) ?? [event]
}

export interface SwapAsked {
  readonly first: Span & { readonly person: PersonId }
  readonly second: Span & { readonly person: PersonId }
  readonly by: PersonId
  readonly reason: string | null
  /** Under which it was asked for before. */
  readonly id?: string
}

/** What the first has in her span becomes the second's, and the other way round. Both must have something there. */
export function swap(roster: Roster, asked: SwapAsked, facts: OnCallFacts): Decision {
  const { by, reason, id = nextId(roster) } = asked
  const [a, b] = [asked.first.person, asked.second.person]
  const no = outside(facts, by, a, b) ?? (a === b ? ({ refused: 'same-person', person: a } as const) : null)
  if (no) return no
  const first = ahead(asked.first, facts)
  if ('refused' in first) return first
  const second = ahead(asked.second, facts)
  if ('refused' in second) return second
  for (const [span, relieved, taker, given] of [
    [first, a, b, second],
    [second, b, a, first],
  ] as const) {
    const wrong = overlapping(roster, span, [a, b]) ?? pointless(roster, span, taker, relieved, given)
    if (wrong) return wrong
  }
  const data = {
    id,
    schedule: roster.schedule,
    first: { person: a, ...first },
    second: { person: b, ...second },
    by,
    reason,
  }
  const event: OnCallEvent = { type: 'oncall.swapped', v: 1, data }
  return rested(roster, [event], [a, b], facts) ?? [event]
}

/** Asks others to take over; nothing changes until somebody does. */
export function askCover(
  roster: Roster,
  asked: Span & { readonly person: PersonId; readonly reason: string | null },
  facts: OnCallFacts,
): Decision {
  const { person, reason } = asked
  const span = ahead(asked, facts)
  if ('refused' in span) return span
  const twice = roster.asks.filter((ask) => ask.person === person && meet(ask, span)).map(asChange)
  const no =
    outside(facts, person) ??
    (twice.length > 0 ? ({ refused: 'overlaps', changes: twice } as const) : null) ??
    (onDuty(roster, person, span).length === 0 ? ({ refused: 'not-on-call', person, ...span } as const) : null)
  if (no) return no
  const data = { id: nextId(roster), schedule: roster.schedule, person, reason, ...span }
  return [{ type: 'oncall.cover-asked', v: 1, data }]
}

/** Takes over what somebody asked cover for: the first one who has rested gets it. */
export function takeCover(
  roster: Roster,
  taken: { readonly id: string; readonly person: PersonId },
  facts: OnCallFacts,
): Decision {
  const { id, person } = taken
  const ask = roster.asks.find((one) => one.id === id)
  if (!ask) {
    const cover = roster.changes.find((change) => change.id === id && change.kind === 'cover')
    return cover ? { refused: 'cover-taken', id, by: cover.person } : unknown(roster, id)
  }
  const span = ahead(ask, facts)
  if ('refused' in span) return { refused: 'change-over', id }
  const no =
    outside(facts, person) ??
    onlyShadow(facts, person) ??
    (person === ask.person ? ({ refused: 'same-person', person } as const) : null) ??
    // What had given her the duty when she asked is what she asked cover for.
    overlapping(roster, span, [person, ask.person], (change) => change.person === ask.person && !after(change, ask)) ??
    pointless(roster, span, person, ask.person)
  if (no) return no
  const event: OnCallEvent = { type: 'oncall.cover-taken', v: 1, data: { id, schedule: roster.schedule, person } }
  return rested(roster, [event], [person], facts) ?? [event]
}

/** From now on an override, swap, cover or request does not count. */
export function withdraw(
  roster: Roster,
  asked: { readonly id: string; readonly by: PersonId },
  facts: OnCallFacts,
): Decision {
  const { id, by } = asked
  const changes = roster.changes.filter((change) => change.id === id)
  const ask = roster.asks.find((one) => one.id === id)
  const own = [...changes, ...(ask ? [ask] : [])].some(({ person }) => person === by)
  const no = outside(facts, by) ?? (own ? null : onlyShadow(facts, by))
  if (no) return no
  const swap = roster.swaps.find((one) => one.id === id)
  if (changes.length === 0 && !ask && !swap) return unknown(roster, id)
  const ahead = [...changes, ...(ask ? [ask] : []), ...(swap ? [swap.first, swap.second] : [])].some(({ to }) =>
    isLater(to, facts.now),
  )
  if (!ahead) return { refused: 'change-over', id }
  return [{ type: 'oncall.withdrawn', v: 1, data: { id, schedule: roster.schedule, by } }]
}

const nextId = ({ schedule, numbered }: Roster): string => `${schedule}#${numbered + 1}`

export const unknown = ({ changes, asks, swaps }: Roster, id: string): OnCallRefusal => ({
  refused: 'change-unknown',
  id,
  known: [...new Set([...changes, ...asks, ...swaps].map((one) => one.id))].slice(-10),
})

const isLater = (a: string, b: string | Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0
const meet = (a: Span, b: Span): boolean => isLater(a.to, b.from) && isLater(b.to, a.from)
const after = (change: Change, ask: CoverAsk): boolean => isLater(change.at, ask.at)

/** The part of a span that is not over. */
function ahead({ from, to }: Span, { now }: OnCallFacts): Span | OnCallRefusal {
  if (!isLater(to, from)) return { refused: 'span-empty' }
  if (!isLater(to, now)) return { refused: 'span-past', to }
  return { from: isLater(from, now) ? from : now.toString(), to }
}

function outside({ circle }: OnCallFacts, ...people: readonly PersonId[]): OnCallRefusal | null {
  const person = people.find((one) => !circle.includes(one))
  return person === undefined ? null : { refused: 'not-of-schedule', person, may: circle }
}

function onlyShadow({ circle, shadows }: OnCallFacts, person: PersonId): OnCallRefusal | null {
  if (!shadows.includes(person)) return null
  return { refused: 'only-shadow', person, may: circle.filter((one) => !shadows.includes(one)) }
}

/** Earlier changes of the same people at the same time, but those that are known to the asker. */
function overlapping(
  { changes }: Roster,
  span: Span,
  people: readonly (PersonId | null)[],
  known: (change: Change) => boolean = () => false,
): OnCallRefusal | null {
  const everybody = people.includes(null)
  const concerns = ({ person, instead }: Change) =>
    everybody || instead === null || people.includes(person) || people.includes(instead)
  const inTheWay = changes.filter((change) => meet(change, span) && concerns(change) && !known(change))
  return inTheWay.length > 0 ? { refused: 'overlaps', changes: inTheWay } : null
}

const onDuty = (roster: Roster, person: PersonId, span: Span): readonly Shift[] =>
  shifts(roster, Temporal.Instant.from(span.from), Temporal.Instant.from(span.to)).filter(
    (shift) => shift.person === person && !shift.shadow,
  )

/** Nothing to take over, or nobody more by it. `given`: what the taker gives away in turn. */
function pointless(
  roster: Roster,
  span: Span,
  taker: PersonId,
  relieved: PersonId | null,
  given: Span | null = null,
): OnCallRefusal | null {
  const own = onDuty(roster, taker, span).filter((shift) => !given || !meet(spanOf(shift), given))
  if (relieved === null) {
    const [only, ...more] = shifts(roster, Temporal.Instant.from(span.from), Temporal.Instant.from(span.to)).filter(
      ({ shadow }) => !shadow,
    )
    const alone = more.length === 0 && only?.person === taker && sameSpan(spanOf(only), span)
    return alone ? { refused: 'already-on-call', person: taker, ...span } : null
  }
  const relief = onDuty(roster, relieved, span)
  if (relief.length === 0) return { refused: 'not-on-call', person: relieved, ...span }
  const both = own.find((shift) => relief.some((other) => meet(spanOf(shift), spanOf(other))))
  return both ? { refused: 'already-on-call', person: taker, ...spanOf(both) } : null
}

const spanOf = ({ from, to }: Shift): Span => ({ from: from.toString(), to: to.toString() })
const sameSpan = (a: Span, b: Span): boolean =>
  Temporal.Instant.compare(a.from, b.from) === 0 && Temporal.Instant.compare(a.to, b.to) === 0

const asChange = (ask: CoverAsk): Change => ({ ...ask, kind: 'cover', instead: null, by: ask.person })

/** Whether those who take over would have rested enough, by how things would stand then. */
function rested(
  roster: Roster,
  events: readonly OnCallEvent[],
  takers: readonly PersonId[],
  facts: OnCallFacts,
): OnCallRefusal | null {
  const then = events.reduce((folded, event) => foldRoster(folded, event, facts.now.toString()), roster)
  for (const taker of takers) {
    const no = tooLittleRest(roster, then, taker, facts.elsewhere)
    if (no) return no
  }
  return null
}
