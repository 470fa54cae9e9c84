import type { CalendarEvent, ImportedSpan } from './events.ts'

export const calendarStream = (name: string): string => `calendar/${name}`

/** A calendar as the ledger knows it. */
export interface ImportedCalendar {
  /**
   * By start. What was over when the calendar was next read stands as it was in force then; what is to come stands as it was last
   * read. So any instant, past or not, is answered by the one list.
   */
  readonly spans: readonly ImportedSpan[]
  /** How far it was read; beyond that nothing is known. */
  readonly until: string
  /** Times in which it was too old to give rights; null while it still is. ISO instants, half-open. */
  readonly outages: readonly { readonly from: string; readonly to: string | null }[]
}

const nothing: ImportedCalendar = { spans: [], until: '', outages: [] }

/** `at`: when the event was recorded. */
export function foldCalendar(known: ImportedCalendar | null, event: CalendarEvent, at: string): ImportedCalendar {
  const before = known ?? nothing
  switch (event.type) {
    case 'calendar.imported': {
      const { readAt, spans, until } = event.data
      // The first reading contradicts nothing that was in force.
      if (before.until === '') return { ...before, until, spans: [...spans].sort(byStart) }
      return { ...before, until, spans: joined(endedBy(before.spans, readAt), begunAt(spans, readAt), readAt) }
    }
    case 'calendar.lost':
      return { ...before, outages: [...before.outages, { from: at, to: null }] }
    case 'calendar.found':
      return { ...before, outages: before.outages.map((outage) => ({ ...outage, to: outage.to ?? event.data.readAt })) }
  }
}

/** What the calendar says of one instant; of several spans each. */
export const calendarAt = (calendar: ImportedCalendar, at: Temporal.Instant): readonly ImportedSpan[] =>
  calendar.spans.filter(({ start, end }) => !later(start, at) && later(end, at))

/** Whether two readings say the same of the time from `from` on, as far as both were read. */
export function sameFrom(
  known: ImportedCalendar,
  spans: readonly ImportedSpan[],
  from: string,
  until: string,
): boolean {
  const to = later(known.until, until) ? until : known.until
  const said = (all: readonly ImportedSpan[]) => JSON.stringify(begunAt(endedBy(all, to), from).map(ordered).sort())
  return said(known.spans) === said(spans)
}

const ordered = ({ title, people, unknown, start, end }: ImportedSpan): string =>
  JSON.stringify([instant(start), instant(end), title, people, unknown])

const instant = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds

const later = (a: string, b: string | Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0

/** What goes on unchanged over the instant between past and future stays one span. */
function joined(past: readonly ImportedSpan[], future: readonly ImportedSpan[], at: string): readonly ImportedSpan[] {
  const about = ({ title, people, unknown }: ImportedSpan) => JSON.stringify([title, people, unknown])
  const open = past.filter(({ end }) => end === at)
  const left = new Set(open)
  const rest = future.map((span) => {
    const begun = span.start === at ? [...left].find((one) => about(one) === about(span)) : undefined
    if (!begun) return span
    left.delete(begun)
    return { ...span, start: begun.start }
  })
  return [...past.filter((span) => span.end !== at || left.has(span)), ...rest].sort(byStart)
}

const byStart = (a: ImportedSpan, b: ImportedSpan): number => instant(a.start) - instant(b.start)

/** The part of spans before an instant. */
const endedBy = (spans: readonly ImportedSpan[], at: string): readonly ImportedSpan[] =>
  spans.filter(({ start }) => later(at, start)).map((span) => (later(span.end, at) ? { ...span, end: at } : span))

/** The part of spans from an instant on. */
const begunAt = (spans: readonly ImportedSpan[], at: string): readonly ImportedSpan[] =>
  spans.filter(({ end }) => later(end, at)).map((span) => (later(at, span.start) ? { ...span, start: at } : span))
