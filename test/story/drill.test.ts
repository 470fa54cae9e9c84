import { afterEach, expect, it } from 'vitest'
import { alerting, fire } from '../kit/alerting.ts'
import { serveHttp } from '../kit/loopback.ts'
import { settableClock } from '../kit/set-clock.ts'
import { type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await all.close()
  for (const close of closing.splice(0)) await close()
})

/** Ships a release that fails to both regions; the stage has no other environment. */
const drills = (more = '') => `${alerting.sections}
drills:
  pay-fails:
    services: [checkout-svc]
    environment: production
    production: true
    fault: { failing: { image: "shop.test/checkout-svc:v9.9.9" } }
    timeZone: UTC
    at: "10:00"
    length: 30m
    people: [tom]
    may: [tom, ana]
    within: { notice: 2m, verify: 10m }
    ${more}
`
async function open(time: ReturnType<typeof settableClock>, more: Parameters<typeof all.open>[0] = {}): Promise<Story> {
  const well = await serveHttp((_, response) => void response.writeHead(200).end('well'))
  closing.push(() => well.stop())
  const checks = { service: 'alerts: { wellFor: 1s }', check: `http: ${well.url}` }
  const { clock, alarm } = time
  return all.open({ incident: 'thread', sections: drills(), env: alerting.env, clock, alarm, ...checks, ...more })
}

const planned = (story: Story, id = 'D-1') =>
  until(`${id} is planned`, () => story.bot.world.desk.drill(id) ?? undefined)
const said = (story: Story, text: string) =>
  until(`the channel says “${text}”`, () =>
    story.slack.messages(team).find(({ blocks }) => textOf(blocks).includes(text)),
  )
const before = (at: string, duration: Temporal.DurationLike) => Temporal.Instant.from(at).subtract(duration)
const inPhase = (story: Story, phase: string, id = 'D-1') =>
  until(`${id} is ${phase}`, () => (story.bot.world.desk.drill(id)?.phase === phase ? phase : undefined), 20_000)

it('plans, announces, begins, breaks, is handled, puts back and scores by itself; restarted at each point, nothing is done twice', async () => {
  const time = settableClock()
  const on = await open(time)
  const { at } = await planned(on)
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
  await fire(on.bot.url, { fingerprint: 'a', startsAtMs: began })
  await until('its incident is open', () => on.bot.world.desk.openIncidentOf('checkout-svc', 'D-1') ?? undefined)
  expect(on.bot.world.desk.openIncidentOf('checkout-svc')).toBeNull()
  const id = await on.propose('mei', { line: '/rollback checkout-svc to v1.7.3' })
  expect(on.bot.world.desk.rollback(id)?.incident).toBe('INC-1')
  await on.approve(id)
  await fire(on.bot.url, { fingerprint: 'a', startsAtMs: began, status: 'resolved' })
  expect(await on.ended(id, 30_000)).toBe('restored')
  await inPhase(on, 'ended')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([image, image])
  expect(textOf((await said(on, 'All is as it was')).blocks)).toContain('passed')
  expect(on.bot.world.desk.openIncidents()).toEqual([])
  const drill = on.bot.world.desk.drill('D-1')
  expect(drill).toMatchObject({ stopped: { why: 'done' }, restored: { ok: true } })
  expect(drill?.scores?.['checkout-svc']).toMatchObject({ passed: true, skipped: [] })
  expect((await on.eventsOf('drill.announced')).map(({ data }) => data.notice)).toEqual(['week', 'day', 'hour'])
  const once = ['drill.started', 'drill.fault-prepared', 'drill.fault-made', 'drill.stopped', 'drill.restored'] as const
  for (const type of once) expect(await on.eventsOf(type), type).toHaveLength(1)
  for (const text of ['in a week', 'in a day', 'in an hour', 'begins now', 'it is over'])
    expect(
      on.slack.messages(team).filter(({ blocks }) => textOf(blocks).includes(text)),
      text,
    ).toHaveLength(1)
  // The next one is a quarter later.
  const next = await planned(on, 'D-2')
  expect(Temporal.Instant.from(next.at).since(at).total('hours') / 24).toBeGreaterThan(80)
}, 90_000)
