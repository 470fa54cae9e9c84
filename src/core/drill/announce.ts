/** What is said of a drill before it begins. */
export const notices = ['week', 'day', 'hour'] as const
export type NoticeOf = (typeof notices)[number]

const beforeMs: Readonly<Record<NoticeOf, number>> = {
  week: 7 * 24 * 3_600_000,
  day: 24 * 3_600_000,
  hour: 3_600_000,
}

/**
 * Which notice is due now: the nearest one whose time has come, unless it or a nearer one was given. One that was missed for a nearer
 * one is not made up: nobody needs to hear “in a week” on the day before.
 */
export function noticeDue(at: string, given: readonly NoticeOf[], now: string): NoticeOf | null {
  const leftMs = ms(at) - ms(now)
  if (leftMs <= 0) return null
  const due = notices.filter((notice) => leftMs <= beforeMs[notice]).at(-1)
  if (due === undefined) return null
  const nearer = notices.slice(notices.indexOf(due))
  return nearer.some((notice) => given.includes(notice)) ? null : due
}

/** When to look again: the next notice, else the beginning. */
export function nextNoticeAt(at: string, now: string): string {
  const times = notices.map((notice) => ms(at) - beforeMs[notice]).filter((time) => time > ms(now))
  return Temporal.Instant.fromEpochMilliseconds(Math.min(ms(at), ...times)).toString()
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
