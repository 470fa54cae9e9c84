import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { personPage, schedulePage } from '../../src/core/calendar/pages.ts'
import { consoleLink } from '../../src/core/console-link.ts'
import { shifts } from '../../src/core/oncall/on-call.ts'
import { type Roster, rosterOf } from '../../src/core/oncall/roster.ts'
import type { Schedule } from '../../src/core/oncall/schedule.ts'
import { icsText } from '../../src/web/calendar/ics.ts'
import { calendarRoutes } from '../../src/web/calendar/routes.ts'
import { readCalendar } from '../kit/calendar.ts'
import { ManualClock } from '../kit/manual-clock.ts'
import { startedWeb } from './started-web.ts'

const key = 'console key of 32 characters ....'
const names: Readonly<Record<string, string>> = { mei: '林美', tom: 'Tom; Ode, Jr. \\o/', ana: 'Ana\nRios' }
const people = Object.entries(names).map(([id, name]) => ({ id, name, language: id === 'mei' ? 'zh-CN' : null }))

const schedule = (id: string, timeZone: string, start: string): Schedule => ({
  id,
  minRestMs: 0,
  temporary: [],
  feed: null,
  layers: [
    {
      name: 'day',
      turns: [['mei'], ['tom'], ['ana']],
      shadow: false,
      priority: 0,
      timeZone,
      start,
      end: null,
      every: { unit: 'weeks', count: 1 },
      windows: [],
    },
    {
      name: 'learners',
      turns: [['ana'], ['mei']],
      shadow: true,
      priority: 0,
      timeZone,
      start,
      end: null,
      every: { unit: 'weeks', count: 1 },
      windows: [],
    },
  ],
})

function worldOf(rosters: readonly Roster[], now = '2026-03-04T10:20:30Z') {
  const byId = new Map(rosters.map((roster) => [roster.schedule, roster]))
  const config = {
    language: 'en',
    people: new Map(people.map((person) => [person.id, person])),
    schedules: byId,
    directory: () => ({ name: (id: string) => names[id] ?? id }),
  } as unknown as Config
  return { clock: new ManualClock(now), config: () => config, desk: { roster: (id: string) => byId.get(id) ?? null } }
}
type Desk = Parameters<typeof calendarRoutes>[0]

const payments = {
  ...rosterOf(schedule('payments', 'America/Chicago', '2025-01-06T09:00')),
  changes: [
    {
      id: 'O-1',
      kind: 'override',
      person: 'ana',
      instead: null,
      by: 'tom',
      at: '2026-03-01T00:00:00Z',
      from: '2026-03-03T00:00:00Z',
      to: '2026-03-03T12:00:00Z',
    } as const,
  ],
}
const search = rosterOf(schedule('search.v2', 'Asia/Kolkata', '2025-01-06T08:30'))

async function started(rosters: readonly Roster[] = [payments, search]) {
  const world = worldOf(rosters)
  const { url } = await startedWeb({ routes: calendarRoutes(world as unknown as Desk, key) })
  const get = (page: string, headers: Record<string, string> = {}) => fetch(url + consoleLink(page, key), { headers })
  return { url, get, world }
}

/** What RFC 5545 asks of the lines, whatever is in them. */
function strict(text: string): void {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text)
  const lines = text
    .replace(/\r\n[ \t]/g, '')
    .trimEnd()
    .split('\r\n')
  for (const line of lines) expect(line).toMatch(/^[A-Z-]+(;[A-Z-]+=[\w-]+)*:[^\p{Cc}]*$/u)
  const events = lines.join('\n').split('BEGIN:VEVENT').slice(1)
  const uids = events.map((event) => /^UID:(.+)$/m.exec(event)?.[1])
  expect(new Set(uids).size).toBe(events.length)
  for (const event of events)
    for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'SEQUENCE'])
      expect(event.match(new RegExp(`^${name}[;:]`, 'gm')) ?? []).toHaveLength(1)
}

