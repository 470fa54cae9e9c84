import type { PersonId } from '../actor.ts'
import type { ImportedCalendar } from '../calendar/imported.ts'
import { wallOf, Zone } from '../wall-clock.ts'
import { type Asked, askable } from './layer.ts'
import type { Change, Roster } from './roster.ts'
import type { Layer, Schedule } from './schedule.ts'
import type { Turn } from './turns.ts'

/** How things stand from one instant to another. Epoch milliseconds, half-open; infinite where nothing ends it. */
export interface Stand {
  readonly from: number
  readonly to: number
  /** Each person once. */
  readonly held: readonly Held[]
  /** The calendar it comes from is too old; since when. */
  readonly stale: { readonly since: number | null } | null
  /** False before anything was recorded: answered as if the first version had been in force. */
  readonly recorded: boolean
}

export interface Held {
  readonly person: PersonId
  readonly shadow: boolean
  readonly by: Reason
  /** The same for as long as it is one shift. */
  readonly key: string
}

export type Reason =
  | { readonly by: 'layer'; readonly asked: Asked; readonly temporary: string | null; readonly turn: Turn }
  | {
      readonly by: 'change'
      readonly change: Change
      readonly from: number
      readonly to: number
    }
  | { readonly by: 'calendar'; readonly calendar: string; readonly title: string }

interface Limits {
  from: number
  to: number
}

/**
 * A roster that can be asked how things stand at an instant: the one engine behind every answer. Precedence, from the lowest: layers
 * by priority, a temporary schedule instead of them, then what people changed by hand in the order in which they did.
 */
export function openRoster(roster: Roster): (instant: number) => Stand {
  const zones = new Map<string, Zone>()
  const zone = (id: string): Zone => {
    const known = zones.get(id) ?? new Zone(id)
    zones.set(id, known)
    return known
  }
  const versions = roster.versions.map(({ at, definition }, index) => ({
    from: at === null || index === 0 ? Number.NEGATIVE_INFINITY : epoch(at),
    recordedFrom: at === null ? Number.NEGATIVE_INFINITY : epoch(at),
    ask: definition && definitionAsked(definition, roster, index, zone),
  }))
  const changes = roster.changes.map((change) => ({
    change,
    at: epoch(change.at),
    from: epoch(change.from),
    to: epoch(change.to),
  }))

  return (instant) => {
    const limits: Limits = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
    const index = versions.findLastIndex(({ from }) => from <= instant)
    const version = versions[index]
    cut(limits, instant, version?.from, versions[index + 1]?.from)
    const recorded = version !== undefined && version.recordedFrom <= instant
    if (!recorded) cut(limits, instant, undefined, version?.recordedFrom)
    if (!version?.ask) return { ...limits, held: [], stale: null, recorded }
    const { base, stale, since } = version.ask(instant, limits)
    const onCall = changed(base.filter(({ shadow }) => !shadow))
    const present = new Set(onCall.map(({ person }) => person))
    const shadows = base.filter(({ shadow, person }) => shadow && !present.has(person))
    return { ...limits, held: [...onCall, ...shadows], stale, recorded }

    function changed(people: readonly Held[]): readonly Held[] {
      let held = people
      for (const { change, at, from, to } of changes) {
        if (at < since) continue
        cut(limits, instant, from, to)
        if (from > instant || instant >= to) continue
        const relieved = held.filter(({ person }) => change.instead === null || person === change.instead)
        if (change.instead !== null && relieved.length === 0) continue
        held = held.filter((one) => !relieved.includes(one))
        if (held.some(({ person }) => person === change.person)) continue
        const by: Reason = { by: 'change', change, from, to }
        held = [...held, { person: change.person, shadow: false, by, key: `change ${change.id} ${change.from}` }]
      }
      return held
    }
  }
}

/** Brings what ends or begins around an instant into the limits of an answer. */
function cut(limits: Limits, instant: number, ...edges: readonly (number | undefined)[]): void {
  for (const edge of edges) {
    if (edge === undefined) continue
    if (edge <= instant) limits.from = Math.max(limits.from, edge)
    else limits.to = Math.min(limits.to, edge)
  }
}

interface Base {
  readonly base: readonly Held[]
  readonly stale: Stand['stale']
  /** What people changed before this no longer counts. */
  readonly since: number
}

