import { durationMs } from '../core/duration.ts'
import type { ConfiguredCalendar } from './config.ts'
import { referenceTo } from './names.ts'
import type { Parts } from './parts.ts'
import type { Report } from './problem.ts'
import { validate } from './validate.ts'
import type { Written } from './written.ts'

export function calendarsOf(written: Written, parts: Parts): ReadonlyMap<string, ConfiguredCalendar> {
  return new Map(
    [...parts.calendars].flatMap(([name, { adapter, config }]) => {
      const own = written.calendars.get(name)
      if (!own) return []
      const { every, goodFor, timeZone, people } = own
      const times = { everyMs: durationMs(every) ?? 0, goodForMs: durationMs(goodFor) ?? 0 }
      return [[name, { name, adapter, config, timeZone, people, ...times }] as const]
    }),
  )
}

/** Schedules and freezes name calendars that there are. */
export function checkCalendars(written: Written, names: readonly string[], report: Report): void {
  const known = referenceTo('calendar', names)
  for (const [schedule, { feed }] of written.schedules)
    if (feed !== undefined) validate(known, feed, ['schedules', schedule, 'feed'], report)
  for (const [window, one] of Object.entries(written.freezes?.windows ?? {}))
    if (one.calendar !== undefined) validate(known, one.calendar, ['freezes', 'windows', window, 'calendar'], report)
}
