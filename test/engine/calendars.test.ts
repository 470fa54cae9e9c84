import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { readingOf } from '../../src/app/calendars.ts'
import type { World } from '../../src/app/world.ts'
import type { ConfiguredCalendar } from '../../src/config/config.ts'
import type { EventType } from '../../src/core/event.ts'
import { Fault } from '../../src/core/fault.ts'
import { entitled, whoIsOnCall } from '../../src/core/oncall/on-call.ts'
import { rosterOf, withCalendars } from '../../src/core/oncall/roster.ts'
import { Calendars } from '../../src/engine/calendars.ts'
import type { Platform } from '../../src/ports/adapter.ts'
import type { Calendar, CalendarWindow } from '../../src/ports/oncall-source.ts'
import { Follower } from '../../src/projection/follower.ts'
import { wording } from '../../src/text/say.ts'
import { newFile, openAt, silent } from '../adapters/ledger/kit.ts'
import { ManualClock } from '../kit/manual-clock.ts'
import { seededChance } from '../kit/seeded-chance.ts'
import { until } from '../kit/until.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const types: readonly EventType[] = ['calendar.imported', 'calendar.lost', 'calendar.found']

type Said =
  | { readonly shifts: readonly (readonly [name: string, start: string, end: string])[] }
  | { readonly fault: string }

/** A calendar that says what it is told to. */
class Source {
  said: Said = { shifts: [] }
  windows: CalendarWindow[] = []
  retryAfterMs: number | undefined

  async read(window: CalendarWindow): Promise<Calendar> {
    this.windows.push(window)
    if ('fault' in this.said) {
      const hint = wording('calendar.late', { host: 'h' })
      const wish = this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }
      throw new Fault({ code: this.said.fault, retry: 'yes', hint, ...wish })
    }
    const spans = this.said.shifts.map(([title, start, end]) => ({ title, named: [[title]], start, end }))
    return { spans, notices: [] }
  }
}

const week = (name: string, from: number): readonly [string, string, string] => {
  const start = Temporal.Instant.from('2026-03-02T09:00Z').add({ hours: from * 168 })
  return [name, start.toString(), start.add({ hours: 168 }).toString()]
}
const rotation: Said = { shifts: [week('mei', 0), week('tom', 1)] }

