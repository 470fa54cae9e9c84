import { expect, it } from 'vitest'
import { drills } from '../../src/playground/drills.ts'

it('whenever somebody plays it is morning for the drills: nothing is rehearsed at night', () => {
  for (let hour = 0; hour < 24; hour++) {
    const nowMs = Date.UTC(2026, 10, 23, hour, 59)
    const [, zone = ''] = /timeZone: (\S+)/.exec(drills('registry.example', nowMs)) ?? []
    const local = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone)
    expect([10, 11], `${hour}:59 UTC in ${zone}`).toContain(local.hour)
  }
})
