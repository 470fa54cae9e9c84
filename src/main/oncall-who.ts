import { readStreams } from '../adapters/ledger/sqlite/read-streams.ts'
import type { Config } from '../config/config.ts'
import { calendarStream } from '../core/calendar/imported.ts'
import { canonicalJson, type Json } from '../core/canonical.ts'
import { nearest } from '../core/nearest.ts'
import type { Cause, OnCall } from '../core/oncall/on-call.ts'
import { foldRoster, type Roster, rosterOf, scheduleStream, withCalendars } from '../core/oncall/roster.ts'
import type { Schedule } from '../core/oncall/schedule.ts'
import { type Explanation, explain } from '../core/oncall/why.ts'
import type { Platform } from '../ports/adapter.ts'
import { calendarFrom, rosterFrom } from '../projection/rosters.ts'
import type { Given } from './given.ts'

type Asked = Pick<Given, 'words' | 'at' | 'json' | 'print'> & { readonly platform: Pick<Platform, 'clock'> }

/**
 * `astern oncall who SCHEDULE --at INSTANT`: the bot's own answer, from the schedules of the configuration and what the ledger knows of
 * them, if there is one. Reads both, writes neither. A definition that the bot has not loaded yet counts from now on, as it would if
 * the bot loaded it now.
 */
export function onCallWho(given: Asked, config: Config | null, ledger: string): number {
  const [, , id, ...more] = given.words
  if (id === undefined || more.length > 0)
    throw new TypeError('which schedule? astern oncall who SCHEDULE --at INSTANT')
  const now = given.platform.clock.now()
  const at = given.at === null ? now : instantOf(given.at)
  const defined = config?.schedules.get(id) ?? null
  const recorded = recordedRoster(ledger, id)
  if (!defined && !recorded) throw new TypeError(unknown(id, [...(config?.schedules.keys() ?? [])]))
  const roster = config ? withDefinition(recorded, defined, id, now) : recorded
  if (!roster) throw new TypeError(unknown(id, []))
  const why = explain(roster, at)
  if (given.json) given.print(JSON.stringify(asJson(why), null, 2))
  else for (const line of lines(why)) given.print(line)
  return 0
}

function instantOf(text: string): Temporal.Instant {
  try {
    return text.includes('[') ? Temporal.ZonedDateTime.from(text).toInstant() : Temporal.Instant.from(text)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const examples = '2026-03-29T01:30:00Z, 2026-03-29T09:30+08:00 or 2026-03-29T09:30[Asia/Shanghai]'
    throw new TypeError(`--at takes an instant like ${examples}, not “${text}”`)
  }
}

function unknown(id: string, known: readonly string[]): string {
  const [meant] = nearest(id, known, 1)
  const there = known.length === 0 ? 'none is configured' : `there are ${known.join(', ')}`
  return `there is no schedule “${id}”; ${meant === undefined ? there : `did you mean ${meant}?`}`
}

/** What the ledger knows of a schedule; null for nothing. */
function recordedRoster(file: string, id: string): Roster | null {
  return readStreams(file, (stream) => {
    const events = stream(scheduleStream(id))
    const roster = withCalendars(rosterFrom(id, events), (name) => calendarFrom(stream(calendarStream(name))))
    return events.length === 0 ? null : roster
  })
}

/** With the definition of the configuration: since ever where nothing else is known, else from now on. */
function withDefinition(
  recorded: Roster | null,
  definition: Schedule | null,
  id: string,
  now: Temporal.Instant,
): Roster | null {
  if (!recorded) return definition && rosterOf(definition)
  const json = (one: Schedule | null | undefined) => canonicalJson((one ?? null) as unknown as Json)
  if (json(recorded.versions.at(-1)?.definition) === json(definition)) return recorded
  const event = { type: 'schedule.changed', v: 1, data: { schedule: id, definition } } as const
  return foldRoster(recorded, event, now.toString())
}

/** `why` says of each person what puts her there; `next` who follows. */
const asJson = ({ now, next, otherwise, clocks, handOffs }: Explanation) => ({
  ...now,
  next: next && { at: next.at, people: next.people, shadows: next.shadows },
  otherwise,
  clocks,
  handOffs,
})

function lines({ now, next, otherwise, clocks, handOffs }: Explanation): string[] {
  return [
    `${now.schedule} at ${now.at}`,
    `on call: ${names(now.people)}`,
    ...(now.shadows.length > 0 ? [`shadows: ${names(now.shadows)}`] : []),
    ...now.why.map(({ person, by }) => `  ${person}: ${causeText(by)}`),
    ...(otherwise ? [`otherwise: ${names(otherwise)}`] : []),
    `since ${now.since ?? 'ever'} until ${now.until ?? 'further notice'}${next ? `, then ${names(next.people)}` : ''}`,
    ...clocks.map(
      (change) =>
        `clock of ${change.timeZone}: ${signed(change.byMinutes)} min at ${change.at}${change.inside ? ', within this' : ''}`,
    ),
    ...handOffs.map(
      (one) =>
        `${one.layer}: the clock ${one.clock === 'skips' ? 'skips' : 'shows twice'} ${one.typed}, so its ${one.edge} is ${one.at}`,
    ),
    ...staleText(now),
    ...(now.recorded ? [] : ['before the ledger knew this schedule: as if its first version had always been in force']),
  ]
}

const names = (people: readonly string[]): string => (people.length > 0 ? people.join(', ') : 'nobody')
const signed = (minutes: number): string => (minutes > 0 ? `+${minutes}` : String(minutes))

function causeText(by: Cause): string {
  switch (by.by) {
    case 'layer': {
      const of = by.temporary === null ? '' : ` of temporary schedule ${by.temporary}`
      return `layer ${by.layer}${of}, turn ${by.turn.number + 1} (${by.turn.from} to ${by.turn.to}), ${by.timeZone}`
    }
    case 'calendar':
      return `calendar ${by.calendar}: ${by.title}`
    default:
      return `${by.by} ${by.id} by ${by.actor} (${by.from} to ${by.to}), instead of ${by.instead ?? 'everybody'}`
  }
}

const staleText = ({ stale }: OnCall): string[] =>
  stale
    ? [`the calendar ${stale.since ? `is too old since ${stale.since}` : 'was never read'}: nobody has rights by it`]
    : []
