import { describe, expect, it } from 'vitest'
import { freezesFrom, standingFreezes, unreadCalendars } from '../../src/app/freezes.ts'
import { askGate } from '../../src/app/gate.ts'
import type { World } from '../../src/app/world.ts'
import type { ConfiguredFreeze } from '../../src/config/freezes.ts'
import { astern } from '../../src/core/actor.ts'
import type { AsternEvent } from '../../src/core/event.ts'
import { Desk } from '../../src/projection/desk.ts'

const now = Temporal.Instant.from('2026-12-24T12:00:00Z')
const holidays: ConfiguredFreeze = {
  id: 'holidays',
  scope: { services: [], environments: ['production'], regions: [] },
  reason: 'as the calendar says',
  when: { calendar: 'company' },
}

function world(...events: readonly AsternEvent[]) {
  const desk = new Desk()
  for (const [index, event] of events.entries())
    desk.apply({
      position: index + 1,
      stream: 'calendar/company',
      version: index + 1,
      at: '2026-12-01T00:00:00Z',
      actor: astern,
      config: '',
      hash: '',
      event,
    })
  const config = () => ({ freezes: { may: [], windows: [holidays] } })
  const ledger = { head: async () => ({ position: events.length, hash: '' }) }
  const clock = { now: () => now }
  return { desk, config, ledger, clock, caughtUp: async () => undefined } as unknown as World
}

const imported: AsternEvent = {
  type: 'calendar.imported',
  v: 1,
  data: {
    calendar: 'company',
    readAt: '2026-12-01T00:00:00Z',
    until: '2027-06-01T00:00:00Z',
    spans: [
      { title: 'Christmas', people: [], unknown: [], start: '2026-12-24T00:00:00Z', end: '2026-12-27T00:00:00Z' },
      { title: 'New Year', people: [], unknown: [], start: '2026-12-31T00:00:00Z', end: '2027-01-02T00:00:00Z' },
    ],
  },
}
const lost: AsternEvent = {
  type: 'calendar.lost',
  v: 1,
  data: { calendar: 'company', readAt: '2026-12-01T00:00:00Z', code: 'calendar.unreachable' },
}

const gate = (on: World, environment = 'production') =>
  askGate(on, { service: { name: 'checkout-svc' } as never, environment, region: null })

describe('a calendar of freezes', () => {
  it('freezes while one of its entries stands, where the configuration says', async () => {
    const on = world(imported)
    expect(freezesFrom(on, now).map(({ from, reason }) => [from, reason])).toEqual([
      ['2026-12-24T00:00:00Z', 'as the calendar says: Christmas'],
      ['2026-12-31T00:00:00Z', 'as the calendar says: New Year'],
    ])
    const where = { service: 'checkout-svc', environment: 'production', regions: [] }
    expect(standingFreezes(on, where, now)).toMatchObject([
      { id: 'holidays', to: '2026-12-27T00:00:00Z', person: null },
    ])
    expect(await gate(on)).toMatchObject({ answer: { allowed: false, rule: 'freeze' }, unread: [] })
    expect(await gate(on, 'staging')).toMatchObject({ answer: { allowed: true } })
  })

  it('that cannot be read any more still freezes as it last said, and says so', async () => {
    const on = world(imported, lost)
    expect(unreadCalendars(on)).toEqual([{ name: 'company', since: '2026-12-01T00:00:00Z' }])
    expect(await gate(on)).toMatchObject({ answer: { allowed: false, rule: 'freeze' }, unread: ['company'] })
    expect(await gate(on, 'staging')).toMatchObject({ answer: { allowed: true }, unread: ['company'] })
  })

  it('that was never read leaves the gate without an answer', async () => {
    expect(unreadCalendars(world())).toEqual([{ name: 'company', since: null }])
    expect(await gate(world())).toEqual({ answer: null, unread: ['company'] })
  })
})
