import type { PersonId } from '../actor.ts'
import type { Needs } from './needs.ts'
import type { Policy } from './policy.ts'
import { answerFor, mayPropose } from './verdict.ts'

/** Whether a policy lets Astern roll back with nobody consenting: never what is critical, never where a human is wanted. */
export const mayActAlone = ({ automatic, human, tier }: Policy): boolean =>
  automatic !== null && !human && tier !== 'critical'

/** The same for one plan: a kind of step that wants a consent of its own is a human's. */
export const mayRunAlone = (policy: Policy, needs: Needs): boolean => mayActAlone(policy) && needs.kinds.length === 0

/** Whoever could start it, approve it or answers for the service may stop what nobody asked for. */
export const mayStop = (policy: Policy, person: PersonId): boolean =>
  mayPropose(policy, person) || answerFor(policy).includes(person)

/** Those of them that have a name in the policy. */
export const whoMayStop = (policy: Policy): readonly PersonId[] => [
  ...new Set([
    ...(policy.propose === 'anyone' ? [] : policy.propose),
    ...policy.emergency,
    ...policy.breakGlass,
    ...answerFor(policy),
  ]),
]
