import { instantOf } from './wall-clock.ts'

/** A time as somebody typed it; what she left out is filled in from where it stands. */
export interface TypedTime {
  readonly now: boolean
  /** Fixed already: it was typed with its offset and date. */
  readonly instant: Temporal.Instant | null
  readonly day: TypedDay | null
  /** 1440: the end of the day. */
  readonly minutes: number | null
  readonly timeZone: string | null
}

type TypedDay =
  | { readonly kind: 'date'; readonly date: Temporal.PlainDate }
  | { readonly kind: 'month-day'; readonly month: number; readonly day: number }
  /** 1 = Monday. */
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'today'; readonly days: number }

export type BadTime = { readonly bad: 'time' | 'zone'; readonly word: string }

const empty: TypedTime = { now: false, instant: null, day: null, minutes: null, timeZone: null }

/** Reads `now`, `18:00`, `tomorrow 09:00 Europe/Berlin`, `2026-12-24`, `12月24日 18点`, `2026-12-24T18:00Z`, … */
export function typedTime(words: readonly string[]): TypedTime | BadTime {
  const bad = (kind: BadTime['bad'], word: string): BadTime => ({ bad: kind, word })
  if (words.length === 0) return bad('time', '')
  let found = empty
  for (const word of words.flatMap(parts)) {
    const more = instantWord(word) ?? nowWord(word) ?? dayWord(word) ?? clockWord(word) ?? zoneWord(word)
    if (!more) return bad(/^[a-z]{1,5}$|\//i.test(word) && !/\d/.test(word) ? 'zone' : 'time', word)
    const twice = Object.keys(more).some((key) => found[key as keyof TypedTime])
    if (twice) return bad('time', words.join(' '))
    found = { ...found, ...more }
  }
  const complete = found.now || found.instant !== null
  if (complete ? found.day !== null || found.minutes !== null : found.day === null && found.minutes === null)
    return bad('time', words.join(' '))
  return found
}

/** `2026-12-24T18:00` is a day and a time; `18:00+08:00` is a time and a zone. */
function parts(word: string): string[] {
  if (instantWord(word)) return [word]
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})[Tt](\d.*)$/.exec(word) ?? []
  const clock = rest ?? word
  const [, time, zone] = /^(\d{1,2}:\d{2}(?::\d{2})?)([Zz]|[+-]\d{2}:?\d{2}|\[[^\]]+\])$/.exec(clock) ?? []
  const [, hanDay, hanTime] = /^((?:周|星期|礼拜)[一二三四五六日天]|.*[日号天])(\d.*)$/u.exec(clock) ?? []
  const pieces = time && zone ? [time, zone.replace(/[[\]]/g, '')] : hanDay && hanTime ? [hanDay, hanTime] : [clock]
  return day ? [day, ...pieces] : pieces
}

function instantWord(word: string): Partial<TypedTime> | null {
  if (!/^\d{4}-\d{2}-\d{2}[Tt].*([Zz]|[+-]\d{2}:?\d{2})$/.test(word)) return null
  return tried(() => ({ instant: Temporal.Instant.from(word) }))
}

const nowWord = (word: string): Partial<TypedTime> | null =>
  /^(now|现在|立即|即刻)$/iu.test(word) ? { now: true } : null

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const longer = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const relative: Readonly<Record<string, number>> = {
  yesterday: -1,
  昨天: -1,
  today: 0,
  tomorrow: 1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
}

/** 1 = Monday; null when the word is no day of the week. */
export function weekdayOf(word: string): number | null {
  const lower = word.toLowerCase()
  const english = Math.max(weekdays.indexOf(lower), longer.indexOf(lower))
  if (english >= 0) return english + 1
  const [, han] = /^(?:周|星期|礼拜)([一二三四五六日天])$/u.exec(word) ?? []
  return han ? '一二三四五六日'.indexOf(han === '天' ? '日' : han) + 1 : null
}

