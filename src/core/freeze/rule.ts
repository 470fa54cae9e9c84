import { instantOf } from '../wall-clock.ts'

/** A point on the wall clock. What is set beside the time depends on the period: nothing for a day, the weekday for a week, … */
export interface WallPoint {
  readonly year?: number
  readonly month?: number
  /** Of the month; past its end it is the last day. */
  readonly day?: number
  /** 1 = Monday. */
  readonly weekday?: number
  /** `HH:MM`. */
  readonly time: string
}

/** A window that the configuration names: once, or in every period. */
export interface FreezeRule {
  readonly timeZone: string
  readonly every: 'once' | 'day' | 'week' | 'month' | 'year'
  readonly from: WallPoint
  readonly to: WallPoint
}

export interface Window {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** The windows of a rule that are not over at an instant, by start: the one that stands, and the next one. */
export function windowsFrom(rule: FreezeRule, at: Temporal.Instant): readonly Window[] {
  const today = at.toZonedDateTimeISO(rule.timeZone).toPlainDate()
  const periods = rule.every === 'once' ? [0] : [-1, 0, 1, 2]
  return periods
    .map((offset) => windowIn(rule, today, offset))
    .filter(({ to }) => Temporal.Instant.compare(to, at) > 0)
    .slice(0, 2)
}

const lengths = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 }, year: { years: 1 } } as const

/** From its first start to its last end; one that would not end after it begins ends in the next period. */
function windowIn(rule: FreezeRule, today: Temporal.PlainDate, offset: number): Window {
  const period = (more: number) => {
    if (rule.every === 'once' || offset + more === 0) return today
    const { every } = rule
    const first =
      every === 'month' ? today.with({ day: 1 }) : every === 'year' ? today.with({ month: 1, day: 1 }) : today
    const length = lengths[every]
    const count = offset + more
    return first.add(Object.fromEntries(Object.entries(length).map(([unit, size]) => [unit, size * count])))
  }
  const from = pointIn(period(0), rule.from)
  const here = pointIn(period(0), rule.to)
  const wraps = rule.every !== 'once' && Temporal.PlainDateTime.compare(here, from) <= 0
  const to = wraps ? pointIn(period(1), rule.to) : here
  return { from: instantOf(from, rule.timeZone, 'first'), to: instantOf(to, rule.timeZone, 'last') }
}

function pointIn(period: Temporal.PlainDate, { year, month, day, weekday, time }: WallPoint): Temporal.PlainDateTime {
  const date =
    weekday === undefined
      ? Temporal.PlainDate.from({
          year: year ?? period.year,
          month: month ?? period.month,
          day: day ?? period.day,
        })
      : period.add({ days: weekday - period.dayOfWeek })
  return date.toPlainDateTime(Temporal.PlainTime.from(time))
}
