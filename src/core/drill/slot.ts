import { instantOf } from '../wall-clock.ts'
import type { Wording } from '../wording.ts'

/** When a scenario may be rehearsed. */
export interface Habit {
  readonly timeZone: string
  /** 1 is Monday. Never empty. */
  readonly weekdays: readonly number[]
  /** Wall-clock time, `10:00`. */
  readonly at: string
  readonly lengthMs: number
  /** From one drill to the next, in whole weeks; a quarter is 13. */
  readonly everyWeeks: number
}

/** A time in which no drill may be held. Half-open ISO instants. */
export interface Busy {
  readonly from: string
  readonly to: string
  readonly why: Wording
}

export interface Slot {
  /** ISO instant. */
  readonly at: string
  /** Days that were meant before and could not be, with the reason of each. */
  readonly moved: readonly { readonly from: string; readonly why: Wording }[]
  /** It is later than the habit allows. */
  readonly late: boolean
}

/** A drill is announced a week before: it is never planned for sooner. */
const noticeMs = 7 * 24 * 3_600_000
/** How far a free day is looked for. */
const searchedDays = 200

/**
 * The next day on which a scenario can be rehearsed: a week before it is due, so that a move or two do not make it late, but never
 * within a week from now. Days of other weekdays are not meant; days that are taken are told with their reason. Null where nothing is
 * free for more than half a year.
 */
export function nextSlot(habit: Habit, last: string | null, busy: readonly Busy[], now: string): Slot | null {
  const date = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(habit.timeZone).toPlainDate()
  const soonestMs = ms(now) + noticeMs
  // By the calendar, so that a clock change in between costs no day.
  const due = last === null ? null : date(ms(last)).add({ weeks: habit.everyWeeks })
  const days = [date(soonestMs), ...(due ? [due.subtract({ weeks: 1 })] : [])]
  const first = days.reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a))
  const time = Temporal.PlainTime.from(habit.at)
  const moved: Slot['moved'][number][] = []
  for (let day = 0; day < searchedDays; day++) {
    const on = first.add({ days: day })
    if (!habit.weekdays.includes(on.dayOfWeek)) continue
    const at = instantOf(on.toPlainDateTime(time), habit.timeZone)
    const startMs = at.epochMilliseconds
    if (startMs < soonestMs) continue
    const taken = busy.find(({ from, to }) => ms(from) < startMs + habit.lengthMs && startMs < ms(to))
    if (!taken) return { at: at.toString(), moved, late: due !== null && Temporal.PlainDate.compare(on, due) > 0 }
    moved.push({ from: at.toString(), why: taken.why })
  }
  return null
}

/** Whether a drill that begins then begins as the habit means it. */
export function fitsHabit({ timeZone, weekdays, at }: Habit, start: string): boolean {
  const day = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone).toPlainDate()
  const meant = instantOf(day.toPlainDateTime(Temporal.PlainTime.from(at)), timeZone)
  return weekdays.includes(day.dayOfWeek) && Temporal.Instant.compare(meant, start) === 0
}

/** By the clock on the wall there: nobody is to be rehearsed before and after. */
const day = { fromMinutes: 8 * 60, toMinutes: 20 * 60 }

/** Whether it would be night for its team at some time of it. */
export function atNight({ timeZone, lengthMs }: Pick<Habit, 'timeZone' | 'lengthMs'>, start: string): boolean {
  const { hour, minute } = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone)
  const begins = hour * 60 + minute
  return begins < day.fromMinutes || begins + lengthMs / 60_000 > day.toMinutes
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
