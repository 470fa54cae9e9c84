import type { PersonId } from '../actor.ts'
import type { Schedule } from './schedule.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** Half-open; ISO instants. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** Stream `schedule/<id>`. An event counts from the instant it was recorded; nothing before that ever changes. */
export type OnCallEvent =
  /** A load of the configuration defined the schedule differently than before; null: it is gone. */
  | Fact<'schedule.changed', { readonly schedule: string; readonly definition: Schedule | null }>
  /** `person` is on call instead of `instead`, or of everybody. `over`: earlier ones that it knowingly covers. */
  | Fact<
      'oncall.overridden',
      Span & {
        readonly id: string
        readonly schedule: string
        readonly person: PersonId
        readonly instead: PersonId | null
        readonly over: readonly string[]
        /** Although she had too little rest. */
        readonly anyway: boolean
        readonly by: PersonId
        readonly reason: string | null
      }
    >
  /** What `first.person` has in her span becomes `second.person`'s, and the other way round. */
  | Fact<
      'oncall.swapped',
      {
        readonly id: string
        readonly schedule: string
        readonly first: Span & { readonly person: PersonId }
        readonly second: Span & { readonly person: PersonId }
        readonly by: PersonId
        readonly reason: string | null
      }
    >
  /** Changes nothing until `second.person` agrees; nobody can any more from `expiresAt` on. */
  | Fact<
      'oncall.swap-asked',
      {
        readonly id: string
        readonly schedule: string
        readonly first: Span & { readonly person: PersonId }
        readonly second: Span & { readonly person: PersonId }
        readonly by: PersonId
        readonly reason: string | null
        readonly expiresAt: string
      }
    >
  /** She did not agree; null: nobody answered in time. */
  | Fact<
      'oncall.swap-closed',
      {
        readonly id: string
        readonly schedule: string
        readonly person: PersonId | null
        readonly askedBy: PersonId
      }
    >
  /** Changes nothing until somebody takes it. */
  | Fact<
      'oncall.cover-asked',
      Span & {
        readonly id: string
        readonly schedule: string
        readonly person: PersonId
        readonly reason: string | null
      }
    >
  | Fact<'oncall.cover-taken', { readonly id: string; readonly schedule: string; readonly person: PersonId }>
  /** An override, swap or request for cover no longer counts, from now on. */
  | Fact<'oncall.withdrawn', { readonly id: string; readonly schedule: string; readonly by: PersonId }>
  /** Stream `hand-off/<schedule>`. Others are on call from `at` on; `to` may be nobody. Recorded once for each such instant. */
  | Fact<
      'oncall.handed-off',
      {
        readonly schedule: string
        readonly at: string
        readonly from: readonly PersonId[]
        readonly to: readonly PersonId[]
      }
    >
