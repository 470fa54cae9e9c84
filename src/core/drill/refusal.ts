import type { PersonId } from '../actor.ts'
import type { Wording } from '../wording.ts'

/** Every expected "no" about planning, starting and stopping drills. */
export type DrillRefusal =
  | { readonly refused: 'drill-unknown'; readonly word: string; readonly known: readonly string[] }
  | { readonly refused: 'may-not-drill'; readonly scenario: string; readonly may: readonly PersonId[] }
  | { readonly refused: 'drill-under-way'; readonly id: string }
  | { readonly refused: 'drill-busy'; readonly at: string; readonly why: Wording; readonly scenario: string }
  | { readonly refused: 'drill-night'; readonly at: string; readonly zone: string }
  | { readonly refused: 'drill-past'; readonly at: string }
  /** `word`: what is no time; `example`: a line that works. */
  | { readonly refused: 'drill-when'; readonly word: string; readonly example: string }
  | { readonly refused: 'drill-no-day'; readonly scenario: string }
  | { readonly refused: 'drill-over'; readonly id: string }
