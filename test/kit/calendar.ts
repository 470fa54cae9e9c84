import { readFileSync } from 'node:fs'
import { spansIn } from '../../src/adapters/oncall-source/ical/calendar.ts'
import { calendarsIn } from '../../src/adapters/oncall-source/ical/lines.ts'
import type { Calendar } from '../../src/ports/oncall-source.ts'

/** The iCalendar feed of a program, with made-up people. */
export const feedOf = (program: string): string =>
  readFileSync(new URL(`../fixtures/calendars/${program}.ics`, import.meta.url), 'utf8').replace(/\r?\n/g, '\r\n')

/** A calendar of these entries, each given by its lines. */
export const calendarOf = (entries: readonly (readonly string[])[], more: readonly string[] = []): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Test//EN',
    ...more,
    ...entries.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

export interface Asked {
  readonly from?: string
  readonly to?: string
  readonly timeZone?: string
}

/** What the adapter makes of a calendar. Throws when it takes it for none. */
export function readCalendar(text: string | Uint8Array, asked: Asked = {}): Calendar {
  const calendars = calendarsIn(typeof text === 'string' ? Buffer.from(text) : text)
  if (calendars === null || calendars === 'cut') throw new Error(`no calendar: ${calendars}`)
  const { from = '2026-01-01T00:00Z', to = '2027-01-01T00:00Z', timeZone = 'UTC' } = asked
  return spansIn(calendars, timeZone, { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) })
}

/** Spans as short lines: `2026-03-02T09:00 … 2026-03-02T10:00 title`, in UTC. */
export const linesOf = ({ spans }: Calendar): readonly string[] =>
  spans.map(({ start, end, title }) => `${minute(start)} … ${minute(end)} ${title}`)

const minute = (instant: string): string => instant.replace(/(?::00)?Z$/, '')
