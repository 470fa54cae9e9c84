import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ical } from '../../../../src/adapters/oncall-source/ical/index.ts'
import { systemPlatform } from '../../../../src/adapters/system/index.ts'
import { Fault } from '../../../../src/core/fault.ts'
import { calendarOf } from '../../../kit/calendar.ts'
import { type CalendarFeed, startCalendarFeed, type Trouble } from '../../../kit/calendar-feed.ts'

const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
const never = new AbortController().signal
const at = (instant: string) => Temporal.Instant.from(instant)
const window = { from: at('2026-03-01T00:00Z'), to: at('2026-03-31T00:00Z') }
const one = ['UID:1', 'SUMMARY:Mei Lin', 'DTSTART:20260302T090000Z', 'DURATION:P1D']
const other = one.map((line) => line.replace('Mei Lin', 'Tom Ode'))

let feed: CalendarFeed
let elsewhere: CalendarFeed
beforeEach(async () => {
  feed = await startCalendarFeed()
  elsewhere = await startCalendarFeed()
  feed.show(calendarOf([one]))
  elsewhere.show(calendarOf([other]))
})
afterEach(() => Promise.all([feed.stop(), elsewhere.stop()]))

function source(more: object = {}, url = feed.url) {
  const config = ical.config.parse({ url: { env: 'FEED' }, plainHttp: true, timeout: '2s', ...more })
  config.url.resolve(() => url)
  return ical.open(config, { ...platform, timeZone: 'UTC' })
}
const titles = async (of: ReturnType<typeof source>) => (await of.read(window, never)).spans.map(({ title }) => title)
const codeOf = async (of: ReturnType<typeof source>) => {
  const fault: unknown = await of.read(window, never).catch((cause: unknown) => cause)
  return fault instanceof Fault ? [fault.code, fault.retry] : fault
}
const statuses = () => feed.asked.map(({ status }) => status)

describe('an unchanged calendar is not sent again', () => {
  it.each([
    ['etag', 'if-none-match'],
    ['modified', 'if-modified-since'],
  ] as const)('by %s', async (validators, header) => {
    feed.show(calendarOf([one]), { validators })
    const mine = source()
    for (let time = 0; time < 3; time++) expect(await titles(mine)).toEqual(['Mei Lin'])
    expect(statuses()).toEqual([200, 304, 304])
    expect(feed.asked.at(-1)?.headers[header]).toBeTruthy()
    feed.show(calendarOf([other]), { validators })
    expect(await titles(mine)).toEqual(['Tom Ode'])
  })

  it('but what stands in it is looked at anew: the window has moved', async () => {
    feed.show(calendarOf([[...one, 'RRULE:FREQ=WEEKLY']]))
    const mine = source()
    await mine.read(window, never)
    const later = { from: at('2026-07-01T00:00Z'), to: at('2026-07-31T00:00Z') }
    const { spans } = await mine.read(later, never)
    expect(spans.map(({ start }) => start)).toEqual(['06', '13', '20', '27'].map((day) => `2026-07-${day}T09:00:00Z`))
    expect(statuses()).toEqual([200, 304])
  })

  it('nothing is kept of a server without validators, nor asked of one that was not read yet', async () => {
    feed.show(calendarOf([one]), { validators: 'none' })
    const mine = source()
    await titles(mine)
    await titles(mine)
    expect(statuses()).toEqual([200, 200])
    for (const { headers } of feed.asked)
      expect(headers['if-none-match'] ?? headers['if-modified-since']).toBeUndefined()
  })

  it('304 to somebody who has nothing is no answer', async () => {
    feed.trouble({ status: 304 })
    expect(await codeOf(source())).toEqual(['calendar.not-understood', 'no'])
  })
})

it.each(['text/plain', 'application/octet-stream', 'text/html'])('reads a calendar that is called %s', async (type) => {
  feed.show(calendarOf([one]), { type })
  expect(await titles(source())).toEqual(['Mei Lin'])
})

