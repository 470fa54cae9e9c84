import type { ReleaseEvent } from '../core/release/events.ts'
import type { Release } from '../core/release/release.ts'

/** What the ledger knows of one target's releases. */
export interface TargetPast {
  readonly releases: Map<string, Release>
  /** Spans in which a release was the current one; the last is open. */
  readonly spans: { readonly id: string; readonly from: string; to: string | null; rollback?: string }[]
  /** Release id → rollbacks that went away from it. */
  readonly rolledBackFrom: Map<string, Set<string>>
  /** What a rollback brought back and nobody has seen there yet. */
  awaited: { readonly id: string; readonly rollback: string } | null
}

export const newPast = (): TargetPast => ({ releases: new Map(), spans: [], rolledBackFrom: new Map(), awaited: null })

/** Folds one observation of a target. */
export function foldRelease(past: TargetPast, event: ReleaseEvent, at: string): void {
  switch (event.type) {
    case 'release.seen': {
      const { release } = event.data
      const known = past.releases.get(release.id)
      const available = release.available ?? known?.available
      past.releases.set(release.id, { ...release, ...(available !== undefined && { available }) })
      break
    }
    case 'release.became-current': {
      const last = past.spans.at(-1)
      if (last?.id === event.data.id) break
      if (last) last.to = at
      const { id } = event.data
      const rollback = past.awaited?.id === id ? past.awaited.rollback : null
      past.awaited = null
      past.spans.push({ id, from: at, to: null, ...(rollback && { rollback }) })
      break
    }
    case 'release.became-available': {
      const known = past.releases.get(event.data.id)
      if (known) past.releases.set(known.id, { ...known, available: true })
      break
    }
  }
}

/** A rollback set the target back to a release, whether it was seen there already or not yet. */
export function broughtBack(past: TargetPast, id: string, rollback: string): void {
  const last = past.spans.at(-1)
  if (last?.id === id) last.rollback = rollback
  else past.awaited = { id, rollback }
}

/** A release that came to a target, when, and what brought it back. */
export interface Came {
  readonly release: Release
  /** ISO instant. */
  readonly at: string
  /** A rollback, or the drill that had put a bad release in its place. */
  readonly broughtBy?: string
}

/**
 * Everything that came to a target, oldest first, each a little later than the one before: releases tell whole seconds, and their order
 * is known better. What came while nobody watched came when the release itself says, as long as that fits between what was seen before
 * and after.
 */
export function cameTo(past: TargetPast): readonly Came[] {
  const [first] = past.spans
  const watched = new Set(past.spans.map(({ id }) => id))
  const before = [...past.releases.values()]
    .filter(({ id, since }) => !watched.has(id) && (!first || epochMs(since) <= epochMs(first.from)))
    .sort((a, b) => epochMs(a.since) - epochMs(b.since) || Number(a.revision ?? 0) - Number(b.revision ?? 0))
    .map((release): Came => ({ release, at: release.since }))
  const seen = past.spans.flatMap(({ id, from, rollback }, index): Came[] => {
    const release = past.releases.get(id)
    if (!release) return []
    const earlier = past.spans[index - 1]
    const fits = epochMs(release.since) <= epochMs(from) && (!earlier || epochMs(release.since) > epochMs(earlier.from))
    const drill = earlier && past.releases.get(earlier.id)?.drill
    const ranBefore = past.spans.slice(0, index).some((span) => span.id === id)
    const broughtBy = rollback ?? (ranBefore ? drill : undefined)
    return [{ release, at: fits ? release.since : from, ...(broughtBy && { broughtBy }) }]
  })
  let lastMs = Number.NEGATIVE_INFINITY
  return [...before, ...seen].map((one) => {
    const atMs = Math.max(epochMs(one.at), lastMs + 1)
    lastMs = atMs
    return { ...one, at: Temporal.Instant.fromEpochMilliseconds(atMs).toString() }
  })
}

/** A time in which a release ran. `watched`: Astern saw it run. */
export interface RunTime {
  readonly from: string
  /** Null: it runs now. */
  readonly to: string | null
  readonly watched: boolean
}

/** When a release ran on a target, oldest first: as it was seen, and before that as the releases' own dates tell. */
export function timesOf(past: TargetPast, id: string): readonly RunTime[] {
  const came = cameTo(past)
  const [first] = past.spans
  return came.flatMap(({ release, at }, index) => {
    if (release.id !== id) return []
    const to = came[index + 1]?.at ?? null
    return [{ from: at, to, watched: first !== undefined && (to === null || epochMs(to) > epochMs(first.from)) }]
  })
}

/** What runs there now, as far as it was seen. */
export function runsNow(past: TargetPast): Release | null {
  return past.releases.get(past.spans.at(-1)?.id ?? '') ?? null
}

export function goneFrom(past: TargetPast, release: string, rollback: string): void {
  const ids = past.rolledBackFrom.get(release) ?? new Set()
  past.rolledBackFrom.set(release, ids.add(rollback))
}

/** A rollback was taken back: its release is not held against it any more. */
export function cleared(past: TargetPast, release: string, rollback: string): void {
  const ids = past.rolledBackFrom.get(release)
  ids?.delete(rollback)
  if (ids?.size === 0) past.rolledBackFrom.delete(release)
}

/**
 * How long a release was the current one, in milliseconds: while Astern watched, and before that as the releases' own dates tell.
 * Null when nothing is known.
 */
export function ranMs(past: TargetPast, release: string, now: string): number | null {
  const spans = past.spans.filter((span) => span.id === release)
  const watched = spans.reduce((sum, span) => sum + epochMs(span.to ?? now) - epochMs(span.from), 0)
  const before = unwatchedMs(past, release)
  return spans.length === 0 && before === 0 ? null : watched + before
}

function unwatchedMs(past: TargetPast, release: string): number {
  const known = past.releases.get(release)
  const first = past.spans[0]
  if (!known || !first) return 0
  const since = epochMs(known.since)
  const later = [...past.releases.values()].map((other) => epochMs(other.since)).filter((at) => at > since)
  return Math.max(0, Math.min(epochMs(first.from), ...later) - since)
}

const epochMs = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
