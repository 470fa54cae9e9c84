import type { PersonId } from '../actor.ts'
import type { Policy, PolicyRule, Role } from './policy.ts'

/** What stands behind the words of a rule at one instant. */
export interface RoleFacts {
  readonly owners: readonly PersonId[]
  readonly commander: PersonId | null
  /** Null: there is no team of this name. */
  team(name: string): readonly PersonId[] | null
  /** Who is on call for a service, for this one where null. `certain`: what it was read from is not too old. */
  onCall(service: string | null): { readonly people: readonly PersonId[]; readonly certain: boolean }
}

const onCall = 'on-call'
/** `on-call:<service>` for a role that names another service; else null. */
export const onCallOf = (role: Role): string | null =>
  role.startsWith(`${onCall}:`) ? role.slice(onCall.length + 1) : null
export const isOnCall = (role: Role): boolean => role === onCall || onCallOf(role) !== null

/** The people behind words of a policy; `urgent`: whoever is on call counts only where that is certain. */
export function peopleBehind(roles: readonly Role[], facts: RoleFacts, urgent = false): readonly PersonId[] {
  return [...new Set(roles.flatMap((role) => behind(role, facts, urgent)))]
}

function behind(role: Role, facts: RoleFacts, urgent: boolean): readonly PersonId[] {
  if (isOnCall(role)) {
    const { people, certain } = facts.onCall(onCallOf(role))
    return urgent && !certain ? [] : people
  }
  if (role === 'owners') return facts.owners
  if (role === 'commander') return facts.commander === null ? [] : [facts.commander]
  return facts.team(role) ?? [role]
}

/** A rule with its roles resolved to people. */
export function policyOf(rule: PolicyRule, facts: RoleFacts): Policy {
  const known = new Map<PersonId, Set<Role>>()
  const people = (roles: readonly Role[], urgent = false): readonly PersonId[] => {
    const all = roles.flatMap((role) => {
      const found = behind(role, facts, urgent)
      for (const person of found) if (person !== role) known.set(person, (known.get(person) ?? new Set()).add(role))
      return found
    })
    return [...new Set(all)]
  }
  const { tier, environment, approvals, fourEyes, expiresAfterMs, incident, human } = rule
  const resolved = {
    tier,
    environment,
    propose: rule.propose.includes('anyone') ? ('anyone' as const) : people(rule.propose),
    approve: people(rule.approve),
    approvals,
    fourEyes,
    expiresAfterMs,
    incident,
    also: Object.fromEntries(Object.entries(rule.also).map(([kind, roles]) => [kind, people(roles)])),
    emergency: rule.emergency ? people([onCall], true) : [],
    breakGlass: people(rule.breakGlass, true),
    human,
    automatic: rule.automatic ?? null,
    owners: facts.owners,
    commander: facts.commander,
  }
  return { ...resolved, roles: Object.fromEntries([...known].map(([person, roles]) => [person, [...roles]])) }
}
