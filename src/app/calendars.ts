import type { Config, ConfiguredCalendar } from '../config/config.ts'
import type { ImportedSpan } from '../core/calendar/events.ts'
import { knownAs, peopleNamed } from '../core/calendar/named.ts'
import { Fault } from '../core/fault.ts'
import type { Platform } from '../ports/adapter.ts'
import type { Finding } from '../ports/effector.ts'
import type { Calendar, CalendarWindow, OnCallSource } from '../ports/oncall-source.ts'
import { wording } from '../text/say.ts'
import type { World } from './world.ts'

/** Ten weeks: nobody plans further, and people see their shifts in their own calendars. */
const aheadHours = 24 * 70

/** What is read of a calendar: from a little before now, so that who is on call at this moment is in it. */
export const calendarWindow = (now: Temporal.Instant): CalendarWindow => ({
  from: now.subtract({ hours: 24 }),
  to: now.add({ hours: aheadHours }),
})

export const openCalendar = ({ adapter, config, timeZone }: ConfiguredCalendar, platform: Platform): OnCallSource =>
  adapter.open(config, { ...platform, timeZone })

/** What a calendar says, with the people it names as this configuration knows them. */
export function resolved(
  { spans }: Calendar,
  { people }: ConfiguredCalendar,
  config: Pick<Config, 'people'>,
): readonly ImportedSpan[] {
  const known = knownAs(people, config.people.values())
  return spans.map(({ title, named, start, end }) => ({ title, ...peopleNamed(named, known), start, end }))
}

/** How the last readings of a calendar went. Beside the ledger: survives a restart. */
export interface CalendarReading {
  /** When it was last read; null for never. */
  readonly readAt: string | null
  /** Why it could not be read since. */
  readonly failed: { readonly code: string; readonly at: string } | null
}

const place = (name: string): string => `calendar/${name}`

export const readingOf = ({ store }: Pick<World, 'store'>, name: string): CalendarReading =>
  (store.values.get(place(name)) as unknown as CalendarReading | null) ?? { readAt: null, failed: null }

export const keepReading = ({ store }: Pick<World, 'store'>, name: string, reading: CalendarReading): void =>
  store.values.set(place(name), { readAt: reading.readAt, failed: reading.failed && { ...reading.failed } })

/** Whether a calendar was last read longer ago than its limit, so that it gives nobody rights. */
export const isTooOld = (
  { readAt }: CalendarReading,
  { goodForMs }: ConfiguredCalendar,
  now: Temporal.Instant,
): boolean => readAt === null || now.since(readAt).total('milliseconds') >= goodForMs

/** Reads a calendar for the doctor: whether it can be had, what was left out, and whom it names that nobody knows. */
export async function examineCalendar(
  calendar: ConfiguredCalendar,
  config: Pick<Config, 'people' | 'schedules'>,
  platform: Platform,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    const read = await openCalendar(calendar, platform).read(calendarWindow(platform.clock.now()), signal)
    const count = read.spans.length
    const works: Finding = { state: 'works', code: 'calendar.read', wording: wording('calendar.read', { count }) }
    const left = read.notices.map((notice): Finding => ({ ...notice, state: 'unknown' }))
    const ofPeople = [...config.schedules.values()].some(({ feed }) => feed === calendar.name)
    return [works, ...left, ...(ofPeople ? strangers(resolved(read, calendar, config)) : [])]
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    return [{ state: 'missing', code: cause.code, wording: cause.hint }]
  }
}

/** A calendar of freezes names nobody; in one of shifts a name that nobody knows is a shift that nobody has. */
function strangers(spans: readonly ImportedSpan[]): readonly Finding[] {
  const names = [...new Set(spans.flatMap(({ unknown }) => unknown))]
  const told = names.map(
    (name): Finding => ({
      state: 'missing',
      code: 'calendar.unknown-person',
      wording: wording('calendar.unknown-person', { name }),
    }),
  )
  const nobody = spans.find(({ people, unknown }) => people.length === 0 && unknown.length === 0)
  if (!nobody) return told
  const title = nobody.title || '—'
  return [
    ...told,
    { state: 'missing', code: 'calendar.nobody-named', wording: wording('calendar.nobody-named', { title }) },
  ]
}
