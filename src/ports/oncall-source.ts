import type { Notice } from '../core/release/release.ts'

/** A stretch of time that a calendar names. Half-open: it begins at `start` and is over at `end` (ISO instants). */
export interface CalendarSpan {
  /** As the calendar has it, on one line: `On Call - Mei Lin - Payments`, `Year-end freeze`. */
  readonly title: string
  /** Whom it names: one entry for each person, with every way the calendar writes her, the surest (an address) first. */
  readonly named: readonly (readonly string[])[]
  readonly start: string
  readonly end: string
}

export interface Calendar {
  /** All that touch the window, by start; whole, not cut at the window's ends. */
  readonly spans: readonly CalendarSpan[]
  /** What had to be left out or could be read in two ways: told by the doctor, never guessed away. */
  readonly notices: readonly Notice[]
}

export interface CalendarWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** A calendar that is kept elsewhere: of who is on call, or of when nothing may be released. */
export interface OnCallSource {
  /**
   * The calendar as it is there now. One broken entry costs itself only. Fault `calendar.…`, retry `yes` or `no`, when the calendar
   * cannot be had or is none: never a part of it, never an empty one instead.
   */
  read(window: CalendarWindow, signal: AbortSignal): Promise<Calendar>
}