describe('calendars to subscribe to', () => {
  it('of a schedule: everybody on call, no shadows, a month back and half a year ahead', async () => {
    const { get } = await started()
    const response = await get(schedulePage('payments'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(response.headers.get('cache-control')).toMatch(/^private/)
    const text = await response.text()
    strict(text)
    expect(text).toContain('X-WR-CALNAME:On call: payments\r\n')
    expect(text).toContain('SUMMARY;LANGUAGE=en:payments: 林美\r\n')
    expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY;LANGUAGE=en:payments: Tom\\; Ode\\, Jr. \\\\o/\r\n')
    expect(text).not.toContain('Shadow')
    const read = readCalendar(text)
    expect(read.notices).toEqual([])
    expect(read.spans[0]?.start).toBe('2026-01-26T15:00:00Z')
    expect(read.spans.find(({ start }) => start === '2026-03-03T00:00:00Z')).toMatchObject({
      end: '2026-03-03T12:00:00Z',
      named: [['ana']],
    })
  })

  it('of a person: hers alone, in all schedules, also as a shadow, in her language', async () => {
    const { get } = await started()
    const text = (await (await get(personPage('mei'))).text()).replaceAll('\r\n ', '')
    strict(await (await get(personPage('mei'))).text())
    expect(text).toContain('X-WR-CALNAME:值班：林美\r\n')
    for (const title of ['值班：payments', '值班：search.v2', '跟班：payments'])
      expect(text).toContain(`SUMMARY;LANGUAGE=zh-CN:${title}\r\n`)
    expect(text).toMatch(/跟班[\s\S]*?TRANSP:TRANSPARENT/)
    expect(text).not.toContain('Tom')
  })

  it('opens only by its own link, and says nothing of what there is', async () => {
    const { url, get } = await started()
    const nothing = await fetch(`${url}/no/such/place`)
    const expected = [404, await nothing.text()]
    const { search: other } = new URL(url + consoleLink(schedulePage('payments'), key))
    for (const path of [
      schedulePage('payments'),
      `${schedulePage('payments')}?k=`,
      `${schedulePage('payments')}?token=guess`,
      `${schedulePage('search.v2')}${other}`,
      `${schedulePage('nobody')}${other}`,
      `/calendar/schedule/payments${other}`,
      consoleLink(schedulePage('payments'), 'another key of 32 characters ...'),
    ]) {
      const response = await fetch(url + path)
      expect([response.status, await response.text()]).toEqual(expected)
    }
    for (const page of [schedulePage('gone'), personPage('gone'), '/calendar/schedule/payments']) {
      const response = await get(page)
      expect([response.status, await response.text()]).toEqual(expected)
    }
  })

  it('is the same to the byte while nothing changes, and is not sent again then', async () => {
    const { get, world } = await started()
    const first = await get(schedulePage('payments'))
    const etag = first.headers.get('etag') ?? ''
    await world.clock.advance(2 * 86_400_000)
    const again = await get(schedulePage('payments'), { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    expect((await get(schedulePage('payments'), { 'if-none-match': '"other"' })).status).toBe(200)
    await world.clock.advance(7 * 86_400_000)
    const next = await get(schedulePage('payments'), { 'if-none-match': etag })
    expect(next.status).toBe(200)
    const uids = (text: string): readonly string[] => text.replaceAll('\r\n ', '').match(/^UID:.+$/gm) ?? []
    const [before, after] = [uids(await first.text()), uids(await next.text())]
    expect(after.filter((uid) => !before.some((one) => one === uid)).length).toBeLessThanOrEqual(1)
  })
})

it('out and in again gives the same spans, whatever the schedule and the names', async () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/London',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/Santiago',
  )
  const every = fc.record({
    unit: fc.constantFrom('hours', 'days', 'weeks', 'months'),
    count: fc.integer({ min: 1, max: 30 }),
  })
  const one = fc.tuple(
    zones,
    every,
    fc.integer({ min: 0, max: 23 }),
    fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 4 }),
  )
  await fc.assert(
    fc.property(one, ([timeZone, turn, hour, titles]) => {
      const base = schedule('s', timeZone, `2026-01-05T${String(hour).padStart(2, '0')}:00`)
      const layer = {
        ...base.layers[0],
        every: { ...turn, count: turn.unit === 'hours' ? turn.count + 5 : turn.count },
      }
      const roster = rosterOf({ ...base, layers: [layer] } as Schedule)
      const from = Temporal.Instant.from('2026-02-01T00:00Z')
      const to = Temporal.Instant.from('2026-05-01T00:00Z')
      const given = shifts(roster, from, to)
      const text = icsText({
        title: titles[0] ?? '',
        language: 'en',
        changedAt: from,
        sequence: 1,
        entries: given.map((shift, at) => ({
          ...shift,
          uid: `${at}@astern`,
          title: titles[at % titles.length] ?? '',
          description: titles.join('\n'),
          free: false,
        })),
      })
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      const { spans, notices } = readCalendar(text)
      expect(notices).toEqual([])
      expect(spans.map(({ start, end, named }) => [start, end, named])).toEqual(
        given.map((shift) => [shift.from.toString(), shift.to.toString(), [[shift.person]]]),
      )
      const flat = (value: string) => [...value.replace(/[\p{Cc}\s]+/gu, ' ').trim()].slice(0, 200).join('')
      expect(spans.map(({ title }) => title)).toEqual(given.map((_, at) => flat(titles[at % titles.length] ?? '')))
    }),
    { numRuns: 100, seed: 11 },
  )
})
