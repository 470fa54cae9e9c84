import type { PersonId } from '../actor.ts'
import { releaseKey, type Suspected } from '../alert/suspected.ts'
import { mayActAlone } from '../policy/automatic.ts'
import type { Policy } from '../policy/policy.ts'
import type { Wording } from '../wording.ts'
import type { Incident } from './state.ts'

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
export function counting({ automatic, closed }: Pick<Incident, 'automatic' | 'closed'>): Automatic | null {
  const last = automatic.at(-1)
  return last && !closed && !last.stopped && last.rollback === null ? last : null
}

/** What must be known at the moment. */
export interface AutomaticFacts {
  /** Of the suspect, as it stands now; null where its service is gone. */
  readonly policy: Policy | null
  /** Every region that is to be set back still burns, by the word of its source. */
  readonly burns: boolean
  readonly frozen: boolean
  readonly capable: boolean
  readonly locked: boolean
}

export type AutomaticNext =
  | { readonly do: 'nothing' | 'start' | 'act' }
  | { readonly do: 'wait'; readonly until: string }
  | { readonly do: 'stop'; readonly why: AutomaticStop }
  /** To be told anew, with the whole time before it. */
  | { readonly do: 'renew'; readonly why: 'spread' | 'late' }

/** Only soon after the judgement: later people are at it, and nothing comes out of the blue. */
const startWithinMs = 5 * 60_000
/** Who begins later than this was away, and so was the button that stops it. */
const lateMs = 15_000

/** Pure: what is to be done about an incident at an instant, as far as the ledger and the configuration tell. */
export function nextAutomatic(incident: Incident, facts: AutomaticFacts, now: string): AutomaticNext {
  const count = counting(incident)
  const why = reasonAgainst(incident, facts, count)
  if (!count) return why === null && mayStart(incident, now) ? { do: 'start' } : { do: 'nothing' }
  if (why !== null) return { do: 'stop', why }
  if (incident.suspected?.position !== count.suspicion) return { do: 'renew', why: 'spread' }
  const lateByMs = msOf(now) - msOf(count.dueAt)
  if (lateByMs < 0) return { do: 'wait', until: count.dueAt }
  return lateByMs > lateMs ? { do: 'renew', why: 'late' } : { do: 'act' }
}

/** A real incident that an alert opened and that lives in a chat; nothing was tried there yet, by nobody. */
const mayStart = ({ cause, drill, closed, rooms, automatic, suspected }: Incident, now: string): boolean =>
  cause === 'alert' &&
  drill === null &&
  !closed &&
  rooms.length > 0 &&
  automatic.length === 0 &&
  suspected !== null &&
  msOf(now) - msOf(suspected.at) <= startWithinMs

function reasonAgainst(incident: Incident, facts: AutomaticFacts, count: Automatic | null): AutomaticStop | null {
  const { closed, rollbacks, suspected, service } = incident
  if (closed) return 'closed'
  if (rollbacks.length > 0) return 'human-proposed'
  if (!facts.policy || !mayActAlone(facts.policy)) return 'policy'
  const [first] = suspected?.suspects ?? []
  if (
    !suspected ||
    !first ||
    (count && releaseKey(first) !== releaseKey({ service: count.service, version: count.from }))
  )
    return 'other-suspect'
  if (!isCertain(suspected, service)) return 'doubt'
  if (!suspected.chosen?.candidate) return 'candidate'
  if (!facts.capable) return 'capability'
  if (facts.locked) return 'locked'
  if (facts.frozen) return 'freeze'
  return facts.burns ? null : 'resolved'
}

/** The release of the very service that burns, nothing speaks against it, nothing else is as likely, nothing was left out. */
export function isCertain({ suspects, symptom, blind = [] }: Suspected, service: string): boolean {
  const [first, ...others] = suspects
  if (!first || first.service !== service || symptom.service !== service) return false
  return blind.length === 0 && first.doubts.length === 0 && !others.some((one) => one.doubts.length === 0)
}

const msOf = (at: string): number => Temporal.Instant.from(at).epochMilliseconds
