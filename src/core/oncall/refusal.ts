import type { PersonId } from '../actor.ts'
import type { Span } from './events.ts'
import type { Change } from './roster.ts'

/** Every expected "no" about who is on call. Closed: the view has words and a next step for each. */
export type OnCallRefusal =
  | { readonly refused: 'schedule-unknown'; readonly id: string; readonly known: readonly string[] }
  /** Nobody outside the schedule and its teams is put on call, or puts others. */
  | { readonly refused: 'not-of-schedule'; readonly person: PersonId; readonly may: readonly PersonId[] }
  /** Whoever only looks over shoulders gives rights to nobody, and least of all to herself. */
  | { readonly refused: 'only-shadow'; readonly person: PersonId; readonly may: readonly PersonId[] }
  | { readonly refused: 'same-person'; readonly person: PersonId }
  | { readonly refused: 'span-empty' }
  | { readonly refused: 'span-past'; readonly to: string }
  /** There is nothing to take over from her. */
  | ({ readonly refused: 'not-on-call'; readonly person: PersonId } & Span)
  /** Taking it over would leave one person less. */
  | ({ readonly refused: 'already-on-call'; readonly person: PersonId } & Span)
  /** Somebody changed the same time already. An override may lie over them when it names them. */
  | { readonly refused: 'overlaps'; readonly changes: readonly Change[] }
  | {
      readonly refused: 'too-little-rest'
      readonly person: PersonId
      readonly restMs: number
      readonly minRestMs: number
      /** Her other shift. */
      readonly shift: Span
    }
  | { readonly refused: 'change-unknown'; readonly id: string; readonly known: readonly string[] }
  | { readonly refused: 'cover-taken'; readonly id: string; readonly by: PersonId }
  /** Only she can agree to it. */
  | { readonly refused: 'swap-not-yours'; readonly id: string; readonly person: PersonId }
  /** Agreed to, declined, withdrawn or not answered in time. */
  | { readonly refused: 'swap-over'; readonly id: string; readonly agreed: boolean }
  /** It is over; what was is not changed. */
  | { readonly refused: 'change-over'; readonly id: string }

export const isOnCallRefusal = (decision: object): decision is OnCallRefusal => 'refused' in decision