function definitionAsked(
  definition: Schedule,
  roster: Roster,
  version: number,
  zone: (id: string) => Zone,
): (instant: number, limits: Limits) => Base {
  const ever = Number.NEGATIVE_INFINITY
  const ask = (all: readonly Layer[]) => layersAsked(all.map((layer) => askable(layer, zone(layer.timeZone))))
  const layers = ask(definition.layers)
  const temporary = definition.temporary.map((one) => ({
    name: one.name,
    from: zone(one.timeZone).first(wallOf(one.from)),
    to: zone(one.timeZone).last(wallOf(one.to)),
    since: firstSeen(roster.versions.slice(0, version + 1), one.name),
    layers: ask(one.layers),
  }))
  const calendar = definition.feed === null ? null : calendarAsked(definition.feed, roster.calendars[definition.feed])
  return (instant, limits) => {
    for (const { from, to } of temporary) cut(limits, instant, from, to)
    const instead = temporary.findLast(({ from, to }) => from <= instant && instant < to)
    if (instead) return { base: instead.layers(instant, limits, instead.name), stale: null, since: instead.since }
    if (calendar) return { ...calendar(instant, limits), since: ever }
    return { base: layers(instant, limits, null), stale: null, since: ever }
  }
}

/** Since when the last of these versions, and each before it without a break, has had a temporary schedule of this name. */
function firstSeen(versions: Roster['versions'], name: string): number {
  const without = versions.findLastIndex(({ definition }) => !definition?.temporary.some((one) => one.name === name))
  const at = versions[without + 1]?.at
  return at ? epoch(at) : Number.NEGATIVE_INFINITY
}

/** Of the highest priority at which anybody is on duty, everybody; and every shadow. */
function layersAsked(asked: readonly Asked[]) {
  const priorities = [...new Set(asked.map(({ layer }) => layer.priority))].sort((a, b) => b - a)
  const levels = priorities.map((priority) => asked.filter(({ layer }) => layer.priority === priority && !layer.shadow))
  const shadows = asked.filter(({ layer }) => layer.shadow)
  return (instant: number, limits: Limits, temporary: string | null): readonly Held[] => {
    const heldBy = (one: Asked): readonly Held[] => {
      const { from, to, turn } = one.at(instant)
      cut(limits, instant, from, to)
      if (!turn) return []
      const { layer } = one
      const people = layer.turns[turn.number % layer.turns.length] ?? []
      const key = `layer ${temporary ?? ''} ${layer.name} ${turn.from}`
      return people.map((person) => ({
        person,
        shadow: layer.shadow,
        by: { by: 'layer', asked: one, temporary, turn },
        key,
      }))
    }
    let onCall: readonly Held[] = []
    for (const level of levels) {
      onCall = eachOnce(level.flatMap(heldBy))
      if (onCall.length > 0) break
    }
    return [...onCall, ...eachOnce(shadows.flatMap(heldBy))]
  }
}

function calendarAsked(name: string, calendar: ImportedCalendar | undefined) {
  const spans = (calendar?.spans ?? []).map((span) => ({ span, from: epoch(span.start), to: epoch(span.end) }))
  const outages = (calendar?.outages ?? []).map(({ from, to }) => ({
    from: epoch(from),
    to: to === null ? Number.POSITIVE_INFINITY : epoch(to),
  }))
  return (instant: number, limits: Limits): Pick<Base, 'base' | 'stale'> => {
    for (const { from, to } of [...spans, ...outages]) cut(limits, instant, from, to)
    const within = ({ from, to }: Limits) => from <= instant && instant < to
    const held = spans.filter(within).flatMap(({ span, from }) =>
      span.people.map(
        (person): Held => ({
          person,
          shadow: false,
          by: { by: 'calendar', calendar: name, title: span.title },
          key: `calendar ${name} ${from} ${span.title}`,
        }),
      ),
    )
    const outage = outages.findLast(within)
    const stale = outage ? { since: outage.from } : calendar ? null : { since: null }
    return { base: eachOnce(held), stale }
  }
}

const eachOnce = (held: readonly Held[]): readonly Held[] => {
  const seen = new Set<PersonId>()
  return held.filter(({ person }) => !seen.has(person) && seen.add(person))
}

const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
