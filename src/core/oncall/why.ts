import type { PersonId } from '../actor.ts'
import { wallOf, Zone } from '../wall-clock.ts'
import { type Cause, type OnCall, whoIsOnCall } from './on-call.ts'
import type { Roster } from './roster.ts'

/** An answer, what it hides, and what comes. */
export interface Explanation {
  readonly now: OnCall
  /** Who would be on call if nobody had changed anything by hand; null where nothing of that counts now. */
  readonly otherwise: readonly PersonId[] | null
  /** How it stands from `now.until` on; null where nothing is known to change. */
  readonly next: OnCall | null
  /** Per time zone of its layers: the changes of the clock while it stands, and in any case the next one. By time. */
  readonly clocks: readonly ClockChange[]
  /** Hand-offs that do not fall on the time they were typed with, or on one of two. */
  readonly handOffs: readonly MovedHandOff[]
}

export interface ClockChange {
  readonly timeZone: string
  readonly at: Temporal.Instant
  /** How far the clocks go: forward where positive. */
  readonly byMinutes: number
  /** While what stands now stands: a shift is longer or shorter by that much than the clock says. */
  readonly inside: boolean
  readonly people: readonly PersonId[]
}

export interface MovedHandOff {
  readonly layer: string
  readonly timeZone: string
  /** Of the turn that stands now. */
  readonly edge: 'begin' | 'end'
  readonly at: Temporal.Instant
  /** The clock skips it, so that it is the first instant after the gap; or shows it twice, so that it is the first time. */
  readonly clock: 'skips' | 'twice'
  /** The time it was typed with: `02:30`. */
  readonly typed: string
}

/** Why it stands as it does at an instant: `/oncall why`. */
export function explain(roster: Roster, at: Temporal.Instant): Explanation {
  const now = whoIsOnCall(roster, at)
  const byHand = now.why.some(({ by }) => 'id' in by)
  const layers = now.why.flatMap(({ person, by }) => (by.by === 'layer' ? [{ person, by }] : []))
  const zones = new Set(layers.map(({ by }) => by.timeZone))
  return {
    now,
    otherwise: byHand ? whoIsOnCall({ ...roster, changes: [] }, at).people : null,
    next: now.until && whoIsOnCall(roster, now.until),
    clocks: [...zones]
      .flatMap((timeZone) => {
        const people = layers.filter(({ by }) => by.timeZone === timeZone).map(({ person }) => person)
        return changesOf(timeZone, now).map((change) => ({ ...change, people }))
      })
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at)),
    handOffs: distinct(layers.flatMap(({ by }) => moved(roster, by, at))),
  }
}

function changesOf(timeZone: string, { at, since, until }: OnCall): Omit<ClockChange, 'people'>[] {
  const zone = new Zone(timeZone)
  const asked = at.epochMilliseconds
  const end = until?.epochMilliseconds ?? asked
  const found: Omit<ClockChange, 'people'>[] = []
  // What stands without end is not gone through from its beginning.
  let stretch = zone.at(Math.max(since?.epochMilliseconds ?? asked, asked - longestMs))
  while (Number.isFinite(stretch.to) && (stretch.to < end || stretch.from <= asked) && found.length < 12) {
    const next = zone.at(stretch.to)
    found.push({
      timeZone,
      at: Temporal.Instant.fromEpochMilliseconds(stretch.to),
      byMinutes: (next.offset - stretch.offset) / 60_000,
      inside: stretch.to < (until?.epochMilliseconds ?? Number.POSITIVE_INFINITY),
    })
    stretch = next
  }
  return found
}

const longestMs = 400 * 86_400_000

type LayerCause = Extract<Cause, { readonly by: 'layer' }>

function moved(roster: Roster, by: LayerCause, at: Temporal.Instant): MovedHandOff[] {
  const layer = layerAt(roster, by, at)
  if (!layer || layer.every.unit === 'hours') return []
  const zone = new Zone(by.timeZone)
  const typed = layer.start.slice(11)
  const edges = [
    { edge: 'begin', instant: by.turn.from },
    { edge: 'end', instant: by.turn.to },
  ] as const
  return edges.flatMap(({ edge, instant }) => {
    const ms = instant.epochMilliseconds
    const wall = zone.wall(ms)
    const clock = timeOf(wall) !== timeOf(wallOf(layer.start)) ? 'skips' : zone.last(wall) !== ms ? 'twice' : null
    return clock ? [{ layer: by.layer, timeZone: by.timeZone, edge, at: instant, clock, typed }] : []
  })
}

const timeOf = (wall: number): number => ((wall % 86_400_000) + 86_400_000) % 86_400_000

function layerAt({ versions }: Roster, by: LayerCause, at: Temporal.Instant) {
  const version =
    versions.findLast((one) => one.at === null || Temporal.Instant.compare(one.at, at) <= 0) ?? versions[0]
  const layers = by.temporary
    ? version?.definition?.temporary.find(({ name }) => name === by.temporary)?.layers
    : version?.definition?.layers
  return layers?.find(({ name }) => name === by.layer)
}

const distinct = (all: readonly MovedHandOff[]): readonly MovedHandOff[] =>
  all.filter((one, index) => all.findIndex(({ layer, edge }) => layer === one.layer && edge === one.edge) === index)