async function started(file = newFile(), clock = new ManualClock('2026-03-02T12:00:00Z'), source = new Source()) {
  const opened = await openAt(file)
  const { ledger, store } = opened
  const follower = await Follower.open({ ledger, values: store.values, log: silent })
  await follower.caughtUp((await ledger.head()).position)
  const unfollow = ledger.follow(({ position }) => void follower.caughtUp(position))
  const stop = new AbortController()
  const adapter = { port: 'oncall-source', id: 'fake', title: 'Fake', config: z.unknown(), open: () => source } as const
  const calendar: ConfiguredCalendar = {
    name: 'payments',
    adapter,
    config: {},
    everyMs: 5 * minuteMs,
    goodForMs: hourMs,
    timeZone: 'UTC',
    people: { Stranger: 'ana' },
  }
  const config = {
    digest: 'c0ffee',
    calendars: new Map([['payments', calendar]]),
    people: new Map(['mei', 'tom', 'ana'].map((id) => [id, { id, name: id }])),
  }
  const chance = seededChance(3)
  const world = {
    ledger,
    store,
    desk: follower.desk,
    clock,
    chance,
    log: silent,
    config: () => config,
    caughtUp: (position: number) => follower.caughtUp(position),
  } as unknown as World
  const calendars = new Calendars(world, { clock, chance, log: silent } as unknown as Platform, stop.signal)
  const end = async () => {
    stop.abort()
    await calendars.ended()
    unfollow()
    await follower.close()
    await opened.close()
  }
  let ended: Promise<void> | null = null
  const close = () => {
    ended ??= end()
    return ended
  }
  onTestFinished(close)
  const definition = { id: 'payments', minRestMs: 0, layers: [], temporary: [], feed: 'payments' }
  return {
    clock,
    source,
    calendars,
    world,
    close,
    config,
    calendar,
    events: async () => (await ledger.read(0, 1000, types)).map(({ event }) => event),
    kinds: async () => (await ledger.read(0, 1000, types)).map(({ event }) => event.type),
    /** Once the reading that runs has come to its end. */
    quiet: () => clock.asleep(1).then(() => clock.quiet()),
    who: (at: Temporal.Instant = clock.now()) =>
      whoIsOnCall(
        withCalendars(rosterOf(definition), (name) => follower.desk.calendar(name)),
        at,
      ),
    /** Time goes by in steps that are shorter than any wait, so that each reading ends at its own time. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= minuteMs) {
        await clock.advance(Math.min(minuteMs, left))
        await until('nothing runs', () => clock.sleeping > 0)
        await clock.quiet()
      }
    },
  }
}

describe('a calendar is read again and again', () => {
  it('and recorded only when it says something else of what is to come', async () => {
    const bot = await started()
    bot.source.said = rotation
    bot.calendars.begin()
    await bot.quiet()
    expect(entitled(bot.who())).toEqual(['mei'])
    await bot.pass(3 * hourMs)
    expect(bot.source.windows.length).toBeGreaterThan(35)
    expect(bot.source.windows.length).toBeLessThan(42)
    expect(await bot.kinds()).toEqual(['calendar.imported'])
    bot.source.said = { shifts: [week('mei', 0), week('Stranger', 1), week('Nobody', 2)] }
    await bot.pass(10 * minuteMs)
    const [, changed] = await bot.events()
    expect(changed).toMatchObject({
      type: 'calendar.imported',
      data: {
        calendar: 'payments',
        spans: [{ people: ['mei'] }, { people: ['ana'] }, { people: [], unknown: ['Nobody'] }],
      },
    })
    expect(bot.who(Temporal.Instant.from('2026-03-10T09:00Z')).people).toEqual(['ana'])
    expect(bot.who(Temporal.Instant.from('2026-03-17T09:00Z')).people).toEqual([])
  })

  it('is recorded anew before what was read of it runs out, although nothing changed', async () => {
    const file = newFile()
    const source = new Source()
    source.said = { shifts: [['mei', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']] }
    for (const [now, kinds] of [
      ['2026-03-02T12:00:00Z', ['calendar.imported']],
      ['2026-04-05T12:00:00Z', ['calendar.imported', 'calendar.lost', 'calendar.found']],
      ['2026-04-05T12:30:00Z', ['calendar.imported', 'calendar.lost', 'calendar.found']],
      [
        '2026-04-07T12:00:00Z',
        [
          'calendar.imported',
          'calendar.lost',
          'calendar.found',
          'calendar.lost',
          'calendar.imported',
          'calendar.found',
        ],
      ],
    ] as const) {
      const bot = await started(file, new ManualClock(now), source)
      bot.calendars.begin()
      await bot.quiet()
      expect([now, await bot.kinds()]).toEqual([now, kinds])
      expect(entitled(bot.who())).toEqual(['mei'])
      await bot.close()
    }
  })

  it('begins anew with a new configuration: a name that is known now is on call now', async () => {
    const bot = await started()
    bot.source.said = { shifts: [week('Mei Lin', 0)] }
    bot.calendars.begin()
    await bot.quiet()
    expect(bot.who().people).toEqual([])
    bot.config.calendars.set('payments', { ...bot.calendar, people: { 'Mei Lin': 'mei' } })
    bot.calendars.begin()
    await until('mei is on call', () => bot.who().people.includes('mei'))
    expect(bot.source.windows).toHaveLength(2)
  })
})

describe('a calendar that cannot be read', () => {
  it('counts until its limit, gives nobody rights after it, and does so again once it is read', async () => {
    const bot = await started()
    bot.source.said = rotation
    bot.calendars.begin()
    await bot.quiet()
    const readAt = readingOf(bot.world, 'payments').readAt
    bot.source.said = { fault: 'calendar.late' }
    await bot.pass(59 * minuteMs)
    expect(entitled(bot.who())).toEqual(['mei'])
    expect(readingOf(bot.world, 'payments')).toMatchObject({ readAt, failed: { code: 'calendar.late' } })
    await bot.pass(2 * minuteMs)
    expect(await bot.kinds()).toEqual(['calendar.imported', 'calendar.lost'])
    expect((await bot.events())[1]).toMatchObject({ data: { calendar: 'payments', readAt, code: 'calendar.late' } })
    expect(bot.who()).toMatchObject({ people: ['mei'], stale: { since: expect.anything() } })
    expect(entitled(bot.who())).toEqual([])
    await bot.pass(5 * hourMs)
    bot.source.said = rotation
    await bot.pass(6 * minuteMs)
    expect(await bot.kinds()).toEqual(['calendar.imported', 'calendar.lost', 'calendar.found'])
    expect(entitled(bot.who())).toEqual(['mei'])
    // What was so, stays so.
    expect(entitled(bot.who(bot.clock.now().subtract({ hours: 1 })))).toEqual([])
  })

  it('is lost to the minute, not at the next reading', async () => {
    const bot = await started()
    bot.source.said = rotation
    bot.calendars.begin()
    await bot.quiet()
    bot.source.said = { fault: 'calendar.busy' }
    bot.source.retryAfterMs = 50 * minuteMs
    await bot.pass(61 * minuteMs)
    const lost = (await bot.world.ledger.read(0, 10, ['calendar.lost']))[0]
    const ageMs = Temporal.Instant.from(lost?.at ?? '')
      .since(readingOf(bot.world, 'payments').readAt ?? '')
      .total('milliseconds')
    expect(ageMs).toBeGreaterThanOrEqual(hourMs)
    expect(ageMs).toBeLessThan(hourMs + 2 * minuteMs)
    expect(bot.source.windows.length).toBeLessThan(6)
  })

  it('from the beginning: nobody is on call by it, and that is said at once', async () => {
    const bot = await started()
    bot.source.said = { fault: 'calendar.not-there' }
    bot.calendars.begin()
    await bot.quiet()
    await bot.pass(2 * hourMs)
    expect(await bot.events()).toMatchObject([
      { type: 'calendar.lost', data: { readAt: null, code: 'calendar.not-there' } },
    ])
    expect(entitled(bot.who())).toEqual([])
    expect(bot.who().stale).not.toBeNull()
  })

  it('while the process was down: known before anybody can ask, and found by the first reading', async () => {
    const file = newFile()
    const bot = await started(file)
    bot.source.said = rotation
    bot.calendars.begin()
    await bot.quiet()
    await bot.close()

    const soon = await started(file, new ManualClock('2026-03-02T12:30:00Z'))
    await soon.calendars.settle()
    expect(entitled(soon.who())).toEqual(['mei'])
    await soon.close()

    const late = await started(file, new ManualClock('2026-03-02T18:00:00Z'))
    expect(entitled(late.who())).toEqual(['mei'])
    await late.calendars.settle()
    await late.calendars.settle()
    expect(entitled(late.who())).toEqual([])
    expect(await late.kinds()).toEqual(['calendar.imported', 'calendar.lost'])
    late.source.said = rotation
    late.calendars.begin()
    await late.quiet()
    expect(entitled(late.who())).toEqual(['mei'])
    expect(await late.kinds()).toEqual(['calendar.imported', 'calendar.lost', 'calendar.found'])
  })
})
