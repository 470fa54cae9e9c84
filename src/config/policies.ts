import type { PersonId } from '../core/actor.ts'
import { durationMs } from '../core/duration.ts'
import type { Policy } from '../core/policy/policy.ts'
import { anyone, owners } from './names.ts'
import type { Tier } from './shape/people.ts'
import type { Written } from './written.ts'

/** The rule of a tier for a service of this team, with names resolved to people. Null when something it names was not valid. */
export function policyOf(written: Written, tier: Tier, team: string): Policy | null {
  const policy = written.policies.get(tier)
  const valid = (name: string) =>
    written.people.has(name) || written.teams.has(name) || name === owners || name === anyone
  if (!policy || !written.teams.has(team) || ![...policy.propose, ...policy.approve].every(valid)) return null
  return {
    tier,
    propose: policy.propose.includes(anyone) ? anyone : people(written, policy.propose, team),
    approve: people(written, policy.approve, team),
    approvals: policy.approvals,
    fourEyes: policy.fourEyes,
    expiresAfterMs: durationMs(policy.expiresAfter) ?? 0,
    incident: policy.incident,
  }
}

/** The people that names of people and teams and the word for owners stand for, each once. */
function people(written: Written, names: readonly string[], team: string): PersonId[] {
  const members = (name: string): readonly string[] => written.teams.get(name)?.members ?? []
  return [
    ...new Set(
      names.flatMap((name) => (name === owners ? members(team) : written.teams.has(name) ? members(name) : [name])),
    ),
  ]
}

/** Why nothing could ever be approved under this policy; null when it could. */
export function unapprovable(policy: Policy, everybody: readonly PersonId[]): string | null {
  const { approvals, approve } = policy
  if (approvals === 0) return null
  if (approve.length === 0) return 'nobody may approve'
  if (approve.length < approvals) return `${approvals} must approve, but only ${listed(approve)} may`
  if (!policy.fourEyes || approve.length > approvals) return null
  const requesters = policy.propose === 'anyone' ? everybody : policy.propose
  const both = approve.find((person) => requesters.includes(person))
  if (both === undefined) return null
  const others = approve.filter((person) => person !== both)
  const rest = others.length === 0 ? 'nobody else may' : `only ${listed(others)} may then`
  return `with fourEyes, ${both} cannot approve what ${both} asks for: ${approvals} must approve, but ${rest}`
}

const listed = (people: readonly PersonId[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(people)
