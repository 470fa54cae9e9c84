import type { PersonId } from '../actor.ts'
import type { Freeze } from '../freeze/freeze.ts'
import type { Frozen } from '../freeze/refusal.ts'
import { missing } from '../policy/needs.ts'
import type { Role, Standing } from '../policy/policy.ts'
import { answerFor, type Facts, type Verdict } from '../policy/verdict.ts'
import type { Notice } from '../release/release.ts'
import type { Outcome, Phase } from './state.ts'

/** Under which words of the policy people stand in it. */
type Roles = Readonly<Record<PersonId, readonly Role[]>>

/** Every expected "no" about a rollback. Closed: the view has words and a next step for each. */
export type Refusal =
  | { readonly refused: 'unknown-person' }
  | { readonly refused: 'standing'; readonly standing: Standing; readonly approvers: readonly PersonId[] }
  | { readonly refused: 'may-not-propose'; readonly may: readonly PersonId[]; readonly roles: Roles }
  | { readonly refused: 'needs-a-person'; readonly may: readonly PersonId[] }
  | Frozen
  | { readonly refused: 'no-reason' }
  | { readonly refused: 'locked'; readonly target: string; readonly rollback: string; readonly by: PersonId }
  | { readonly refused: 'blocked'; readonly blockers: readonly (Notice & { readonly region: string })[] }
  | { readonly refused: 'nothing-to-do'; readonly version: string }
  | { readonly refused: 'nobody-approves' }
  | { readonly refused: 'not-an-approver'; readonly approvers: readonly PersonId[]; readonly roles: Roles }
  | {
      readonly refused: 'self-approval'
      readonly tier: string
      readonly approvers: readonly PersonId[]
      readonly roles: Roles
      /** What the policy leaves to her, nobody else consenting. */
      readonly ways: readonly ('act-at-once' | 'break-glass')[]
    }
  | { readonly refused: 'already-approved'; readonly by: PersonId }
  /** There is enough consent of the kind she could give. */
  | {
      readonly refused: 'second-kind'
      readonly kinds: readonly string[]
      readonly approvers: readonly PersonId[]
      readonly roles: Roles
    }
  /** `may`: who could; nobody where the policy gives that right to nobody, or it is not known who is on call. */
  | { readonly refused: 'not-at-once'; readonly tier: string; readonly may: readonly PersonId[]; readonly roles: Roles }
  | { readonly refused: 'own-review'; readonly may: readonly PersonId[]; readonly roles: Roles }
  | { readonly refused: 'not-a-reviewer'; readonly may: readonly PersonId[]; readonly roles: Roles }
  | { readonly refused: 'no-review'; readonly by: PersonId | null }
  | { readonly refused: 'no-glass'; readonly tier: string; readonly may: readonly PersonId[]; readonly roles: Roles }
  | { readonly refused: 'plan-differs' }
  | { readonly refused: 'expired'; readonly at: string }
  | {
      readonly refused: 'not-waiting'
      readonly phase: Phase
      readonly outcome: Outcome | null
      readonly by: PersonId | null
    }
  | { readonly refused: 'not-running'; readonly outcome: Outcome | null }
  /** A drill tells alerts there and breaks nothing: what would be set back is real. */
  | { readonly refused: 'drill-alerts'; readonly drill: string; readonly service: string }
  | { readonly refused: 'already-aborting'; readonly by: PersonId }
  /** She has no part in what goes back by itself. */
  | { readonly refused: 'may-not-stop'; readonly may: readonly PersonId[]; readonly roles: Roles }
  /** It is not to be stopped any more: it began. */
  | { readonly refused: 'automatic-acted'; readonly rollback: string }

export const isRefusal = (decision: object): decision is Refusal => 'refused' in decision

/** A verdict's "no" in the words that a refusal is told with. */
export function refusalOf(
  { rule, instead }: Extract<Verdict, { allowed: false }>,
  { policy, standing, person, needs, given, glassBroken }: Facts,
  frozen: { readonly freezes: readonly Freeze[]; readonly service: string } = { freezes: [], service: '' },
): Refusal {
  const { people } = instead
  const { roles, tier } = policy
  switch (rule) {
    case 'known-people':
      return { refused: 'unknown-person' }
    case 'members-only':
      return { refused: 'standing', standing, approvers: people }
    case 'propose':
      return { refused: 'may-not-propose', may: people, roles }
    case 'human':
      return { refused: 'needs-a-person', may: people }
    case 'freeze':
      return { refused: 'frozen', ...frozen, may: answerFor(policy) }
    case 'four-eyes': {
      const ways = instead.ways.filter((way) => way === 'act-at-once' || way === 'break-glass')
      return { refused: 'self-approval', tier, approvers: people, roles, ways }
    }
    case 'once-each':
      return { refused: 'already-approved', by: person ?? '' }
    case 'second-kind':
    case 'enough':
      return { refused: 'second-kind', kinds: missing(needs, given).kinds, approvers: people, roles }
    case 'act-at-once':
      return { refused: 'not-at-once', tier, may: people, roles }
    case 'review':
      return { refused: person === glassBroken ? 'own-review' : 'not-a-reviewer', may: people, roles }
    case 'break-glass':
      return { refused: 'no-glass', tier, may: people, roles }
    default:
      return { refused: 'not-an-approver', approvers: people, roles }
  }
}
