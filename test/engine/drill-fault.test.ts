import { describe, expect, it } from 'vitest'
import { loadDrill } from '../../src/app/drills.ts'
import type { World } from '../../src/app/world.ts'
import { astern } from '../../src/core/actor.ts'
import type { DrillEvent } from '../../src/core/drill/events.ts'
import type { DrillFault, PreparedFault } from '../../src/core/drill/fault.ts'
import { Fault } from '../../src/core/fault.ts'
import { type FaultTask, makeFault, restore } from '../../src/engine/drill-fault.ts'
import type { FaultMaker, Made, Restored } from '../../src/ports/fault-maker.ts'
import { wording } from '../../src/text/say.ts'
import { newFile, openAt, silent } from '../adapters/ledger/kit.ts'
import { ManualClock } from '../kit/manual-clock.ts'
import { seededChance } from '../kit/seeded-chance.ts'

const fault: DrillFault = { kind: 'alerts', service: 'checkout-svc', alerts: [] }
const place = { services: ['checkout-svc'], environment: 'staging', regions: ['eu-1'] }
const prepared: PreparedFault = {
  kind: 'alerts',
  places: [
    {
      service: 'checkout-svc',
      environment: 'staging',
      region: 'eu-1',
      target: null,
      before: null,
      fault: null,
      data: 1,
    },
  ],
}
const broken = (retry: 'yes' | 'no' | 'check') =>
  new Fault({ code: `fault.${retry}`, retry, hint: wording('drill.late') })

/** What it is asked to do, in order; it answers what it is told to. */
class Maker implements FaultMaker {
  readonly asked: string[] = []
  answers: { prepare: (PreparedFault | Fault)[]; make: (Made | Fault)[]; clear: (Restored | Fault)[] } = {
    prepare: [],
    make: [],
    clear: [],
  }

  prepare = async () => this.#next('prepare', '', prepared)
  make = async (_: PreparedFault, __: unknown, key: string) => this.#next('make', key, { at: '2026-03-02T09:00:05Z' })
  clear = async (_: PreparedFault, __: unknown, key: string): Promise<Restored> =>
    this.#next('clear', key, { state: 'restored', left: [] })

  #next<Answer>(what: keyof Maker['answers'], key: string, usual: Answer): Answer {
    this.asked.push(`${what} ${key}`.trim())
    const answer = this.answers[what].shift() as Answer | Fault | undefined
    if (answer instanceof Fault) throw answer
    return answer ?? usual
  }
}

/** A drill that was begun a moment ago, in a ledger of its own. */
async function begun(...more: readonly DrillEvent[]) {
  const { ledger } = await openAt(newFile())
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const maker = new Maker()
  const planned = { id: 'D-1', scenario: 'x', at: clock.now().toString(), lengthMs: 3_600_000, moved: [], late: false }
  const append = (events: readonly DrillEvent[]) =>
    ledger.append([{ stream: 'drill/D-1', expected: 'any', events }], {
      at: clock.now().toString(),
      actor: astern,
      config: '',
    })
  await append([
    { type: 'drill.planned', v: 1, data: { ...planned, ...place, by: null } },
    { type: 'drill.started', v: 1, data: { ...place, fault, lengthMs: 3_600_000, within: {}, by: null } },
    ...more,
  ])
  const world = {
    ledger,
    clock,
    chance: seededChance(1),
    log: silent,
    config: () => ({ digest: '' }),
    caughtUp: async () => undefined,
  } as unknown as World
  const stop = new AbortController()
  const task: FaultTask = { world, maker, mark: 'm', signal: stop.signal }
  return { task, maker, clock, append, stop, drill: () => loadDrill(world, 'D-1') }
}

/** Runs it to its end, however often it sleeps. */
async function through(clock: ManualClock, work: Promise<void>, stepMs = 60_000): Promise<void> {
  let over = false
  const done = work.finally(() => {
    over = true
  })
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (clock.sleeping > 0) await clock.advance(stepMs)
  }
  await done
}

const stopped: DrillEvent = { type: 'drill.stopped', v: 1, data: { why: 'done', by: null } }
const ready: DrillEvent = { type: 'drill.fault-prepared', v: 1, data: { prepared } }

