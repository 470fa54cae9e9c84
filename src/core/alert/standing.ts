import type { Episode } from './episode.ts'

/**
 * How it stands with one alert where it burnt, by what its source told: it fires (or fell silent: nobody told an end), it ended, its
 * source tells no times and may never tell an end, nothing is known of it.
 */
export type Standing =
  | { readonly state: 'fires' | 'untold' | 'unknown' }
  /** ISO instants: when the last one ended by its source, and when that was heard. */
  | { readonly state: 'ended'; readonly at: string; readonly heardAt: string }

/** Of all episodes of one alert in one place: it has ended only where all of them have, by the word of their source. */
export function standingOf(episodes: readonly Episode[]): Standing {
  const open = episodes.filter(({ ended }) => ended?.how !== 'resolved')
  if (open.length > 0) return { state: open.every(({ alert }) => alert.undated) ? 'untold' : 'fires' }
  const [last] = episodes.toSorted((a, b) => Temporal.Instant.compare(b.lastAt, a.lastAt))
  return last?.ended ? { state: 'ended', at: last.ended.at, heardAt: last.lastAt } : { state: 'unknown' }
}
