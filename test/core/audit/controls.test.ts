import { expect, it } from 'vitest'
import { currentVersions } from '../../../src/adapters/ledger/upcast.ts'
import { auditEvents, controls } from '../../../src/core/audit/controls.ts'
import { saidOf } from '../../../src/core/audit/said.ts'
import { deliveryEvents } from '../../../src/core/delivery/events.ts'
import type { AsternEvent, EventType } from '../../../src/core/event.ts'

/** No deed of anybody's that an auditor asks for: bookkeeping, and what is told by another event. Add a new type here, or to the controls. */
const leftOut: readonly string[] = [
  'rollback.claimed',
  'step.applied',
  'step.progressed',
  'lock.taken',
  'lock.released',
  'release.seen',
  'release.became-current',
  'release.became-available',
  'incident.rollback-joined',
  'incident.room-opened',
  'service.incident-opened',
  'service.incident-closed',
  'page.opened',
  'page.calmed',
  'page.ended',
  'calendar.imported',
  // What came of it is in the incident that it opened or joined.
  'alert.received',
  // Its planning tells when, its end is told by what stopped it and by its score.
  'drill.announced',
  'drill.fault-made',
  'drill.ended',
]

it('shows every type of event to auditors, or leaves it out on purpose', () => {
  const decided = [...auditEvents, ...leftOut]
  expect(Object.keys(currentVersions).filter((type) => !decided.includes(type))).toEqual([])
  expect(leftOut.filter((type) => auditEvents.includes(type as EventType))).toEqual([])
})

it('names only controls that it claims to', () => {
  for (const one of Object.values(controls)) {
    for (const control of one.soc2) expect(control).toMatch(/^CC[678]\.\d$/)
    for (const control of one.iso27001) expect(control).toMatch(/^A\.(5\.2[4-8]|8\.15|8\.32)$/)
    expect(one.soc2.some((control) => control.startsWith(one.section))).toBe(true)
  }
})

it('has words of its own for each', () => {
  const silent = auditEvents
    .filter((type) => !(deliveryEvents as readonly string[]).includes(type))
    .filter((type) => wordless(type))
  expect(silent).toEqual([])
})

/** Data of which every part may be asked for, so that only the switch is looked at. */
function wordless(type: EventType): boolean {
  const part: unknown = new Proxy([], {
    get: (target, key) => (key in target ? Reflect.get(target, key) : key === Symbol.toPrimitive ? () => 'x' : part),
  })
  return saidOf({ type, v: 1, data: part } as AsternEvent).what.key === 'audit.other'
}

it('says by which rule somebody was put on call, and that it was in spite of her rest', () => {
  const span = { from: '2026-03-02T09:00:00Z', to: '2026-03-02T17:00:00Z' }
  const data = {
    id: 'duty#1',
    schedule: 'duty',
    person: 'ana',
    instead: null,
    over: [],
    by: 'tom',
    reason: null,
    ...span,
  }
  const said = (anyway: boolean) => saidOf({ type: 'oncall.overridden', v: 1, data: { ...data, anyway } })
  expect(said(false)).toMatchObject({ rule: 'schedule', person: 'tom' })
  expect(said(true)).toMatchObject({ rule: 'rest-overridden', person: 'tom' })
})
