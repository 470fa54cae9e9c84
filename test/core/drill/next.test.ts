import { describe, expect, it } from 'vitest'
import { astern } from '../../../src/core/actor.ts'
import type { DrillEvent } from '../../../src/core/drill/events.ts'
import { type DrillFacts, nextOf } from '../../../src/core/drill/next.ts'
import { type Drill, drillBehind, drillFrom, spansOf } from '../../../src/core/drill/state.ts'
import type { Recorded } from '../../../src/core/event.ts'

const at = '2026-03-10T10:00:00Z'
const place = { services: ['checkout-svc'], environment: 'staging', regions: ['eu-1'] }
const plannedEvent: DrillEvent = {
  type: 'drill.planned',
  v: 1,
  data: { id: 'D-1', scenario: 'x', ...place, at, lengthMs: 3_600_000, moved: [], late: false, by: null },
}
const release = { container: null, image: 'x', command: null, args: null, env: {} }
const started: DrillEvent = {
  type: 'drill.started',
  v: 1,
  data: {
    ...place,
    fault: { kind: 'failing', service: 'checkout-svc', target: null, release },
    lengthMs: 3_600_000,
    within: {},
    by: null,
  },
}
const made: DrillEvent = { type: 'drill.fault-made', v: 1, data: { at: '2026-03-10T10:00:05Z' } }
const stopped: DrillEvent = { type: 'drill.stopped', v: 1, data: { why: 'hand', by: 'tom' } }
const restored: DrillEvent = { type: 'drill.restored', v: 1, data: { ok: true, left: [] } }
const ended: DrillEvent = { type: 'drill.ended', v: 1, data: { started: true } }

/** Each a minute after the one before it. */
function drillAfter(...events: readonly DrillEvent[]): Drill {
  const drill = drillFrom(
    [plannedEvent, ...events].map(
      (event, index): Recorded => ({
        position: index + 1,
        stream: 'drill/D-1',
        version: index + 1,
        at: Temporal.Instant.from(at).add({ minutes: index }).toString(),
        actor: astern,
        config: '',
        hash: '',
        event,
      }),
    ),
  )
  if (!drill) throw new TypeError('no drill')
  return drill
}

const facts = (now: string, more: Partial<DrillFacts> = {}): DrillFacts => ({
  now,
  busy: [],
  incidents: [],
  configured: true,
  fits: true,
  handled: false,
  ...more,
})
const why = { key: 'x' }

describe('a drill that is to come', () => {
  it('waits for its next notice, is announced, and begins on time or a little later', () => {
    expect(nextOf(drillAfter(), facts('2026-03-01T10:00:00Z'))).toEqual({ do: 'wait', until: '2026-03-03T10:00:00Z' })
    expect(nextOf(drillAfter(), facts('2026-03-03T10:00:00Z'))).toEqual({ do: 'announce', notice: 'week' })
    const told = drillAfter({ type: 'drill.announced', v: 1, data: { notice: 'week' } })
    expect(nextOf(told, facts('2026-03-03T10:00:01Z'))).toEqual({ do: 'wait', until: '2026-03-09T10:00:00Z' })
    expect(nextOf(told, facts('2026-03-10T09:00:00Z'))).toEqual({ do: 'announce', notice: 'hour' })
    expect(nextOf(told, facts(at))).toEqual({ do: 'start' })
    expect(nextOf(told, facts('2026-03-10T10:15:00Z'))).toEqual({ do: 'start' })
  })

  it('is moved: missed, in an incident, in what is busy or no longer meant; told anew of the new day', () => {
    expect(nextOf(drillAfter(), facts('2026-03-10T10:15:01Z'))).toMatchObject({
      do: 'move',
      why: { key: 'drill.busy-missed' },
    })
    expect(nextOf(drillAfter(), facts(at, { incidents: ['INC-9'] }))).toMatchObject({
      do: 'move',
      why: { key: 'drill.busy-incident', values: { id: 'INC-9' } },
    })
    // An incident of today says nothing of next week.
    expect(nextOf(drillAfter(), facts('2026-03-03T10:00:00Z', { incidents: ['INC-9'] }))).toMatchObject({
      do: 'announce',
    })
    const touches = [{ from: '2026-03-10T10:59:59Z', to: '2026-03-10T12:00:00Z', why }]
    expect(nextOf(drillAfter(), facts('2026-03-01T10:00:00Z', { busy: touches }))).toEqual({ do: 'move', why })
    const beside = [{ from: '2026-03-10T11:00:00Z', to: '2026-03-10T12:00:00Z', why }]
    expect(nextOf(drillAfter(), facts('2026-03-01T10:00:00Z', { busy: beside }))).toMatchObject({ do: 'wait' })
    expect(nextOf(drillAfter(), facts('2026-03-01T10:00:00Z', { fits: false }))).toMatchObject({ do: 'move' })
    const moved = drillAfter(
      { type: 'drill.announced', v: 1, data: { notice: 'week' } },
      { type: 'drill.moved', v: 1, data: { at: '2026-03-17T10:00:00Z', moved: [], late: false, by: null } },
    )
    expect(nextOf(moved, facts('2026-03-10T10:00:00Z'))).toEqual({ do: 'announce', notice: 'week' })
    expect(nextOf(drillAfter(), facts('2026-03-01T10:00:00Z', { configured: false }))).toEqual({
      do: 'stop',
      why: 'gone',
    })
  })
})