function dayWord(word: string): Partial<TypedTime> | null {
  const days = Object.hasOwn(relative, word.toLowerCase()) ? relative[word.toLowerCase()] : undefined
  if (days !== undefined) return { day: { kind: 'today', days } }
  const weekday = weekdayOf(word)
  if (weekday !== null) return { day: { kind: 'weekday', weekday } }
  const [, year, month, day] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/u.exec(word) ?? []
  if (year) {
    const of = { year: Number(year), month: Number(month), day: Number(day) }
    return tried(() => ({ day: { kind: 'date', date: Temporal.PlainDate.from(of, { overflow: 'reject' }) } }))
  }
  const [, m, d] = /^(\d{1,2})-(\d{1,2})$/.exec(word) ?? /^(\d{1,2})月(\d{1,2})[日号]$/u.exec(word) ?? []
  if (!m) return null
  const of = { month: Number(m), day: Number(d) }
  // In a leap year every day of every month is one.
  return tried(() => {
    Temporal.PlainDate.from({ year: 2024, ...of }, { overflow: 'reject' })
    return { day: { kind: 'month-day', ...of } }
  })
}

function clockWord(word: string): Partial<TypedTime> | null {
  const [, hours = '', minutes = '0', half = ''] =
    /^(\d{1,2}):(\d{2})(?::00)?([ap]m)?$/i.exec(word) ??
    /^(\d{1,2})[点时](?:(\d{1,2})分?|半)?$/u.exec(word) ??
    /^(\d{1,2})()([ap]m)$/i.exec(word) ??
    []
  if (hours === '') return null
  const minute = word.endsWith('半') ? 30 : Number(minutes || 0)
  const hour = Number(hours)
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  if (half === '') return { minutes: hour * 60 + minute }
  if (hour < 1 || hour > 12) return null
  return { minutes: ((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)) * 60 + minute }
}

function zoneWord(word: string): Partial<TypedTime> | null {
  const offset = /^[+-]\d{2}:?\d{2}$/.test(word)
  // Abbreviations other than these stand for several zones, or for one that people do not mean.
  if (!offset && !/^(z|utc|gmt)$/i.test(word) && !word.includes('/')) return null
  const timeZone = /^(z|gmt)$/i.test(word) ? 'UTC' : word
  return tried(() => ({ timeZone: Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId }))
}

function tried<T>(read: () => T): T | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}

/** Where a typed time is to be filled in from. */
export interface TimeGround {
  readonly now: Temporal.Instant
  readonly timeZone: string
  /** For an end: when it begins. */
  readonly after?: Temporal.Instant
}

/** The start that was meant: today where no day was typed, the day's beginning where no time was. */
export function startOf(typed: TypedTime, { now, timeZone }: TimeGround): Temporal.Instant {
  if (typed.instant) return typed.instant
  if (typed.now) return now
  const zone = typed.timeZone ?? timeZone
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return instantOf(wall(dateFrom(typed.day, today, today), typed.minutes ?? 0), zone, 'first')
}

/** The end that was meant: the first such time after the start where no day was typed, the day's end where no time was. */
export function endOf(typed: TypedTime, { now, timeZone, after = now }: TimeGround): Temporal.Instant {
  if (typed.instant) return typed.instant
  if (typed.now) return now
  const zone = typed.timeZone ?? timeZone
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const begins = after.toZonedDateTimeISO(zone).toPlainDate()
  const date = dateFrom(typed.day, today, begins)
  const on = (later: number) => instantOf(wall(date.add({ days: later }), typed.minutes ?? 1440), zone, 'last')
  const end = on(0)
  if (Temporal.Instant.compare(end, after) > 0) return end
  return typed.day === null ? on(1) : typed.day.kind === 'weekday' ? on(7) : end
}

function dateFrom(day: TypedDay | null, today: Temporal.PlainDate, first: Temporal.PlainDate): Temporal.PlainDate {
  switch (day?.kind) {
    case 'date':
      return day.date
    case 'today':
      return today.add({ days: day.days })
    case 'weekday':
      return first.add({ days: (day.weekday - first.dayOfWeek + 7) % 7 })
    case 'month-day': {
      const here = first.with({ month: day.month, day: day.day })
      return Temporal.PlainDate.compare(here, first) < 0 ? here.add({ years: 1 }) : here
    }
    default:
      return first
  }
}

const wall = (date: Temporal.PlainDate, minutes: number): Temporal.PlainDateTime =>
  date.toPlainDateTime().add({ minutes })
