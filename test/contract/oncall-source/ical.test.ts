import { ical } from '../../../src/adapters/oncall-source/ical/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { calendarOf } from '../../kit/calendar.ts'
import { type CalendarFeed, startCalendarFeed, type Trouble } from '../../kit/calendar-feed.ts'
import { type BenchShift, onCallSourceContract, type SourceBench } from './oncall-source-contract.ts'

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const stamp = (instant: string) => instant.replace(/[-:]/g, '')

const troubles: Readonly<Record<Exclude<Parameters<SourceBench['fail']>[0], 'down'>, Trouble>> = {
  busy: { status: 503 },
  late: 'hangs',
  half: 'half',
  forbidden: { status: 403 },
  gone: { status: 404 },
  'something-else': 'sign-in',
}

const entry =
  (form: (shift: BenchShift) => readonly string[]) =>
  (shift: BenchShift, at: number): readonly string[] => [
    `UID:${at}`,
    `DTSTART:${stamp(shift.start)}`,
    `DTEND:${stamp(shift.end)}`,
    ...form(shift),
  ]

/** One calendar, written as each of these programs writes it. */
const programs: Readonly<Record<string, (shift: BenchShift) => readonly string[]>> = {
  PagerDuty: ({ person }) => [`SUMMARY:On Call - ${person} - Payments`, 'ATTENDEE:somebody@example.com'],
  'Grafana OnCall': ({ person }) => [`SUMMARY:[L1] ${person}`],
  GoAlert: ({ person }) => [`SUMMARY:${person} On-Call (GoAlert: Payments)`],
  'Google Calendar': ({ person }) => ['SUMMARY:Duty', `ATTENDEE;CN="${person}":mailto:somebody@example.com`],
}

for (const [program, form] of Object.entries(programs))
  onCallSourceContract(`iCalendar as ${program} writes it`, async () => {
    const feed: CalendarFeed = await startCalendarFeed()
    let up = true
    return {
      secrets: ['hush', feed.url],
      show(shifts, broken = false) {
        feed.trouble(null)
        feed.show(calendarOf([...(broken ? [['SUMMARY:Broken', 'DTSTART:soon']] : []), ...shifts.map(entry(form))]))
      },
      fail(how) {
        if (how === 'down') {
          up = false
          void feed.stop()
        } else feed.trouble(troubles[how])
      },
      open() {
        const config = ical.config.parse({ url: { env: 'FEED' }, plainHttp: true, timeout: '400ms' })
        config.url.resolve(() => feed.url)
        return ical.open(config, { ...platform, timeZone: 'UTC' })
      },
      stop: async () => (up ? feed.stop() : undefined),
    }
  })
