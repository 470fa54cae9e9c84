import { describe, expect, it } from 'vitest'
import type { Alerted } from '../../../src/core/alert/alerted.ts'
import type { Began } from '../../../src/core/alert/began.ts'
import { isNewJudgement, type Suspected, symptomOf } from '../../../src/core/alert/suspected.ts'

const at = (time: string) => `2026-03-03T${time}:00Z`
const regions = ['eu-1', 'us-1']
const alerted = (...burning: readonly (readonly [string | null, string, string?])[]): Alerted => ({
  service: 'checkout',
  environment: 'production',
  until: 1,
  news: 'began',
  firing: burning.length,
  ended: 0,
  silent: 0,
  told: burning.length,
  left: 0,
  burning: burning.map(([region, since, environment = 'production']) => ({ environment, region, since: at(since) })),
  release: null,
  alerts: [],
})

describe('the symptom that alerts tell', () => {
  it('is where it burns and since when; the other regions are calm', () => {
    expect(symptomOf(alerted(['eu-1', '03:12']), regions, null)).toEqual({
      service: 'checkout',
      environment: 'production',
      burning: [{ region: 'eu-1', since: at('03:12') }],
      calm: ['us-1'],
      named: null,
    })
  })

  it('without a region proves nothing about any', () => {
    const symptom = symptomOf(alerted([null, '03:12']), regions, null)
    expect(symptom).toMatchObject({ calm: [], unplaced: true })
    expect(symptom?.burning.map(({ region }) => region)).toEqual(regions)
    // Then one says where: that is known better.
    const named = symptomOf(alerted([null, '03:12'], ['eu-1', '03:14']), regions, symptom)
    expect(named?.burning).toEqual([{ region: 'eu-1', since: at('03:14') }])
    expect(named).not.toHaveProperty('unplaced')
    expect(named?.calm).toEqual([])
  })

  it('keeps where it burnt first and since when, however it flaps', () => {
    const first = symptomOf(alerted(['eu-1', '03:12']), regions, null)
    const later = symptomOf(alerted(['us-1', '03:20'], ['eu-1', '03:30']), regions, first)
    expect(later?.burning).toEqual([
      { region: 'eu-1', since: at('03:12') },
      { region: 'us-1', since: at('03:20') },
    ])
    expect(symptomOf(alerted(), regions, later)).toEqual(later)
  })

  it('begins when a monitor says so, also once the alert flaps', () => {
    const began: Began = (region, told) =>
      region === 'eu-1' ? { since: at('03:07'), measured: true } : { since: told, pendingMs: 300_000 }
    const first = symptomOf(alerted(['eu-1', '03:12']), regions, null, began)
    expect(first?.burning).toEqual([{ region: 'eu-1', since: at('03:07'), measured: true }])
    expect(symptomOf(alerted(['us-1', '03:20'], ['eu-1', '03:30']), regions, first, began)?.burning).toEqual([
      { region: 'eu-1', since: at('03:07'), measured: true },
      { region: 'us-1', since: at('03:20'), pendingMs: 300_000 },
    ])
  })

  it('is of one environment, and null where nothing burns', () => {
    expect(symptomOf(alerted(['eu-1', '03:12', 'staging']), regions, null)).toBeNull()
    expect(symptomOf(alerted(), regions, null)).toBeNull()
  })
})

describe('a judgement', () => {
  const of = (version: string | null, ...places: readonly string[]): Suspected => ({
    symptom: {
      service: 'checkout',
      environment: 'production',
      burning: places.map((region) => ({ region, since: at('03:12') })),
      calm: [],
      named: null,
    },
    suspects: version ? [{ service: 'checkout', version, regions: places, leadMs: 1, grounds: [], doubts: [] }] : [],
    cleared: [],
    chosen: null,
  })
  it('is new where it burns in one more region or another release is first, or something else speaks against it; else it is the same', () => {
    expect(isNewJudgement(null, of(null, 'eu-1'))).toBe(true)
    expect(isNewJudgement(of('v2', 'eu-1'), of('v2', 'eu-1'))).toBe(false)
    expect(isNewJudgement(of('v2', 'eu-1', 'us-1'), of('v2', 'eu-1'))).toBe(false)
    expect(isNewJudgement(of('v2', 'eu-1'), of('v2', 'us-1', 'eu-1'))).toBe(true)
    expect(isNewJudgement(of('v2', 'eu-1'), of('v3', 'eu-1'))).toBe(true)
    expect(isNewJudgement(of('v2', 'eu-1'), of(null, 'eu-1'))).toBe(true)
    const doubted = of('v2', 'eu-1')
    const doubts = [{ key: 'suspect.maybe-after' }]
    const suspects = doubted.suspects.map((one) => ({ ...one, doubts }))
    expect(isNewJudgement(of('v2', 'eu-1'), { ...doubted, suspects })).toBe(true)
  })
})
