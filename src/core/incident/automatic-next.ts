import { releaseKey, type Suspected } from '../alert/suspected.ts'
import { mayActAlone } from '../policy/automatic.ts'
import type { Policy } from '../policy/policy.ts'
import { type Automatic, type AutomaticStop, counting } from './automatic.ts'
import type { Incident } from './state.ts'

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
