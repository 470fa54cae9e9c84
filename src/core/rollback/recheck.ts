import type { PersonId } from '../actor.ts'
import { mayActAlone } from '../policy/automatic.ts'
import { countsOf } from '../policy/needs.ts'
import type { Policy } from '../policy/policy.ts'
import { mayPropose } from '../policy/verdict.ts'
import type { RollbackEvent } from './events.ts'
import { inFlight, type Rollback } from './state.ts'

/** Before the first effect: whose consent no longer counts, by the configuration, the rotation and the ledger of this moment. */
export function recheck(
  state: Rollback,
  policy: Policy,
  /** Whether a chat said after a position that an account of hers was deactivated or demoted. */
  lost: (person: PersonId, since: number) => boolean,
): readonly RollbackEvent[] {
  if (state.phase !== 'approved' || inFlight(state).length > 0) return []
  const consents: { person: PersonId; since: number; still: boolean }[] = state.approvals.map(
    ({ person, position }) => ({
      person,
      since: position,
      still: countsOf(policy, person).length > 0 && !(policy.fourEyes && person === state.requester),
    }),
  )
  const { atOnce, glass, requester, automatic } = state
  if (automatic) consents.push({ person: requester, since: state.proposedPosition, still: mayActAlone(policy) })
  if (atOnce)
    consents.push({ person: atOnce.person, since: atOnce.position, still: policy.emergency.includes(atOnce.person) })
  if (glass?.counts)
    consents.push({ person: glass.person, since: glass.position, still: policy.breakGlass.includes(glass.person) })
  // Nobody else had to agree: her own right is all there is.
  if (consents.length === 0)
    consents.push({ person: requester, since: state.proposedPosition, still: mayPropose(policy, requester) })
  return consents.flatMap(({ person, since, still }): RollbackEvent[] => {
    const why = lost(person, since) ? 'account-lost' : still ? null : 'no-longer-allowed'
    return why ? [{ type: 'rollback.approval-voided', v: 1, data: { person, why } }] : []
  })
}
