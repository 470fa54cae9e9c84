import { afterEach, describe, expect, it } from 'vitest'
import { drilling, falseAlarm, payFails } from '../kit/drilling.ts'
import type { Loopback } from '../kit/loopback.ts'
import { buttonsOf, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
const closing: Loopback[] = []
afterEach(async () => {
  await all.close()
  for (const one of closing.splice(0)) await one.stop()
})
const open = (options: Parameters<typeof drilling>[2] = {}) => drilling(all, closing, options)
type Drilling = Awaited<ReturnType<typeof open>>

const said = ({ on }: Drilling, text: string) =>
  until(`the channel says “${text}”`, () => on.slack.messages(team).find(({ blocks }) => textOf(blocks).includes(text)))
const incidentOf = ({ on }: Drilling, drill?: string) =>
  until(`an incident is open`, () => on.bot.world.desk.openIncidentOf('checkout-svc', drill) ?? undefined)

/** From its start by hand to a proposal that waits for approval. */
async function underWay(here: Drilling): Promise<string> {
  const { on, burns } = here
  await here.planned()
  await on.type('tom', '/drill start pay-fails')
  await untilAsync('its fault is there', async () => (await on.eventsOf('drill.fault-made'))[0])
  await burns()
  await incidentOf(here, 'D-1')
  return on.propose('mei', { line: '/rollback checkout-svc to v1.7.3' })
}

describe('a drill under way', () => {
  it('is stopped at once by a real incident elsewhere: nobody is kept by it, all is put back, and the real one is real', async () => {
    const here = await open()
    const { on, images } = here
    const before = images()
    const id = await underWay(here)
    expect(images()).not.toEqual(before)
    await here.burns({ fingerprint: 'b', service: 'payment-svc' })
    await said(here, 'INC-2 is real and goes first')
    expect(await on.ended(id)).toBe('expired')
    expect(on.locks()).toEqual([undefined, undefined])
    await here.inPhase('ended')
    expect(images()).toEqual(before)
    expect(here.drill()).toMatchObject({
      stopped: { why: 'incident', incident: 'INC-2' },
      restored: { ok: true },
      scores: null,
    })
    expect(on.bot.world.desk.openIncidents().map((line) => [line.id, line.drill])).toEqual([['INC-2', undefined]])
    const real = await until('its card stands', () => on.keyed('/incident:INC-2')[0])
    expect(textOf(real.blocks)).not.toContain('DRILL')
    // While something real burns nothing is rehearsed.
    await on.type('tom', '/drill start pay-fails')
    await on.outcome('refused:drill-busy')
  }, 60_000)

  it('is stopped by an incident that somebody opens for the very service, which is then a real one', async () => {
    const here = await open()
    await underWay(here)
    await here.on.type('ana', '/incident open checkout-svc customers call')
    await here.inPhase('ended')
    expect((await incidentOf(here)).drill).toBeUndefined()
    expect(here.drill()).toMatchObject({ stopped: { why: 'incident' }, restored: { ok: true } })
  }, 60_000)

  it('is stopped by anybody, also while its bot is restarted; what it made is put back by the next process', async () => {
    const here = await open()
    const { on, images } = here
    const before = images()
    await underWay(here)
    await on.type('lin', '/drill stop reason enough for today')
    await on.outcome('stopped:D-1')
    await on.restart()
    await here.inPhase('ended')
    expect(images()).toEqual(before)
    expect(textOf((await said(here, 'Lin stopped it')).blocks)).toContain('enough for today')
    // Where it says that it began nothing can be stopped any more.
    const began = await until('its beginning says how it ended', () =>
      on.slack.messages(team).find(({ blocks }) => /begins now.*Over since.*Lin stopped it/s.test(textOf(blocks))),
    )
    expect(buttonsOf(began.blocks)).toEqual([])
    expect(here.drill()?.scores?.['checkout-svc']).toMatchObject({ passed: false })
    expect(await on.eventsOf('drill.stopped')).toHaveLength(1)
    await on.type('lin', '/drill stop D-1')
    await on.outcome('refused:drill-over')
  }, 60_000)

  it('is stopped when its time is up, and scored as it was', async () => {
    const here = await open()
    await underWay(here)
    await here.on.restart(() => here.time.set(here.time.clock.now().add({ minutes: 31 })))
    await here.inPhase('ended')
    expect(here.drill()).toMatchObject({ stopped: { why: 'overrun' }, restored: { ok: true } })
    const { stages, passed } = here.drill()?.scores?.['checkout-svc'] ?? {}
    expect([passed, stages?.notice.met, stages?.decide.tookMs]).toEqual([false, true, null])
  }, 60_000)

  it('that cannot break anything says why, and leaves all as it is', async () => {
    const here = await open()
    const { on } = here
    await here.planned()
    // It does not run well before anything is broken.
    await on.ship('bad-1.8.0')
    await on.type('tom', '/drill start pay-fails')
    await here.inPhase('ended')
    expect(here.drill()).toMatchObject({ stopped: { why: 'fault-failed' }, scores: null })
    expect(await on.eventsOf('drill.fault-failed')).toHaveLength(1)
    expect(here.images()).toEqual(Array(2).fill('shop.test/checkout-svc:bad-1.8.0'))
    await said(here, 'its fault could not be made')
  }, 60_000)
})

describe('a drill of alerts alone', () => {
  it('breaks nothing and lets nobody roll back what is real; closed by hand it is done; a real alert ends it', async () => {
    const here = await open({ scenarios: falseAlarm })
    const { on, images } = here
    const before = images()
    await here.planned()
    await on.type('tom', '/drill start false-alarm')
    const own = await incidentOf(here, 'D-1')
    expect(own.title).toBe('HighErrorRate')
    await on.press('mei', await on.candidates('mei'), 'rollback.choose')
    await on.submit('mei', { reason: '5xx on pay' })
    await on.outcome('refused:drill-alerts')
    expect(textOf((await on.told('mei', '没有真实故障')).blocks)).toContain('/drill stop D-1')
    expect(await on.eventsOf('rollback.proposed')).toEqual([])
    await on.type('tom', `/incident close ${own.id} would go back to v1.7.2`)
    await here.inPhase('ended')
    expect(here.drill()).toMatchObject({ stopped: { why: 'done' } })
    expect(here.drill()?.scores?.['checkout-svc']).toMatchObject({ passed: true })
    expect(images()).toEqual(before)

    await on.type('tom', '/drill start false-alarm')
    await incidentOf(here, 'D-2')
    // The very same alert, and this one is real.
    await here.burns()
    await here.inPhase('ended', 'D-2')
    expect(here.drill('D-2')).toMatchObject({ stopped: { why: 'incident' } })
    expect((await incidentOf(here)).drill).toBeUndefined()
  }, 60_000)
})

describe('a drill that is to come', () => {
  it('is moved by itself with the reason said: by a freeze that is set later, by an open incident, by a bot that did not run', async () => {
    const here = await open()
    const { on, time } = here
    const first = Temporal.Instant.from((await here.planned()).at)
    const day = first.toZonedDateTimeISO('UTC').toPlainDate()
    await on.type('ana', `/freeze payment-svc from ${day} 00:00 UTC to ${day} 23:00 UTC reason other service`)
    await on.told('ana', 'F-1')
    await on.type('ana', `/freeze checkout-svc from ${day} 00:00 UTC to ${day} 23:00 UTC reason stocktaking`)
    await until('it is moved', () => here.drill()?.at !== first.toString())
    const told = textOf((await said(here, 'is moved to')).blocks)
    expect(told).toContain('frozen by F-2 (stocktaking)')
    const second = Temporal.Instant.from(here.drill()?.at ?? '')
    expect(Temporal.Instant.compare(second, first)).toBe(1)

    await on.type('ana', '/incident open checkout-svc pay fails')
    await on.told('ana', 'INC-1')
    await on.restart(() => time.set(second.add({ minutes: 1 })))
    await said(here, 'INC-1 was open')
    expect(await on.eventsOf('drill.started')).toEqual([])
    await on.type('ana', '/incident close INC-1 fixed')
    await until('it is closed', () => on.bot.world.desk.openIncidents().length === 0)

    const third = Temporal.Instant.from(here.drill()?.at ?? '')
    await on.restart(() => time.set(third.add({ minutes: 40 })))
    await said(here, 'Astern did not run')
    expect(await on.eventsOf('drill.started')).toEqual([])
    expect((await on.eventsOf('drill.moved')).length).toBe(3)
    expect(await on.eventsOf('drill.planned')).toHaveLength(1)
  }, 60_000)

  it('is planned, moved and taken off by those who may; each no tells why and what to do', async () => {
    const here = await open({ scenarios: `${payFails}${falseAlarm}` })
    const { on } = here
    await here.planned('D-2')
    await on.type('ana', '/drill list')
    const listed = textOf((await on.told('ana', 'D-2')).blocks)
    expect(listed).toContain('pay-fails')
    expect(listed).toContain('false-alarm')
    await on.type('mei', '/drill plan pay-fails')
    await on.outcome('refused:may-not-drill')
    await on.type('tom', '/drill plan pay-fals')
    expect(textOf((await on.told('tom', 'no scenario or drill')).blocks)).toContain('pay-fails')
    const soon = here.time.clock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 3 })
    await on.type('tom', `/drill plan pay-fails at ${soon} 22:00 UTC`)
    await on.outcome('refused:drill-night')
    await on.type('tom', '/drill plan pay-fails at 2020-01-01 10:00 UTC')
    await on.outcome('refused:drill-past')
    await on.type('tom', '/drill plan pay-fails at nine')
    expect(textOf((await on.told('tom', 'cannot read the time')).blocks)).toContain('/drill plan pay-fails at')
    await on.type('tom', `/drill plan pay-fails at ${soon} 11:00 UTC`)
    await on.outcome('planned:D-1')
    expect(here.drill()?.at).toBe(`${soon}T11:00:00Z`)
    expect(textOf((await said(here, 'is moved to')).blocks)).toContain('Tom moved it')
    // Told at once of what is less than a week away.
    await said(here, 'in a week')
    await on.slack.as('U0MEI00000').say(team, '<@U0ASTERN00> 演练 取消 D-1 原因 大促')
    await on.outcome('stopped:D-1')
    expect(textOf((await said(here, 'took it off')).blocks)).toContain('大促')
    const next = await here.planned('D-3')
    expect(next.scenario).toBe('pay-fails')
    expect(Temporal.Instant.from(next.at).since(here.time.clock.now()).total('hours')).toBeGreaterThan(7 * 24)
    // Its scenario is gone from the configuration.
    await on.reconfigure({ sections: 'drills:\n' })
    await here.inPhase('ended', 'D-3')
    await said(here, 'there is no scenario pay-fails any more')
  }, 60_000)
})
