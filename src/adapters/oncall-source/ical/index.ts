import { defineOnCallSourceAdapter, type OnCallSourceGiven } from '../../../ports/adapter.ts'
import type { OnCallSource } from '../../../ports/oncall-source.ts'
import { spansIn } from './calendar.ts'
import { IcalConfig } from './config.ts'
import { fault } from './faults.ts'
import { Feed } from './feed.ts'
import { calendarsIn } from './lines.ts'

/** Calendars in the iCalendar format: PagerDuty, Grafana OnCall, GoAlert, Google Calendar, Outlook, and files on any web server. */
export const ical = defineOnCallSourceAdapter<IcalConfig>({
  port: 'oncall-source',
  id: 'ical',
  title: 'iCalendar feed',
  config: IcalConfig,
  open: (config, given) => icalSource(config, given),
})

/** Each goes into one event of the ledger; a shift every half hour for ten weeks has 3,360. */
const mostSpans = 5000

function icalSource(config: IcalConfig, given: OnCallSourceGiven): OnCallSource {
  const feed = new Feed(config, given)
  return {
    async read(window, signal) {
      const calendars = calendarsIn(await feed.get(signal))
      if (calendars === null) throw fault('calendar.not-understood', 'no', feed.host, { said: 'HTTP 200' })
      if (calendars === 'cut') throw fault('calendar.cut', 'yes', feed.host, { said: 'END:VCALENDAR' })
      const found = spansIn(calendars, given.timeZone, window)
      if (found.spans.length > mostSpans) throw fault('calendar.too-large', 'no', feed.host)
      return found
    },
  }
}
