import type { PersonId } from '../actor.ts'
import type { Wording } from '../wording.ts'

/** A rollback that nobody asked for, as it is told before: it begins at `dueAt` unless somebody stops it. */
export interface AutomaticDue {
  readonly service: string
  readonly environment: string
  /** To be set back, as looks name them: with the target where a region has several. */
  readonly regions: readonly string[]
  /** The suspect, and what it is to go back to; versions as people name them, and the key of the candidate in these regions. */
  readonly from: string
  readonly to: string
  readonly candidate: string
  /** Why the suspect is one. */
  readonly why: readonly Wording[]
  /** Where the configuration allows it: `policies.low.automatic`. */
  readonly line: string
  readonly afterMs: number
  /** ISO instant. */
  readonly dueAt: string
  /** Where in the ledger the judgement stands that it goes by. */
  readonly suspicion: number
}

/** Why it does not begin. Closed: the view has words and what is to be done by hand for each. */
export const automaticStops = [
  /** Somebody stopped it, or rolls back herself. */
  'hand',
  'human-proposed',
  'closed',
  /** Nothing fires any more in a region that was to be set back, as far as its source tells. */
  'resolved',
  /** The judgement is another one: not certain any more, or of another release. */
  'doubt',
  'other-suspect',
  /** It burns elsewhere as well, or nobody could have stopped it for a while: it is told anew, and the time begins again. */
  'spread',
  'late',
  'freeze',
  'policy',
  /** What runs there cannot be set back without a person: its migrations, its layer, what its adapter can. */
  'capability',
  /** Another rollback holds it. */
  'locked',
  /** Another version runs there now; what it was to go back to is not offered any more; something stands in its way. */
  'moved',
  'candidate',
  'blocked',
  /** What runs there could not be looked at; no chat took the announcement. */
  'not-seen',
  'untold',
  /** Astern went back from this release by itself before. */
  'once',
] as const
export type AutomaticStop = (typeof automaticStops)[number]

/** One countdown. */
export interface Automatic extends AutomaticDue {
  /** Where in the ledger it stands, and when it began. */
  readonly position: number
  readonly at: string
  readonly stopped: { readonly person: PersonId | null; readonly why: AutomaticStop; readonly at: string } | null
  readonly rollback: string | null
}

/** The countdown that runs; null where none does. */
export function counting({
  automatic,
  closed,
}: {
  readonly automatic: readonly Automatic[]
  readonly closed: object | null
}): Automatic | null {
  const last = automatic.at(-1)
  return last && !closed && !last.stopped && last.rollback === null ? last : null
}
