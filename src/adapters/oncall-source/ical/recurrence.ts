import { z } from 'zod'

const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one.transform((value) => [value]), z.array(one)]).optional()
const within = (least: number, most: number) => oneOrMore(z.int().min(least).max(most))
const around = (most: number) =>
  oneOrMore(
    z
      .int()
      .min(-most)
      .max(most)
      .refine((value) => value !== 0),
  )

/** A rule as jCal has it (RFC 5545, section 3.3.10). Strict: a rule that is only half understood is not followed at all. */
export const ruleOf = z.strictObject({
  freq: z.enum(['MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']),
  interval: z.int().min(1).max(100_000).default(1),
  count: z.int().min(1).optional(),
  until: z
    .string()
    .regex(/^\d{4}-(?:0\d|1[0-2])-[0-3]\d(?:T(?:::|(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d)?)Z?)?$/)
    .optional(),
  /** The library counts from Sunday = 1. */
  wkst: z.int().min(1).max(7).default(2),
  bysecond: within(0, 59),
  byminute: within(0, 59),
  byhour: within(0, 23),
  byday: oneOrMore(z.string().regex(/^[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)$/)),
  bymonthday: around(31),
  byyearday: around(366),
  byweekno: around(53),
  bymonth: within(1, 12),
  bysetpos: around(366),
})
export type Rule = z.infer<typeof ruleOf>

/** How much may be tried, over all rules that share it, so that no calendar can hold up the process. */
export interface Budget {
  steps: number
}

/**
 * The wall-clock times of a rule that begins at `start`, in order, from about `from` until after `to`: some before `from` may be among
 * them. It always ends; null when it would take more than `budget`. `ical.js` has such an iterator too, but that one never returns from a rule
 * that matches nothing (`FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31`).
 */
export function occurrences(
  rule: Rule,
  start: Temporal.PlainDateTime,
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
  budget: Budget,
): readonly Temporal.PlainDateTime[] | null {
  const found: Temporal.PlainDateTime[] = []
  let counted = 0
  let at = rule.count === undefined ? hastened(rule, start, from) : 0
  for (; ; at++) {
    const period = periodOf(rule, start, at)
    if (Temporal.PlainDateTime.compare(period.from, to) > 0) return found
    for (const time of chosen(rule, inPeriod(rule, start, period))) {
      if (Temporal.PlainDateTime.compare(time, start) < 0) continue
      counted++
      if (rule.count !== undefined && counted > rule.count) return found
      found.push(time)
    }
    budget.steps -= period.days
    if (budget.steps < 0) return null
  }
}

interface Period {
  readonly from: Temporal.PlainDateTime
  /** Of days in it; 1 for less than a day. */
  readonly days: number
}

/** The period in which the rule is for the `at`-th time. */
function periodOf({ freq, interval, wkst }: Rule, start: Temporal.PlainDateTime, at: number): Period {
  const many = at * interval
  const day = start.with({ hour: 0, minute: 0, second: 0 })
  switch (freq) {
    case 'MINUTELY':
      return { from: start.with({ second: 0 }).add({ minutes: many }), days: 1 }
    case 'HOURLY':
      return { from: start.with({ minute: 0, second: 0 }).add({ hours: many }), days: 1 }
    case 'DAILY':
      return { from: day.add({ days: many }), days: 1 }
    case 'WEEKLY':
      return { from: day.subtract({ days: (day.dayOfWeek - (wkst - 1) + 7) % 7 }).add({ weeks: many }), days: 7 }
    case 'MONTHLY': {
      const from = day.with({ day: 1 }).add({ months: many })
      return { from, days: from.daysInMonth }
    }
    case 'YEARLY': {
      const from = day.with({ month: 1, day: 1 }).add({ years: many })
      return { from, days: from.daysInYear }
    }
  }
}

/** How many periods can be passed over, because nothing of them reaches `from`. */
function hastened(rule: Rule, start: Temporal.PlainDateTime, from: Temporal.PlainDateTime): number {
  const units = { MINUTELY: 1, HOURLY: 60, DAILY: 1440, WEEKLY: 10_080, MONTHLY: 44_640, YEARLY: 527_040 } as const
  const minutes = start.until(from, { largestUnit: 'minute' }).minutes
  return Math.max(0, Math.floor(minutes / (units[rule.freq] * rule.interval)) - 2)
}