describe('the fault of a drill', () => {
  it('is prepared and written down before it is made, under one key', async () => {
    const { task, maker, clock, drill } = await begun()
    await through(clock, makeFault(task, 'D-1'))
    expect(maker.asked).toEqual(['prepare', 'make m/drill/D-1/make'])
    expect(await drill()).toMatchObject({ phase: 'running', prepared, faultAt: '2026-03-02T09:00:05Z' })
    // Asked for again, it is there.
    await through(clock, makeFault(task, 'D-1'))
    expect(maker.asked).toHaveLength(2)
  })

  it('that a dead process had prepared is made as it was prepared', async () => {
    const { task, maker, clock, drill } = await begun(ready)
    await through(clock, makeFault(task, 'D-1'))
    expect(maker.asked).toEqual(['make m/drill/D-1/make'])
    expect((await drill())?.faultAt).not.toBeNull()
  })

  it('is tried again while that may help, under the same key, and given up with the reason when it does not', async () => {
    const { task, maker, clock, drill } = await begun()
    maker.answers.make = [broken('yes'), broken('check')]
    await through(clock, makeFault(task, 'D-1'), 1_000)
    expect(maker.asked.filter((one) => one.startsWith('make'))).toEqual(Array(3).fill('make m/drill/D-1/make'))
    expect((await drill())?.faultAt).not.toBeNull()

    const other = await begun()
    other.maker.answers.make = [broken('no')]
    await through(other.clock, makeFault(other.task, 'D-1'))
    // What of it may be there is taken away next.
    expect(await other.drill()).toMatchObject({ phase: 'stopping', faultAt: null, stopped: { why: 'fault-failed' } })

    const patient = await begun()
    patient.maker.answers.prepare = Array(100).fill(broken('yes'))
    await through(patient.clock, makeFault(patient.task, 'D-1'))
    expect(await patient.drill()).toMatchObject({ stopped: { why: 'fault-failed' } })
    expect(patient.maker.asked.length).toBeLessThan(80)
  })

  it('is not made any more once the drill is over', async () => {
    const { task, maker, clock } = await begun(ready, stopped)
    await through(clock, makeFault(task, 'D-1'))
    expect(maker.asked).toEqual([])
  })
})

describe('what a drill made', () => {
  it('is taken away until all is as it was; nothing where nothing was prepared', async () => {
    const { task, maker, clock, drill } = await begun(ready, stopped)
    maker.answers.clear = [{ state: 'moving', left: [] }, broken('check'), broken('yes')]
    await through(clock, restore(task, 'D-1'), 1_000)
    expect(maker.asked).toEqual(Array(4).fill('clear m/drill/D-1/clear'))
    expect((await drill())?.restored).toEqual({ ok: true, left: [] })

    const early = await begun(stopped)
    await through(early.clock, restore(early.task, 'D-1'))
    expect(early.maker.asked).toEqual([])
    expect((await early.drill())?.restored).toEqual({ ok: true, left: [] })
  })

  it('and cannot be taken away is told, by place: what somebody shipped, what is refused, what nobody can see', async () => {
    const why = wording('drill.late')
    const at = { service: 'checkout-svc', environment: 'staging', region: 'eu-1', target: null }
    const shipped = await begun(ready, stopped)
    shipped.maker.answers.clear = [{ state: 'failed', left: [{ place: at, code: 'x', wording: why }] }]
    await through(shipped.clock, restore(shipped.task, 'D-1'))
    const left = [{ service: 'checkout-svc', region: 'eu-1', wording: why }]
    expect((await shipped.drill())?.restored).toEqual({ ok: false, left })

    const refused = await begun(ready, stopped)
    refused.maker.answers.clear = [broken('no')]
    await through(refused.clock, restore(refused.task, 'D-1'))
    expect((await refused.drill())?.restored).toEqual({ ok: false, left })

    const blind = await begun(ready, stopped)
    blind.maker.answers.clear = Array(500).fill({ state: 'moving', left: [] })
    await through(blind.clock, restore(blind.task, 'D-1'))
    expect((await blind.drill())?.restored).toMatchObject({ ok: false, left: [{ region: 'eu-1' }] })
  })
})
