import { describe, expect, it } from 'vitest'
import type { Alerted } from '../../../src/core/alert/alerted.ts'
import { type Before, type Held, toldOf } from '../../../src/core/alert/told.ts'

const at = (minute: number): string => `2026-03-02T03:${String(minute).padStart(2, '0')}:00Z`

function held(
  name: string,
  minute: number,
  begunAt: number,
  more: { region?: string; ended?: 'resolved' | 'silent' } = {},
): Held {
  const ended = more.ended ? { at: at(minute + 1), how: more.ended } : null
  const alert = {
    fingerprint: `${name}${minute}`,
    status: 'firing' as const,
    startsAt: at(minute),
    endsAt: null,
    name,
    summary: 's',
    labels: {},
    link: null,
    expression: null,
    release: null,
  }
  return {
    episode: { source: 'am', alert, startsAt: at(minute), heardAt: at(minute), lastAt: at(minute), ended, told: 2 },
    place: { service: 'shop', environment: 'production', region: more.region ?? 'eu-1' },
    begunAt,
  }
}

const tell = (all: readonly Held[], incident: string | null, before: Before | null = null): Alerted | null =>
  toldOf('shop', all, { incident, before, until: 99, left: 0 })
const beforeOf = (alerted: Alerted | null, incident = 'INC-1', after = 0): Before => {
  if (!alerted) throw new TypeError('nothing was told')
  return { incident, after, alerted }
}

describe('what an incident is told of alerts', () => {
  it('names the first of each name, firing ones first, and where it burns since when', () => {
    const all = [
      held('B', 5, 5),
      held('A', 3, 3, { ended: 'resolved' }),
      held('B', 2, 2, { region: 'us-1' }),
      held('C', 1, 1, { ended: 'silent' }),
    ]
    const told = tell(all, null)
    expect(told).toMatchObject({
      news: 'began',
      firing: 2,
      ended: 2,
      silent: 1,
      told: 8,
      until: 99,
      environment: 'production',
    })
    expect(told?.alerts.map(({ name, since }) => [name, since])).toEqual([
      ['B', at(2)],
      ['C', at(1)],
      ['A', at(3)],
    ])
    expect(told?.burning).toEqual([
      { environment: 'production', region: 'us-1', since: at(2) },
      { environment: 'production', region: 'eu-1', since: at(5) },
    ])
  })

  it('is nothing while nothing is new, and says what is', () => {
    const first = [held('A', 1, 1)]
    const began = beforeOf(tell(first, 'INC-1'))
    expect(tell(first, 'INC-1', began)).toBeNull()
    expect(tell([...first, held('A', 2, 2)], 'INC-1', began)?.news).toBe('more')
    expect(tell([...first, held('A', 2, 2, { region: 'us-1' })], 'INC-1', began)?.news).toBe('spread')
    const ended = tell([held('A', 1, 1, { ended: 'resolved' })], 'INC-1', began)
    expect(ended).toMatchObject({ news: 'ended', firing: 0, ended: 1, burning: [] })
    expect(tell([held('A', 1, 1, { ended: 'resolved' }), held('A', 9, 9)], 'INC-1', beforeOf(ended))?.news).toBe(
      'again',
    )
  })

  it('opens nothing of what only ended, nor of what burnt before the last incident was over', () => {
    expect(tell([held('A', 1, 1, { ended: 'resolved' })], null)).toBeNull()
    const before = beforeOf(tell([held('A', 1, 1)], 'INC-1'))
    expect(tell([held('A', 1, 1)], null, before)).toBeNull()
    const next = tell([held('A', 1, 1, { ended: 'resolved' }), held('B', 120 % 60, 120)], null, before)
    // What was the other one's is not counted again.
    expect(next).toMatchObject({ news: 'began', firing: 1, ended: 0 })
  })

  it('of an incident that somebody opened by hand is what burns already', () => {
    const before = beforeOf(tell([held('A', 1, 1)], 'INC-1'))
    expect(tell([held('A', 1, 1)], 'INC-2', before)).toMatchObject({ news: 'began', firing: 1 })
    expect(tell([held('A', 1, 1, { ended: 'resolved' })], 'INC-2', before)).toBeNull()
  })

  it('does not forget what was forgotten since', () => {
    const before = beforeOf(tell([held('A', 1, 1), held('B', 2, 2, { ended: 'resolved' })], 'INC-1'))
    expect(tell([held('A', 1, 1)], 'INC-1', before)).toBeNull()
  })
})