it.each<[Trouble, string, string]>([
  [{ status: 500 }, 'calendar.busy', 'yes'],
  [{ status: 429, headers: { 'retry-after': '7' } }, 'calendar.busy', 'yes'],
  [{ status: 401 }, 'calendar.no-permission', 'no'],
  [{ status: 410 }, 'calendar.not-there', 'no'],
  [{ status: 204 }, 'calendar.not-understood', 'no'],
  ['hangs', 'calendar.late', 'yes'],
  ['drips', 'calendar.late', 'yes'],
  ['half', 'calendar.cut', 'yes'],
  ['cut', 'calendar.cut', 'yes'],
  ['huge', 'calendar.too-large', 'no'],
  ['sign-in', 'calendar.not-understood', 'no'],
])('%j is %s, again: %s', async (trouble, code, retry) => {
  feed.trouble(trouble)
  expect(await codeOf(source({ timeout: '500ms' }))).toEqual([code, retry])
})

it('waits as long as it is asked to, but not for ever', async () => {
  for (const [wish, ms] of [
    ['7', 7000],
    ['999999', 3_600_000],
  ] as const) {
    feed.trouble({ status: 429, headers: { 'retry-after': wish } })
    await expect(source().read(window, never)).rejects.toMatchObject({ retryAfterMs: ms })
  }
})

it('does not take more shifts than one event of the ledger should hold', async () => {
  feed.show(
    calendarOf([['UID:1', 'SUMMARY:X', 'DTSTART:20260301T000000Z', 'DURATION:PT5M', 'RRULE:FREQ=MINUTELY;INTERVAL=5']]),
  )
  expect(await codeOf(source())).toEqual(['calendar.too-large', 'no'])
})

describe('redirects', () => {
  const to = (location: string) => feed.trouble({ status: 302, headers: { location } })

  it('go to another host only where the configuration names it', async () => {
    to(elsewhere.url)
    expect(await codeOf(source())).toEqual(['calendar.redirected', 'no'])
    expect(elsewhere.asked).toHaveLength(0)
    expect(await titles(source({ hosts: [elsewhere.host] }))).toEqual(['Tom Ode'])
  })

  it('never go where TLS is missing and not allowed to, nor to other kinds of address, nor round for ever', async () => {
    for (const location of [
      'file:///etc/passwd',
      'ftp://127.0.0.1/x',
      'http://169.254.169.254/latest/meta-data',
      'https://[',
    ])
      for (const hosts of [[], ['169.254.169.254']]) {
        if (hosts.length > 0 && location.startsWith('http:')) continue
        to(location)
        expect([location, await codeOf(source({ hosts }))]).toEqual([location, ['calendar.redirected', 'no']])
      }
    to(feed.url)
    expect(await codeOf(source())).toEqual(['calendar.redirected', 'no'])
    expect(feed.asked.length).toBeLessThan(20)
  })
})

it.each([
  '',
  'calendar.example/x',
  'http://calendar.example/x',
  'ftp://calendar.example/x',
  'https://user:word@calendar.example/x',
])('is told that %j is no address', async (url) => {
  expect(await codeOf(source({ plainHttp: false }, url))).toEqual(['calendar.bad-address', 'no'])
})

it('takes webcal:// for what it is', async () => {
  const seen: string[] = []
  const config = ical.config.parse({ url: { env: 'FEED' } })
  config.url.resolve(() => 'webcal://calendar.example/secret.ics')
  const fetch = async (input: string | URL) => {
    seen.push(String(input))
    return new Response(calendarOf([one]))
  }
  await ical.open(config, { ...platform, fetch, timeZone: 'UTC' }).read(window, never)
  expect(seen).toEqual(['https://calendar.example/secret.ics'])
})

it.each([
  [{}],
  [{ url: 'https://calendar.example/in-the-open.ics' }],
  [{ url: { env: 'A' }, hosts: ['https://x'] }],
  [{ url: { env: 'A' }, evry: '5m' }],
])('does not take %j', (config) => {
  expect(ical.config.safeParse(config).success).toBe(false)
})
