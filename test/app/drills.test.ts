import { describe, expect, it } from 'vitest'
import { busyFor } from '../../src/app/drills.ts'
import type { World } from '../../src/app/world.ts'
import type { Scenario } from '../../src/config/drills.ts'
import type { ConfiguredFreeze } from '../../src/config/freezes.ts'
import { astern } from '../../src/core/actor.ts'
import type { DrillEvent } from '../../src/core/drill/events.ts'
import type { AsternEvent } from '../../src/core/event.ts'
import { Desk } from '../../src/projection/desk.ts'

const now = Temporal.Instant.from('2026-03-02T09:00:00Z')
const scenario = (holidays: string | null = null): Scenario => ({
  name: 'pay-fails',
  services: ['checkout-svc'],
  environment: 'staging',
  regions: ['eu-1'],
  fault: { kind: 'alerts', service: 'checkout-svc', alerts: [] },
  habit: { timeZone: 'UTC', weekdays: [2], at: '10:00', lengthMs: 3_600_000, everyWeeks: 13 },
  holidays,
  people: [],
  may: [],
  within: {},
})
const weekend: ConfiguredFreeze = {
  id: 'weekend',
  scope: { services: [], environments: ['production'], regions: [] },
  reason: 'weekend',
  when: {
    rule: { timeZone: 'UTC', every: 'week', from: { weekday: 5, time: '17:00' }, to: { weekday: 1, time: '08:00' } },
  },
}

function world(windows: readonly ConfiguredFreeze[], ...events: readonly (readonly [string, AsternEvent])[]): World {
  const desk = new Desk()
  const versions = new Map<string, number>()
  for (const [index, [stream, event]] of events.entries()) {
    const version = (versions.get(stream) ?? 0) + 1
    versions.set(stream, version)
    const common = { at: now.toString(), actor: astern, config: '', hash: '' }
    desk.apply({ ...common, position: index + 1, stream, version, event })
  }
  return { desk, config: () => ({ freezes: { may: [], windows } }) } as unknown as World
}
const why = (on: World, of = scenario(), but: string | null = null) =>
  busyFor(on, of, now, but).map(({ from, why: { key } }) => [from.slice(0, 10), key])

describe('what stands in the way of a drill', () => {
  it('is every freeze of its services, wherever they are frozen, also those that come again', () => {
    const freeze = (id: string, services: readonly string[]): readonly [string, AsternEvent] => [
      `freeze/${id}`,
      {
        type: 'freeze.set',
        v: 1,
        data: {
          id,
          scope: { services, environments: ['production'], regions: [] },
          from: '2026-03-10T00:00:00Z',
          to: '2026-03-11T00:00:00Z',
          reason: 'sale',
          person: 'ana',
        },
      },
    ]
    expect(why(world([], freeze('F-1', ['checkout-svc']), freeze('F-2', ['payment-svc'])))).toEqual([
      ['2026-03-10', 'drill.busy-freeze'],
    ])
    // Thirty weeks of weekends, and not the next two alone.
    const weekends = new Set(why(world([weekend])).map(([from]) => from))
    expect(weekends.size).toBe(30)
    expect(weekends).toContain('2026-09-18')
  })

  it('is what its calendar of holidays says; everything while that was never read', () => {
    const imported: readonly [string, AsternEvent] = [
      'calendar/cn',
      {
        type: 'calendar.imported',
        v: 1,
        data: {
          calendar: 'cn',
          readAt: now.toString(),
          until: '2026-06-01T00:00:00Z',
          spans: [
            { title: '清明节', people: [], unknown: [], start: '2026-04-04T16:00:00Z', end: '2026-04-06T16:00:00Z' },
          ],
        },
      },
    ]
    expect(why(world([], imported), scenario('cn'))).toEqual([['2026-04-04', 'drill.busy-holiday']])
    expect(why(world([]), scenario('cn'))).toEqual([['2026-03-02', 'drill.busy-unread']])
    expect(why(world([], imported))).toEqual([])
  })

  it('is another drill, and the hour for which its own was taken off', () => {
    const planned = (id: string, name: string, at: string): readonly [string, DrillEvent] => [
      `drill/${id}`,
      {
        type: 'drill.planned',
        v: 1,
        data: {
          ...{ id, scenario: name, services: ['x'], environment: 'y', regions: ['z'], at, lengthMs: 3_600_000 },
          ...{ moved: [], late: false, by: null },
        },
      },
    ]
    const off = (id: string): readonly (readonly [string, DrillEvent])[] => [
      [`drill/${id}`, { type: 'drill.stopped', v: 1, data: { why: 'hand', by: 'tom' } }],
      [`drill/${id}`, { type: 'drill.ended', v: 1, data: { started: false } }],
    ]
    const on = world(
      [],
      planned('D-1', 'other', '2026-03-10T10:00:00Z'),
      planned('D-2', 'pay-fails', '2026-03-17T10:00:00Z'),
      planned('D-3', 'pay-fails', '2026-03-24T10:00:00Z'),
      ...off('D-3'),
      planned('D-4', 'other', '2026-03-31T10:00:00Z'),
      ...off('D-4'),
      planned('D-5', 'other', '2026-03-01T10:00:00Z'),
    )
    expect(why(on, scenario(), 'D-2')).toEqual([
      ['2026-03-10', 'drill.busy-drill'],
      ['2026-03-24', 'drill.busy-taken-off'],
    ])
  })
})
