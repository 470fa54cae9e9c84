import { afterEach, expect, it } from 'vitest'
import { faultMaker } from '../../src/app/fault-maker.ts'
import { Drills } from '../../src/engine/drills.ts'
import { drilling } from '../kit/drilling.ts'
import type { Loopback } from '../kit/loopback.ts'
import { type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
const closing: Loopback[] = []
afterEach(async () => {
  await all.close()
  for (const one of closing.splice(0)) await one.stop()
})

const said = (story: Story, text: string) =>
  until(`the channel says “${text}”`, () =>
    story.slack.messages(team).find(({ blocks }) => textOf(blocks).includes(text)),
  )
const before = (at: string, duration: Temporal.DurationLike) => Temporal.Instant.from(at).subtract(duration)
const once = [
  'drill.planned',
  'drill.started',
  'drill.fault-prepared',
  'drill.fault-made',
  'drill.stopped',
  'drill.restored',
  'drill.scored',
] as const

it('plans, announces, begins, breaks, is handled, puts back and scores by itself; restarted at each point, nothing is done twice', async () => {
  const here = await drilling(all, closing)
  const { on, time } = here
  const { at } = await here.planned()
  expect(time.alarms()).toEqual(['0 10 * * 2,3,4 UTC'])
  for (const [text, earlier] of [
    ['in a week', { hours: 7 * 24 }],
    ['in a day', { hours: 24 }],
    ['in an hour', { minutes: 60 }],
  ] as const) {
    time.set(before(at, earlier).add({ seconds: 1 }))
    await said(on, text)
    await on.restart()
  }
  const image = on.image('eu-1')
  // Nobody was there at the very moment.
  await on.restart(() => time.set(Temporal.Instant.from(at).add({ minutes: 2 })))
  await said(on, 'begins now')
  await untilAsync('its fault is there', async () => (await on.eventsOf('drill.fault-made'))[0])
  expect([on.image('eu-1'), on.image('us-1')]).toEqual(Array(2).fill('shop.test/checkout-svc:v9.9.9'))
  await on.restart()
  const began = time.clock.now().epochMilliseconds
  await here.burns({ startsAtMs: began })
  await until('its incident is open', () => on.bot.world.desk.openIncidentOf('checkout-svc', 'D-1') ?? undefined)
  expect(on.bot.world.desk.openIncidentOf('checkout-svc')).toBeNull()
  const id = await on.propose('mei', { line: '/rollback checkout-svc to v1.7.3' })
  expect(on.bot.world.desk.rollback(id)?.incident).toBe('INC-1')
  await on.approve(id)
  await here.burns({ startsAtMs: began, status: 'resolved' })
  expect(await on.ended(id, 30_000)).toBe('restored')
  await here.inPhase('ended')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([image, image])
  expect(textOf((await said(on, 'All is as it was')).blocks)).toContain('passed')
  expect(textOf((await said(on, 'begins now')).blocks)).toContain('played to its end')
  expect(on.bot.world.desk.openIncidents()).toEqual([])
  const drill = on.bot.world.desk.drill('D-1')
  expect(drill).toMatchObject({ stopped: { why: 'done' }, restored: { ok: true } })
  expect(drill?.scores?.['checkout-svc']).toMatchObject({ passed: true, skipped: [] })
  expect((await on.eventsOf('drill.announced')).map(({ data }) => data.notice)).toEqual(['week', 'day', 'hour'])
  for (const type of once.slice(1)) expect(await on.eventsOf(type), type).toHaveLength(1)
  for (const text of ['in a week', 'in a day', 'in an hour', 'begins now', 'it is over'])
    expect(
      on.slack.messages(team).filter(({ blocks }) => textOf(blocks).includes(text)),
      text,
    ).toHaveLength(1)
  // What it had broken is not brought back.
  await on.press('tom', await on.cardSays(id, '✅'), 'rollback.undo')
  await on.outcome('refused:drill-over')
  // The next one is a quarter later.
  const next = await here.planned('D-2')
  expect(Temporal.Instant.from(next.at).since(at).total('hours') / 24).toBeGreaterThan(80)
}, 90_000)

it('two processes at one ledger plan, tell, break, stop and put back once', async () => {
  const here = await drilling(all, closing)
  const { on, time } = here
  const second = new AbortController()
  const { world } = on.bot
  const running = new Drills(world, faultMaker(world), time.alarm, second.signal).run()
  await here.planned()
  await on.type('tom', `/drill plan pay-fails at ${time.clock.now().toString().slice(0, 10)} 15:00 UTC`)
  await said(on, 'in a day')
  const images = here.images()
  await on.type('tom', '/drill start pay-fails')
  await untilAsync('its fault is there', async () => (await on.eventsOf('drill.fault-made'))[0])
  await on.type('tom', '/drill stop')
  await here.inPhase('ended')
  await here.planned('D-2')
  second.abort()
  await running
  expect(here.images()).toEqual(images)
  for (const type of once.slice(1)) expect(await on.eventsOf(type), type).toHaveLength(1)
  expect(await on.eventsOf('drill.planned')).toHaveLength(2)
  expect((await on.eventsOf('drill.announced')).map(({ data }) => data.notice)).toEqual(['day'])
  // Broken and put back in each region, once.
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([2, 2])
}, 60_000)
