import type { Alert } from '../core/alert/alert.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import { type Episode, episodeKey, heard, silent } from '../core/alert/episode.ts'
import { type Place, subjectKey, subjectOf, type Unplaced } from '../core/alert/place.ts'
import { type Before, type Held, toldOf } from '../core/alert/told.ts'
import type { EventOf, EventType, Recorded } from '../core/event.ts'

/** The events this fold reads. */
export const boardEvents = [
  'alert.received',
  'incident.opened',
  'incident.alerted',
  'incident.dated',
  'incident.joined',
  'incident.closed',
  'incident.drill-over',
  'release.became-current',
] as const satisfies readonly EventType[]

/** What has ended is remembered for so long, so that its echo is known for one. */
const rememberMs = 24 * 3_600_000
/** Of so many alerts of a service all is kept; of the others only what is counted. */
const mostWhole = 50

interface Burning {
  readonly held: Map<string, Held>
  readonly left: Map<string, number>
  before: Before | null
}

/** `at`: when it was heard. */
export type WhereOf = (alert: Alert, source: string, at: string) => Place | Unplaced

/** Every alert that burns, and those that did lately: a fold of the ledger over the last day, or since the oldest that burns. */
export class AlertBoard {
  readonly #held = new Map<string, Held>()
  /** By subject. */
  readonly #services = new Map<string, Burning>()
  /** Subjects of which something is new, and whether it is more than one more repeat. */
  readonly #stirred = new Map<string, 'repeated' | 'news'>()
  #position = 0

  /** Up to where the ledger was read. */
  get position(): number {
    return this.#position
  }

