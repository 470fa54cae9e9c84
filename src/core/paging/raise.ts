import type { PersonId } from '../actor.ts'
import type { Empty, PagingEvent, Quiet, Why } from './events.ts'
import type { Paging } from './state.ts'

/** What must be known of the people of a level at the moment of its turn. */
export interface LevelFacts {
  /** Who they are now. */
  readonly people: readonly PersonId[]
  readonly timeZone: (person: PersonId) => string
  /** Who is awake for this: she opened it, answered another page of the incident, or acts in it. */
  readonly awake: readonly PersonId[]
}

/** Pure: a level has its turn. Nobody is paged who is awake or was paged already; who sleeps waits for the morning or is left out. */
export function raise(
  state: Paging,
  turn: { readonly level: number; readonly why: Why },
  facts: LevelFacts,
  now: string,
): PagingEvent {
  const { levels, quiet } = state.escalation
  const { level, why } = turn
  const page = levels[level]?.page ?? []
  const escalated = (people: readonly PersonId[], deferred: Record<PersonId, string> = {}, empty?: Empty) =>
    ({
      type: 'page.escalated',
      v: 1,
      data: { level, page, people, deferred, ...sleepsAt(people, deferred), why, ...(empty && { empty }) },
    }) satisfies PagingEvent
  function sleepsAt(people: readonly PersonId[], deferred: Readonly<Record<PersonId, string>>) {
    if (!quiet || people.length === 0) return {}
    const from = (person: PersonId) => quietFrom(quiet, facts.timeZone(person), deferred[person] ?? now)
    return { sleepsAt: Object.fromEntries(people.map((person) => [person, from(person)])) }
  }
  if (level >= levels.length) return escalated([])
  const all = [...new Set(facts.people)]
  if (all.length === 0) return escalated([], {}, 'vacant')
  const awake = new Set([...state.awake, ...facts.awake])
  const paged = new Set(state.raised.flatMap(({ people }) => people))
  const fresh = all.filter((person) => !awake.has(person) && !paged.has(person))
  if (fresh.length === 0) return escalated([], {}, all.some((person) => awake.has(person)) ? 'awake' : 'paged')
  const asleep = new Map(
    fresh.flatMap((person) => {
      const until = quiet && quietUntil(quiet, facts.timeZone(person), now)
      return until ? [[person, until] as const] : []
    }),
  )
  // After the last level nobody else is left to ask: then it waits for the morning whatever the rule is.
  if (quiet?.instead === 'next' && level < levels.length - 1) {
    const up = fresh.filter((person) => !asleep.has(person))
    return up.length > 0 ? escalated(up) : escalated([], {}, 'asleep')
  }
  return escalated(fresh, Object.fromEntries(asleep))
}

/** When the next quiet time begins in a time zone, after an instant that is in none. */
export function quietFrom(quiet: Quiet, timeZone: string, now: string): string {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone)
  const from = Temporal.PlainTime.from(quiet.from)
  const before = Temporal.PlainTime.compare(here.toPlainTime(), from) < 0
  const day = before ? here.toPlainDate() : here.toPlainDate().add({ days: 1 })
  return day.toZonedDateTime({ timeZone, plainTime: from }).toInstant().toString()
}

/** When the quiet time ends that it is now in a time zone, as an instant; null when it is none. An end that the clocks skip is the first moment after it. */
export function quietUntil(quiet: Quiet, timeZone: string, now: string): string | null {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone)
  const time = here.toPlainTime()
  const from = Temporal.PlainTime.from(quiet.from)
  const to = Temporal.PlainTime.from(quiet.to)
  const after = Temporal.PlainTime.compare(time, from) >= 0
  const before = Temporal.PlainTime.compare(time, to) < 0
  const overMidnight = Temporal.PlainTime.compare(from, to) > 0
  if (overMidnight ? !(after || before) : !(after && before)) return null
  const day = before ? here.toPlainDate() : here.toPlainDate().add({ days: 1 })
  const end = day.toZonedDateTime({ timeZone, plainTime: to })
  return end.toInstant().toString()
}
