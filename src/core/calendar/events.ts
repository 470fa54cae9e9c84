import type { PersonId } from '../actor.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** What a calendar kept elsewhere says of one stretch of time. Half-open; ISO instants. */
export interface ImportedSpan {
  /** As the calendar has it: untrusted text on one line. */
  readonly title: string
  /** Whom it names, as the configuration knows them. */
  readonly people: readonly PersonId[]
  /** Whom it names and nobody knows. */
  readonly unknown: readonly string[]
  readonly start: string
  readonly end: string
}

/** Streams `calendar/<name>`. */
export type CalendarEvent =
  /** The calendar was read at `readAt` and says something else than before of what is still to come. `until`: how far it was read. */
  | Fact<
      'calendar.imported',
      {
        readonly calendar: string
        readonly readAt: string
        readonly until: string
        readonly spans: readonly ImportedSpan[]
      }
    >
  /** Nobody could read it for longer than its limit; `readAt`: when it was last read, null for never. From now it gives no rights. */
  | Fact<'calendar.lost', { readonly calendar: string; readonly readAt: string | null; readonly code: string }>
  /** It can be read again. */
  | Fact<'calendar.found', { readonly calendar: string; readonly readAt: string }>