  /** From where on it has to be read again after a restart. */
  get from(): number {
    let from = this.#position
    for (const { begunAt } of this.#held.values()) from = Math.min(from, begunAt - 1)
    return from
  }

  /** Answers how many alerts of it are nobody's. */
  apply(recorded: Recorded, whereOf: WhereOf): number {
    this.#position = recorded.position
    const { event, stream } = recorded
    switch (event.type) {
      case 'alert.received':
        return this.#received(event.data, recorded, whereOf)
      case 'incident.alerted':
        this.#told(stream.slice('incident/'.length), event.data)
        return 0
      case 'incident.dated':
        for (const [subject, { before }] of this.#services)
          if (before && stream === `incident/${before.incident}` && subjectOf(subject).service === event.data.service)
            this.#stirred.set(subject, 'news')
        return 0
      case 'incident.opened':
        if (this.#services.has(subjectKey(event.data))) this.#stirred.set(subjectKey(event.data), 'news')
        return 0
      case 'incident.joined':
      case 'incident.closed':
      case 'incident.drill-over':
        for (const [service, { before }] of this.#services)
          if (before && stream === `incident/${before.incident}`) this.#stirred.set(service, 'news')
        return 0
      case 'release.became-current':
        // Seen late, it may have come before the fire all the same.
        for (const [service, { before }] of this.#services)
          if (before && before.alerted.firing > 0) this.#stirred.set(service, 'news')
        return 0
      default:
        return 0
    }
  }

  /** Nothing more came up to here. */
  passed(position: number): void {
    this.#position = Math.max(this.#position, position)
  }

  /** Subjects to look at, with why; they count as looked at once `seen` was called. */
  get stirred(): ReadonlyMap<string, 'repeated' | 'news'> {
    return this.#stirred
  }

  seen(subject: string): void {
    this.#stirred.delete(subject)
  }

  /** The newest episode of an alert. */
  episode(source: string, fingerprint: string): Episode | null {
    return this.#held.get(episodeKey(source, { fingerprint }))?.episode ?? null
  }

  /** Every episode of an alert of a service in a region, those included that name no region. */
  episodes(
    service: string,
    of: { readonly source: string; readonly name: string },
    region: string,
  ): readonly Episode[] {
    const held = [...this.#services].flatMap(([key, own]) =>
      subjectOf(key).service === service ? [...own.held.values()] : [],
    )
    return held
      .filter(({ episode, place }) => episode.source === of.source && (place.region ?? region) === region)
      .flatMap(({ episode }) => (episode.alert.name === of.name ? [episode] : []))
  }

  /** What a subject's incident was told last. */
  before(subject: string): Before | null {
    return this.#services.get(subject)?.before ?? null
  }

  /** What an incident is to be told of a subject; null where nothing is new. `incident` is null where none is open. */
  told(subject: string, incident: string | null): Alerted | null {
    const own = this.#services.get(subject)
    if (!own) return null
    const left = [...own.left.values()].reduce((sum, count) => sum + count, 0)
    const { service, drill } = subjectOf(subject)
    const of = { incident, before: own.before, until: this.#position, left }
    const told = toldOf(service, own.held.values(), of)
    return told && drill !== undefined ? { ...told, drill } : told
  }

  /**
   * Ends what fell silent, and forgets what ended long ago. `silentAfterMs` by source. What still burns although its drill is long over
   * (`isOver`) is real.
   */
  age(now: string, silentAfterMs: (source: string) => number, isOver: (drill: string) => boolean): void {
    const nowMs = Temporal.Instant.from(now).epochMilliseconds
    for (const [key, held] of this.#held) {
      const { episode, place } = held
      const aged = silent(episode, now, silentAfterMs(episode.source))
      if (place.drill !== undefined && !episode.ended && isOver(place.drill)) {
        const { drill: _, ...real } = place
        this.#keep(key, { ...held, place: real, begunAt: this.#position })
        this.#stirred.set(subjectKey(real), 'news')
      } else if (aged !== episode) {
        this.#keep(key, { ...held, episode: aged })
        this.#stirred.set(subjectKey(place), 'news')
      } else if (episode.ended && nowMs - Temporal.Instant.from(episode.lastAt).epochMilliseconds > rememberMs) {
        this.#held.delete(key)
        this.#services.get(subjectKey(place))?.held.delete(key)
      }
    }
  }

  #received(data: EventOf<'alert.received'>['data'], { at, position }: Recorded, whereOf: WhereOf): number {
    const { source, alerts, left } = data
    const named = new Set<string>()
    let lost = 0
    for (const alert of alerts) {
      const key = episodeKey(source, alert)
      const known = this.#held.get(key)
      const { news, episode } = heard(known?.episode ?? null, source, alert, at)
      if (known) named.add(subjectKey(known.place))
      if (!episode || news === 'echo') continue
      // The end of what nobody heard the beginning of is nothing.
      if (news === 'unknown') continue
      const where = news === 'began' || !known ? whereOf(alert, source, at) : known.place
      const place = typeof where === 'string' ? known?.place : where
      if (!place) {
        lost += 1
        continue
      }
      const subject = subjectKey(place)
      named.add(subject)
      const begunAt = news === 'began' ? position : (known?.begunAt ?? position)
      this.#keep(key, { episode: this.#lean(episode, place), place, begunAt })
      if (news !== 'repeated' || known?.episode.ended) this.#stirred.set(subject, 'news')
      else if (!this.#stirred.has(subject)) this.#stirred.set(subject, 'repeated')
    }
    for (const subject of named) this.#burning(subject).left.set(source, left)
    return lost
  }

  /** Labels have said where; of the thousandth alert nobody reads the rest. */
  #lean(episode: Episode, place: Place): Episode {
    const { alert } = episode
    const whole = this.#burning(subjectKey(place)).held.size < mostWhole
    const short = whole ? {} : { summary: '', link: null, expression: null }
    return { ...episode, alert: { ...alert, ...short, labels: {} } }
  }

  #keep(key: string, held: Held): void {
    const [known, subject] = [this.#held.get(key), subjectKey(held.place)]
    if (known && subjectKey(known.place) !== subject) this.#burning(subjectKey(known.place)).held.delete(key)
    this.#held.set(key, held)
    this.#burning(subject).held.set(key, held)
  }

  #told(incident: string, alerted: Alerted): void {
    const own = this.#burning(subjectKey(alerted))
    const same = own.before?.incident === incident
    const after = same ? (own.before?.after ?? 0) : (own.before?.alerted.until ?? 0)
    own.before = { incident, after, alerted }
  }

  #burning(subject: string): Burning {
    const known = this.#services.get(subject) ?? { held: new Map(), left: new Map(), before: null }
    this.#services.set(subject, known)
    return known
  }
}
