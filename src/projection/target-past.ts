import type { ReleaseEvent } from '../core/release/events.ts'
import type { Release } from '../core/release/release.ts'

/** What the ledger knows of one target's releases. */
export interface TargetPast {
  readonly releases: Map<string, Release>
  /** Spans in which a release was the current one; the last is open. */
  readonly spans: { readonly id: string; readonly from: string; to: string | null }[]
  /** Release id → rollbacks that went away from it. */
  readonly rolledBackFrom: Map<string, Set<string>>
}

export const newPast = (): TargetPast => ({ releases: new Map(), spans: [], rolledBackFrom: new Map() })

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
      past.spans.push({ id: event.data.id, from: at, to: null })
      break
    }
    case 'release.became-available': {
      const known = past.releases.get(event.data.id)
      if (known) past.releases.set(known.id, { ...known, available: true })
      break
    }
  }
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
