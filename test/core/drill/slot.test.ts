import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NoticeOf, nextNoticeAt, noticeDue } from '../../../src/core/drill/announce.ts'
import { atNight, type Busy, fitsHabit, type Habit, nextSlot } from '../../../src/core/drill/slot.ts'

const habit: Habit = {
  timeZone: 'Asia/Shanghai',
  weekdays: [2, 3, 4],
  at: '10:00',
  lengthMs: 3_600_000,
  everyWeeks: 13,
}
const busy = (from: string, to: string, key = 'drill.frozen'): Busy => ({ from, to, why: { key } })

describe('the day of a drill', () => {
  it('is a week before it is due, in the team’s own time', () => {
    // Held on Tuesday, 6 January; thirteen weeks later is 7 April.
    const slot = nextSlot(habit, '2026-01-06T02:00:00Z', [], '2026-01-06T03:00:00Z')
    expect(slot).toEqual({ at: '2026-03-31T02:00:00Z', moved: [], late: false })
  })

  it('is at least a week away, also where none was held or it is overdue', () => {
    expect(nextSlot(habit, null, [], '2026-03-02T09:00:00Z')?.at).toBe('2026-03-10T02:00:00Z')
    const overdue = nextSlot(habit, '2025-01-07T02:00:00Z', [], '2026-03-02T09:00:00Z')
    expect(overdue).toMatchObject({ at: '2026-03-10T02:00:00Z', late: true })
  })

  it('is moved by a freeze, a holiday or another drill, with the reason of each day', () => {
    const slot = nextSlot(
      habit,
      null,
      [
        busy('2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z'),
        busy('2026-03-10T16:00:00Z', '2026-03-11T16:00:00Z', 'drill.holiday'),
      ],
      '2026-03-02T09:00:00Z',
    )
    expect(slot?.at).toBe('2026-03-12T02:00:00Z')
    expect(slot?.moved).toEqual([
      { from: '2026-03-10T02:00:00Z', why: { key: 'drill.frozen' } },
      { from: '2026-03-11T02:00:00Z', why: { key: 'drill.holiday' } },
    ])
  })

  it('is not touched by what ends as it begins, or begins as it ends', () => {
    const around = [
      busy('2026-03-10T00:00:00Z', '2026-03-10T02:00:00Z'),
      busy('2026-03-10T03:00:00Z', '2026-03-10T09:00:00Z'),
    ]
    expect(nextSlot(habit, null, around, '2026-03-02T09:00:00Z')?.moved).toEqual([])
  })

  it('keeps its time on the wall over a clock change', () => {
    const chicago = { ...habit, timeZone: 'America/Chicago', weekdays: [7] }
    // The clocks of Chicago go forward on Sunday, 8 March 2026.
    expect(nextSlot(chicago, null, [], '2026-02-22T00:00:00Z')?.at).toBe('2026-03-01T16:00:00Z')
    expect(nextSlot(chicago, null, [], '2026-03-01T00:00:00Z')?.at).toBe('2026-03-08T15:00:00Z')
  })

  it('loses no day to a clock change between two drills', () => {
    const chicago = { ...habit, timeZone: 'America/Chicago', weekdays: [2] }
    const slot = nextSlot(chicago, '2026-01-06T16:00:00Z', [], '2026-01-06T18:00:00Z')
    expect(slot?.at).toBe('2026-03-31T15:00:00Z')
  })

  it('is none where nothing is free', () => {
    expect(
      nextSlot(habit, null, [busy('2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z')], '2026-03-02T09:00:00Z'),
    ).toBeNull()
  })
})

describe('what is said before', () => {
  const at = '2026-03-10T02:00:00Z'
  const hoursBefore = (hours: number) => Temporal.Instant.from(at).subtract({ hours }).toString()

  it.each<[number, NoticeOf[], NoticeOf | null]>([
    [169, [], null],
    [168, [], 'week'],
    [100, [], 'week'],
    [100, ['week'], null],
    [24, ['week'], 'day'],
    [20, [], 'day'],
    [2, ['week', 'day'], null],
    [1, ['week', 'day'], 'hour'],
    [0.5, ['hour'], null],
    [0, [], null],
  ])('%d hours before, after %j: %s', (hours, given, due) => {
    const now = Temporal.Instant.from(at)
      .subtract({ minutes: hours * 60 })
      .toString()
    expect(noticeDue(at, given, now)).toBe(due)
  })

  it('is each said once at most, however often somebody looks, and the last one always', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 300 * 60 }), { minLength: 1 })
    void fc.assert(
      fc.property(looks, (minutes) => {
        const given: NoticeOf[] = []
        for (const minute of [...minutes, 30].sort((a, b) => b - a)) {
          const due = noticeDue(at, given, Temporal.Instant.from(at).subtract({ minutes: minute }).toString())
          if (due) given.push(due)
        }
        expect(new Set(given).size).toBe(given.length)
        expect(given.at(-1)).toBe('hour')
      }),
    )
  })

  it('is looked for at the next of its times', () => {
    expect(nextNoticeAt(at, hoursBefore(300))).toBe(hoursBefore(168))
    expect(nextNoticeAt(at, hoursBefore(168))).toBe(hoursBefore(24))
    expect(nextNoticeAt(at, hoursBefore(0.5 * 2))).toBe(at)
  })
})

describe('a day that was chosen', () => {
  it('is one that the habit means, or not', () => {
    expect(fitsHabit(habit, '2026-03-10T02:00:00Z')).toBe(true)
    expect(fitsHabit(habit, '2026-03-10T03:00:00Z')).toBe(false)
    expect(fitsHabit(habit, '2026-03-13T02:00:00Z')).toBe(false)
  })

  it('is night before eight and after twenty, by the clock of its team', () => {
    expect(atNight(habit, '2026-03-10T00:00:00Z')).toBe(false)
    expect(atNight(habit, '2026-03-09T23:59:00Z')).toBe(true)
    expect(atNight(habit, '2026-03-10T11:00:00Z')).toBe(false)
    expect(atNight(habit, '2026-03-10T11:01:00Z')).toBe(true)
  })
})
