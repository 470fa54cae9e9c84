import type { Alert } from './alert.ts'

/** The span from firing to resolved of one alert of one source. */
export interface Episode {
  readonly source: string
  /** As it was told last. */
  readonly alert: Alert
  /** ISO instants: when it began by its source, when we first and last heard of it, and when it ended. */
  readonly startsAt: string
  readonly heardAt: string
  readonly lastAt: string
  readonly ended: { readonly at: string; readonly how: 'resolved' | 'silent' } | null
  /** How often it was told, the first time included. */
  readonly told: number
}

/** What one notification was: only `began` and `ended` are news. */
export type News = 'began' | 'repeated' | 'ended' | 'echo' | 'unknown'

export const episodeKey = (source: string, { fingerprint }: Pick<Alert, 'fingerprint'>): string =>
  `${source} ${fingerprint}`

/**
 * The newest episode of an alert after one more notification.
 *
 * - A firing that began later than the episode known is a new one, whether the old one was ended or not: it flapped, and the end was lost.
 * - Where its source tells no beginning, what fires still is the same episode, and what fires after its end another one.
 * - A firing of an ended episode that began no later is the echo of a second, slower Alertmanager: it does not burn again.
 * - An end of something unknown, or of an episode before this one, is nothing.
 */
export function heard(
  known: Episode | null,
  source: string,
  alert: Alert,
  at: string,
): { readonly news: News; readonly episode: Episode | null } {
  if (alert.status === 'resolved') {
    if (!known || known.ended) return { news: 'unknown', episode: known }
    if (ms(alert.startsAt) < ms(known.startsAt)) return { news: 'echo', episode: known }
    const ended = { at: alert.endsAt ?? at, how: 'resolved' as const }
    return { news: 'ended', episode: { ...known, alert, lastAt: at, ended, told: known.told + 1 } }
  }
  const same = known && (alert.undated ? known.ended?.how !== 'resolved' : ms(alert.startsAt) <= ms(known.startsAt))
  if (same) {
    if (known.ended?.how === 'resolved') return { news: 'echo', episode: known }
    return { news: 'repeated', episode: { ...known, alert, lastAt: at, ended: null, told: known.told + 1 } }
  }
  const fresh = { source, alert, startsAt: alert.startsAt, heardAt: at, lastAt: at, ended: null, told: 1 }
  return { news: 'began', episode: fresh }
}

/** Ends what was not told again for so long: its end may have been lost, or its source is gone. Never a sign that all is well. */
export function silent(episode: Episode, now: string, afterMs: number): Episode {
  if (episode.ended || ms(now) - ms(episode.lastAt) < afterMs) return episode
  return { ...episode, ended: { at: now, how: 'silent' } }
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
