import type { Alerted, NamedAlert } from './alerted.ts'
import type { Episode } from './episode.ts'
import type { Place } from './place.ts'

/** An episode with where it burns. */
export interface Held {
  readonly episode: Episode
  readonly place: Place
  /** Where in the ledger it began. */
  readonly begunAt: number
}

/** So many alerts are named. */
const mostNamed = 5

/** What an incident was told of a service before. */
export interface Before {
  readonly incident: string
  /** What began after this position of the ledger is counted for it. */
  readonly after: number
  readonly alerted: Alerted
}

/** What an incident is to be told of a service now; null where nothing is new. `incident` is null where one has to be opened for it. */
export function toldOf(
  service: string,
  held: Iterable<Held>,
  of: {
    readonly incident: string | null
    readonly before: Before | null
    readonly until: number
    readonly left: number
  },
): Alerted | null {
  const same = of.before !== null && of.before.incident === of.incident
  const before = same ? (of.before?.alerted ?? null) : null
  // A closed incident keeps what was its own: only what began since opens another one.
  const after = same ? (of.before?.after ?? 0) : (of.before?.alerted.until ?? 0)
  const now = counted(held, after)
  if (of.incident === null ? !now.fresh : !before && now.firing === 0) return null
  const alerted = {
    service,
    environment: now.first?.place.environment ?? before?.environment ?? now.alerts[0]?.environment ?? '',
    until: of.until,
    firing: now.firing,
    // What was forgotten since is still to be told.
    ended: Math.max(now.ended, before?.ended ?? 0),
    silent: now.silent,
    told: Math.max(now.told, before?.told ?? 0),
    left: of.left,
    burning: now.burning,
    release: now.release ?? before?.release ?? null,
    alerts: now.alerts.length > 0 ? now.alerts : (before?.alerts ?? []),
  }
  if (before && before.firing === alerted.firing && before.ended === alerted.ended && before.told === alerted.told)
    return null
  return { ...alerted, news: newsOf(before, alerted) }
}

function newsOf(before: Alerted | null, now: Pick<Alerted, 'firing' | 'burning'>): Alerted['news'] {
  if (!before) return 'began'
  if (now.firing === 0) return before.firing === 0 ? 'more' : 'ended'
  if (before.firing === 0) return 'again'
  const known = new Set(before.burning.map(placeKey))
  return now.burning.every((place) => known.has(placeKey(place))) ? 'more' : 'spread'
}

const placeKey = ({ environment, region }: { readonly environment: string; readonly region: string | null }): string =>
  `${environment}/${region ?? ''}`

function counted(all: Iterable<Held>, after: number) {
  let [firing, ended, silent, told] = [0, 0, 0, 0]
  let fresh = false
  let first: Held | null = null
  let release: string | null = null
  const burning = new Map<string, { environment: string; region: string | null; since: string }>()
  const named: NamedAlert[] = []
  for (const one of all) {
    const { episode, place, begunAt } = one
    const burns = episode.ended === null
    if (!burns && begunAt <= after) continue
    told += episode.told
    if (burns) firing += 1
    else ended += 1
    if (episode.ended?.how === 'silent') silent += 1
    name(named, one)
    if (!burns) continue
    fresh ||= begunAt > after
    release ??= episode.alert.release
    if (!first || isBefore(episode.startsAt, first.episode.startsAt)) first = one
    const key = placeKey(place)
    const known = burning.get(key)
    if (!known || isBefore(episode.startsAt, known.since))
      burning.set(key, { environment: place.environment, region: place.region, since: episode.startsAt })
  }
  const places = [...burning.values()].sort((a, b) => ms(a.since) - ms(b.since))
  return { firing, ended, silent, told, fresh, first, release, burning: places, alerts: named }
}

/** Keeps the first few of different names: firing ones first, then the oldest. */
function name(named: NamedAlert[], { episode, place }: Held): void {
  const { source, alert, startsAt, ended } = episode
  const one: NamedAlert = {
    source,
    fingerprint: alert.fingerprint,
    name: alert.name,
    summary: alert.summary,
    environment: place.environment,
    region: place.region,
    since: startsAt,
    ended: ended?.at ?? null,
    link: alert.link,
    expression: alert.expression,
  }
  const twin = named.findIndex((other) => other.name === one.name)
  const known = named[twin]
  if (known && !goesBefore(one, known)) return
  if (known) named.splice(twin, 1)
  const at = named.findIndex((other) => goesBefore(one, other))
  if (at < 0 && named.length >= mostNamed) return
  named.splice(at < 0 ? named.length : at, 0, one)
  named.splice(mostNamed)
}

const goesBefore = (one: NamedAlert, other: NamedAlert): boolean =>
  (one.ended === null) === (other.ended === null) ? isBefore(one.since, other.since) : one.ended === null

const usual = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** Of a hundred thousand alerts nearly all tell their times in one form, and that is compared as it is written. */
function isBefore(one: string, other: string): boolean {
  if (one === other) return false
  const alike = one.length === other.length && usual.test(one) && usual.test(other)
  return alike ? one < other : ms(one) < ms(other)
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
