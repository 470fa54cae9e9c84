import { describe, expect, it } from 'vitest'
import { ical } from '../../src/adapters/oncall-source/ical/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { examineCalendar } from '../../src/app/calendars.ts'
import type { Config, ConfiguredCalendar } from '../../src/config/config.ts'
import { plain, sayWording } from '../../src/text/say.ts'
import { calendarOf } from '../kit/calendar.ts'
import { ManualClock } from '../kit/manual-clock.ts'

const system = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const entry = (title: string, ...more: string[]) => [
  `SUMMARY:${title}`,
  'DTSTART:20260303T090000Z',
  'DURATION:PT8H',
  ...more,
]

/** What the doctor says of a calendar with these entries. */
async function told(
  entries: readonly (readonly string[])[],
  feed: string | null = 'duty',
  status = 200,
): Promise<readonly string[]> {
  const config = ical.config.parse({ url: { env: 'FEED' } })
  config.url.resolve(() => 'https://calendar.example/hush.ics')
  const calendar: ConfiguredCalendar = {
    name: 'duty',
    adapter: ical,
    config,
    everyMs: 300_000,
    goodForMs: 3_600_000,
    timeZone: 'UTC',
    people: { 'tom@example.com': 'tom' },
  }
  const known = {
    people: new Map([['mei', { id: 'mei', name: 'Mei Lin' }]]),
    schedules: new Map([['duty', { feed }]]),
  } as unknown as Config
  const fetch = async () => new Response(status === 200 ? calendarOf(entries) : '', { status })
  const platform = { ...system, fetch, clock: new ManualClock('2026-03-02T09:00:00Z') }
  const reading = examineCalendar(calendar, known, platform, new AbortController().signal)
  return (await reading).map(({ state, wording }) => `${state}: ${plain(sayWording('en', wording))}`)
}

describe('the doctor reads calendars', () => {
  it('and is content with one that it understands', async () => {
    expect(await told([entry('Mei Lin'), entry('Duty', 'ATTENDEE:mailto:tom@example.com')])).toEqual([
      'works: 2 entries in the coming weeks',
    ])
  })

  it('tells each name that nobody knows once, and a shift that names nobody', async () => {
    expect(
      await told([
        entry('Eve'),
        entry('Eve', 'UID:2'),
        entry('', 'UID:3'),
        entry('Mei Lin', 'ATTENDEE:who@example.com'),
      ]),
    ).toEqual([
      'works: 3 entries in the coming weeks',
      'missing: The calendar names Eve, whom nobody knows here. Say who that is under people of this calendar.',
      "missing: “—” names nobody. If it is somebody's shift, say whose under people of this calendar, by this whole title.",
    ])
  })

  it('asks of a calendar of freezes for no names', async () => {
    expect(await told([entry('Year-end freeze')], null)).toEqual(['works: one entry in the coming weeks'])
  })

  it('tells what was left out, and why it could not be had', async () => {
    expect(await told([entry('Mei Lin'), ['SUMMARY:Odd', 'DTSTART:soon']])).toEqual([
      'works: one entry in the coming weeks',
      'unknown: “Odd” is left out: one of its dates or times is none.',
    ])
    expect(await told([], 'duty', 403)).toEqual([
      'missing: calendar.example does not let us read the calendar (HTTP 403). Its secret address may have been renewed: set the new one.',
    ])
  })
})