describe('a drill under way', () => {
  it('breaks, waits for people, and is over when all is handled', () => {
    expect(nextOf(drillAfter(started), facts('2026-03-10T10:02:00Z'))).toEqual({ do: 'break' })
    const running = drillAfter(started, made)
    expect(nextOf(running, facts('2026-03-10T10:03:00Z'))).toEqual({ do: 'wait', until: '2026-03-10T11:01:00Z' })
    expect(nextOf(running, facts('2026-03-10T10:03:00Z', { handled: true }))).toEqual({ do: 'stop', why: 'done' })
    expect(nextOf(running, facts('2026-03-10T11:01:00Z'))).toEqual({ do: 'stop', why: 'overrun' })
  })

  it('is stopped by what is real before anything else', () => {
    for (const drill of [drillAfter(started), drillAfter(started, made)])
      expect(nextOf(drill, facts('2026-03-10T12:00:00Z', { incidents: ['INC-9'], handled: true }))).toEqual({
        do: 'stop',
        why: 'incident',
        incident: 'INC-9',
      })
  })

  it('is put back before it is over, whatever happens then', () => {
    const late = facts('2026-03-12T10:00:00Z', { incidents: ['INC-9'], configured: false })
    expect(nextOf(drillAfter(started, stopped), late)).toEqual({ do: 'restore' })
    expect(nextOf(drillAfter(started, stopped, restored), late)).toEqual({ do: 'end' })
    expect(nextOf(drillAfter(started, stopped, restored, ended), late)).toEqual({ do: 'wait', until: null })
  })
})

const isOfDrill = (drill: Drill, place: Parameters<typeof drillBehind>[1], began: string): boolean =>
  drillBehind(spansOf([drill]), place, Temporal.Instant.from(began).epochMilliseconds) === drill

describe('what burns while a drill runs', () => {
  const drill = drillAfter(started, made, stopped, restored, ended)
  const here = { service: 'checkout-svc', environment: 'staging', region: 'eu-1' }

  it('is its doing inside of what it may touch, from its start to its end', () => {
    expect(isOfDrill(drill, here, '2026-03-10T10:01:00Z')).toBe(true)
    expect(isOfDrill(drill, { ...here, region: null }, '2026-03-10T10:04:59Z')).toBe(true)
    expect(isOfDrill(drill, here, '2026-03-10T10:00:59Z')).toBe(false)
    expect(isOfDrill(drill, here, '2026-03-10T10:05:00Z')).toBe(false)
  })

  it('is real elsewhere, and everywhere where nothing was broken', () => {
    for (const other of [{ region: 'us-1' }, { environment: 'production' }, { service: 'payment-svc' }])
      expect(isOfDrill(drill, { ...here, ...other }, '2026-03-10T10:02:00Z')).toBe(false)
    const alerts: DrillEvent = {
      ...started,
      data: { ...started.data, fault: { kind: 'alerts', service: 'checkout-svc', alerts: [] } },
    } as DrillEvent
    expect(isOfDrill(drillAfter(alerts, made), here, '2026-03-10T10:02:00Z')).toBe(false)
  })
})
