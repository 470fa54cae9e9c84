import { afterEach, beforeEach, expect, it } from 'vitest'
import { onCall } from '../../src/app/on-call.ts'
import { entitled } from '../../src/core/oncall/on-call.ts'
import { calendarOf } from '../kit/calendar.ts'
import { type CalendarFeed, startCalendarFeed } from '../kit/calendar-feed.ts'
import { type Stage, stage } from '../kit/stage.ts'
import { until } from '../kit/until.ts'

let feed: CalendarFeed
let theStage: Stage
beforeEach(async () => {
  feed = await startCalendarFeed()
})
afterEach(async () => {
  await theStage.close()
  await feed.stop()
})

const sections = `
calendars:
  duty: { adapter: ical, url: { env: DUTY_CALENDAR }, plainHttp: true, every: 20s, goodFor: 160s, timeout: 5s, people: { 'tom@example.com': tom } }
schedules:
  duty: { feed: duty }
`
const day = (offset: number) =>
  Temporal.Now.instant()
    .add({ hours: 24 * offset })
    .toString()
    .slice(0, 10)
    .replaceAll('-', '')
const shift = (who: readonly string[]) => [
  'UID:1',
  ...who,
  `DTSTART;VALUE=DATE:${day(-1)}`,
  `DTEND;VALUE=DATE:${day(30)}`,
]

it('who is on call comes from a calendar kept elsewhere; too old, it gives nobody rights, and says so', async () => {
  feed.show(calendarOf([shift(['SUMMARY:On Call - Tom - Payments', 'ATTENDEE:tom@example.com'])]))
  theStage = await stage({ speed: 20, sections, env: { DUTY_CALENDAR: feed.url } })
  const now = () => onCall(theStage.bot.world, 'duty', theStage.bot.world.clock.now())
  await until('tom is on call', () => entitled(now()).includes('tom'))
  expect(now().why).toMatchObject([{ person: 'tom', by: { by: 'calendar', calendar: 'duty' } }])

  feed.show(calendarOf([shift(['SUMMARY:Ana'])]))
  await until('ana is on call', () => entitled(now()).includes('ana'))

  feed.trouble({ status: 503 })
  await until('nobody can know', () => now().stale !== null)
  expect(now().people).toEqual(['ana'])
  expect(entitled(now())).toEqual([])

  // Nobody forgets that over a restart, although the calendar is back before anybody could read it.
  await theStage.restart(() => feed.trouble(null))
  await until('ana is on call again', () => entitled(now()).includes('ana'))
  const events = await theStage.bot.world.ledger.read(0, 10_000, [
    'calendar.imported',
    'calendar.lost',
    'calendar.found',
  ])
  expect(events.map(({ event }) => event.type)).toEqual([
    'calendar.imported',
    'calendar.imported',
    'calendar.lost',
    'calendar.found',
  ])
  for (const line of theStage.log) expect(line).not.toContain('hush')
  expect(JSON.stringify(await theStage.bot.world.ledger.read(0, 10_000))).not.toContain('hush')
})

it('a shift can be subscribed to at the address that the bot gives', async () => {
  feed.show(calendarOf([shift(['SUMMARY:Ana'])]))
  theStage = await stage({ speed: 20, sections, env: { DUTY_CALENDAR: feed.url } })
  const { world, url } = theStage.bot
  await until('ana is on call', () => entitled(onCall(world, 'duty', world.clock.now())).includes('ana'))
  for (const page of ['/calendar/schedule/duty.ics', '/calendar/person/ana.ics']) {
    const { pathname, search } = new URL(world.link(page))
    const response = await fetch(url + pathname + search)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(await response.text()).toContain(`DTSTART:${day(-1)}T000000Z`)
    expect((await fetch(url + pathname)).status).toBe(404)
  }
})
