import type { PersonId } from '../core/actor.ts'
import type { Duty, HandOff } from '../core/oncall/hand-off.ts'
import type { OnCall, Shift } from '../core/oncall/on-call.ts'
import type { Roster } from '../core/oncall/roster.ts'
import { allOf } from '../text/intl.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { note } from './incident.ts'
import type { Button, Note } from './view.ts'
import { bold, dotted, type Voice, voice } from './words.ts'

export const datetime = (at: string | Temporal.Instant) => ({ at: at.toString(), show: 'datetime' }) as const

/** All of these people, by name; `nobody` for none. */
export function everyone(v: Voice, people: readonly PersonId[], mention = false): Text {
  if (people.length === 0) return [v.plain('oncall.nobody')]
  return allOf(v.language)
    .formatToParts(people)
    .map(({ type, value }) => (type === 'element' ? { kind: 'person', person: value, mention } : value))
}

/** What is shown of one schedule. */
export interface ScheduleRow {
  readonly schedule: string
  readonly services: readonly string[]
  /** Where its hand-offs are wall-clock times. */
  readonly zones: readonly string[]
  readonly now: OnCall
  readonly next: (HandOff & { readonly until: Temporal.Instant | null }) | null
  /** From now to the end of the week. */
  readonly week: readonly Duty[]
  readonly weekEnds: Temporal.Instant
}

export type ScheduleParts = readonly ('now' | 'next' | 'week')[]

/** Who is on call now and next and this week, for one schedule or several. */
export function schedulesNote(
  of: { readonly rows: readonly ScheduleRow[]; readonly parts: ScheduleParts; readonly more: number },
  language: Language,
): Note {
  const v = voice(language)
  if (of.rows.length === 0) return note(language, [v.say('oncall.none')])
  const lines = of.rows.flatMap((row) => [heading(v, row), ...of.parts.flatMap((part) => partLines(v, row, part))])
  return note(language, of.more > 0 ? [...lines, v.say('oncall.more', { count: of.more })] : lines)
}

const heading = (v: Voice, { schedule, services, zones }: ScheduleRow): Text =>
  dotted(
    bold(schedule),
    services.length > 0 ? v.say('oncall.of-services', { services: { list: services } }) : null,
    zones.length > 0 ? v.say('oncall.zone', { zones: { list: zones } }) : null,
  )

function partLines(v: Voice, row: ScheduleRow, part: ScheduleParts[number]): Text[] {
  switch (part) {
    case 'now':
      return nowLines(v, row)
    case 'next':
      return [nextLine(v, row)]
    case 'week':
      return [v.say('oncall.week', { rows: dotted(...row.week.map((duty) => weekText(v, duty, row.weekEnds))) })]
  }
}

function nowLines(v: Voice, { schedule: name, now }: ScheduleRow): Text[] {
  const { people, shadows, until, stale } = now
  const values = { name, people: everyone(v, people) }
  const line =
    people.length === 0
      ? until
        ? v.say('oncall.now-nobody', { ...values, until: datetime(until) })
        : v.say('oncall.now-nobody-open', values)
      : until
        ? v.say('oncall.now', { ...values, until: datetime(until) })
        : v.say('oncall.now-open', values)
  const changes = [...new Map(now.why.flatMap(({ by }) => ('id' in by ? [[by.id, by] as const] : []))).values()]
  const by = changes.map(({ id, by: kind }) => v.say('oncall.by-change', { kind: v.plain(`oncall.kind-${kind}`), id }))
  return [
    [...line, ...by.flatMap((one): Text => [' ', ...one])],
    ...(shadows.length > 0 ? [v.say('oncall.shadows', { people: everyone(v, shadows) })] : []),
    ...(stale ? [v.say('oncall.stale', { name })] : []),
  ]
}

export function nextLine(v: Voice, { next }: Pick<ScheduleRow, 'next'>): Text {
  if (!next) return v.say('oncall.next-none')
  const from = datetime(next.at)
  if (next.to.length === 0) return v.say('oncall.next-nobody', { from })
  const people = everyone(v, next.to)
  return next.until
    ? v.say('oncall.next', { people, from, until: datetime(next.until) })
    : v.say('oncall.next-open', { people, from })
}

function weekText(v: Voice, { people, from, to }: Duty, ends: Temporal.Instant): Text {
  const span = { from: datetime(from), to: datetime(to ?? ends) }
  return people.length === 0
    ? v.say('oncall.week-nobody', span)
    : v.say('oncall.week-row', { ...span, people: everyone(v, people) })
}

export interface OwnShifts {
  readonly shifts: readonly Shift[]
  readonly now: Temporal.Instant
  readonly days: number
  /** Where she can subscribe to them. */
  readonly calendar: string
}

/** Her shifts, one line each. */
export function ownShiftLines(v: Voice, { shifts, now }: OwnShifts): Text[] {
  return shifts.map(({ schedule, from, to, shadow, by }) => {
    const runs = Temporal.Instant.compare(from, now) <= 0
    const values = { schedule, from: datetime(from), to: datetime(to) }
    const line = v.say(runs ? 'oncall.mine-now' : 'oncall.mine-row', values)
    const change = 'id' in by ? v.say('oncall.by-change', { kind: v.plain(`oncall.kind-${by.by}`), id: by.id }) : null
    return [...line, ...(change ? [' ', ...change] : []), ...(shadow ? [' ', ...v.say('oncall.mine-shadow')] : [])]
  })
}

export const calendarButton = (v: Voice, url: string): Button => ({
  action: 'open.calendar',
  value: '',
  label: v.plain('button.calendar'),
  url,
})

export function ownShiftsNote(of: OwnShifts & { readonly zone: string }, language: Language): Note {
  const v = voice(language)
  const lines = ownShiftLines(v, of)
  const title = bold(v.plain('oncall.mine', { days: of.days }))
  const zone = v.say('oncall.mine-zone', { zone: of.zone })
  return note(
    language,
    [title, ...(lines.length > 0 ? lines : [v.say('oncall.mine-none')]), zone],
    [calendarButton(v, of.calendar)],
  )
}

/** What people changed by hand, and what waits for somebody's consent. */
export function changesNote(rosters: readonly Roster[], now: Temporal.Instant, language: Language): Note {
  const v = voice(language)
  const ahead = ({ to }: { readonly to: string }) => Temporal.Instant.compare(to, now) > 0
  const lines = rosters.flatMap(({ changes, asks, swaps }) => [
    ...changes.filter(ahead).map(({ id, kind, person, instead, from, to }) =>
      v.say('oncall.list-row', {
        id,
        kind: v.plain(`oncall.kind-${kind}`),
        person: { person },
        instead: instead ? { person: instead } : v.plain('oncall.everybody'),
        from: datetime(from),
        to: datetime(to),
      }),
    ),
    ...asks
      .filter(ahead)
      .map(({ id, person, from, to }) =>
        v.say('oncall.list-ask', { id, person: { person }, from: datetime(from), to: datetime(to) }),
      ),
    ...swaps.map(({ id, first, second, expiresAt }) =>
      v.say('oncall.list-swap', {
        id,
        first: { person: first.person },
        second: { person: second.person },
        until: datetime(expiresAt),
      }),
    ),
  ])
  const title = bold(v.plain('oncall.list'))
  return note(language, [title, ...(lines.length > 0 ? lines : [v.say('oncall.list-none')])])
}