/** Every time in a period that fits the rule, in order. */
function inPeriod(
  rule: Rule,
  start: Temporal.PlainDateTime,
  { from, days }: Period,
): readonly Temporal.PlainDateTime[] {
  const times: Temporal.PlainDateTime[] = []
  const { freq } = rule
  const hours =
    freq === 'HOURLY' || freq === 'MINUTELY' ? limited([from.hour], rule.byhour) : sorted(rule.byhour, start.hour)
  const minutes = freq === 'MINUTELY' ? limited([from.minute], rule.byminute) : sorted(rule.byminute, start.minute)
  const seconds = sorted(rule.bysecond, start.second)
  const first = freq === 'YEARLY' && rule.byweekno ? -6 : 0
  for (let at = first; at < days - first; at++) {
    const date = from.toPlainDate().add({ days: at })
    if (!fits(rule, start, from, date)) continue
    for (const hour of hours)
      for (const minute of minutes)
        for (const second of seconds) times.push(date.toPlainDateTime({ hour, minute, second }))
  }
  return times
}

const limited = (values: readonly number[], to: readonly number[] | undefined): readonly number[] =>
  to ? values.filter((value) => to.includes(value)) : values

const sorted = (values: readonly number[] | undefined, otherwise: number): readonly number[] =>
  values ? [...new Set(values)].sort((a, b) => a - b) : [otherwise]

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Whether a rule takes a day; what it leaves open is as `start` has it. */
function fits(
  rule: Rule,
  start: Temporal.PlainDateTime,
  period: Temporal.PlainDateTime,
  date: Temporal.PlainDate,
): boolean {
  const { freq, byday, bymonthday, byyearday, byweekno, bymonth } = rule
  const within = byday ?? bymonthday ?? byyearday ?? byweekno
  if (bymonth ? !bymonth.includes(date.month) : freq === 'YEARLY' && !within && date.month !== start.month) return false
  if (byyearday && !either(byyearday, date.dayOfYear, date.daysInYear)) return false
  if (byweekno) {
    const weeks = weeksIn(period.year)
    if (date.yearOfWeek !== period.year || !either(byweekno, date.weekOfYear ?? 0, weeks)) return false
  }
  if (bymonthday && !either(bymonthday, date.day, date.daysInMonth)) return false
  if (byday) return byday.some((day) => isDay(rule, day, date))
  if (freq === 'WEEKLY' || (byweekno && !bymonthday && !byyearday)) return date.dayOfWeek === start.dayOfWeek
  if (freq === 'MONTHLY' || freq === 'YEARLY') return within !== undefined || date.day === start.day
  return true
}

const weeksIn = (year: number): number => Temporal.PlainDate.from({ year, month: 12, day: 28 }).weekOfYear ?? 52

/** Whether a list names a number, counted from the beginning or, below zero, from the end. */
const either = (list: readonly number[], value: number, of: number): boolean =>
  list.includes(value) || list.includes(value - of - 1)

/** `MO`, or `2MO` and `-1FR`: counted within the month, or within the year where a yearly rule names no months. */
function isDay({ freq, bymonth }: Rule, day: string, date: Temporal.PlainDate): boolean {
  if (day.slice(-2) !== names[date.dayOfWeek - 1]) return false
  const number = Number(day.slice(0, -2))
  if (number === 0 || (freq !== 'MONTHLY' && freq !== 'YEARLY')) return true
  const inYear = freq === 'YEARLY' && !bymonth
  const [place, of] = inYear ? [date.dayOfYear, date.daysInYear] : [date.day, date.daysInMonth]
  return number === Math.ceil(place / 7) || number === -Math.ceil((of - place + 1) / 7)
}

/** What BYSETPOS leaves of a period. */
function chosen({ bysetpos }: Rule, times: readonly Temporal.PlainDateTime[]): readonly Temporal.PlainDateTime[] {
  return bysetpos ? times.filter((_, at) => either(bysetpos, at + 1, times.length)) : times
}
