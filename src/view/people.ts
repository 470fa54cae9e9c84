import { asternId, type PersonId } from '../core/actor.ts'
import type { Role } from '../core/policy/policy.ts'
import { onCallOf } from '../core/policy/roles.ts'
import { allOf, anyOf } from '../text/intl.ts'
import type { Text } from '../text/span.ts'
import type { Voice } from './words.ts'

type Roles = Readonly<Record<PersonId, readonly Role[]>>

/** Any one of these people, each with the word of the policy under which she may: `Tom (on call) or Ana (incident commander)`. */
export function peopleText(v: Voice, people: readonly PersonId[], roles: Roles, mention = false): Text {
  if (people.length === 0) return [v.plain('refusal.somebody')]
  return anyOf(v.language)
    .formatToParts(people)
    .flatMap(({ type, value }): Text => {
      if (type !== 'element') return [value]
      const named = { kind: 'person' as const, person: value, mention }
      const as = roleOf(roles[value] ?? [], value)
      return as === null ? [named] : v.say('people.named', { person: [named], role: roleText(v, as) })
    })
}

/** All of these people, mentioned. */
export const mentions = (v: Voice, people: readonly PersonId[]): Text =>
  allOf(v.language)
    .formatToParts(people)
    .map(({ type, value }) => (type === 'element' ? { kind: 'person', person: value, mention: true } : value))

/** The word that says most: on call, then commander, then another team; who is in the service's team needs none. */
function roleOf(roles: readonly Role[], person: PersonId): Role | null {
  const rank = (role: Role): number => {
    if (role === 'on-call') return 0
    if (role === 'commander') return 1
    if (onCallOf(role) !== null) return 2
    return 3
  }
  const telling = roles.filter((role) => role !== 'owners' && role !== person && role !== 'anyone')
  return [...telling].sort((a, b) => rank(a) - rank(b))[0] ?? null
}

/** A word of the policy in the reader's language. */
export function roleText(v: Voice, role: Role): string {
  const service = onCallOf(role)
  if (service !== null) return v.plain('people.on-call-of', { service })
  if (role === 'on-call') return v.plain('people.on-call')
  if (role === 'commander') return v.plain('people.commander')
  if (role === 'owners') return v.plain('people.owners')
  return role
}

/** Whose consent counts no longer, and why. */
export function voidedText(
  v: Voice,
  of: {
    readonly person: PersonId
    readonly why: 'no-longer-allowed' | 'account-lost'
    readonly roles: readonly Role[]
  },
): Text {
  const person = { person: of.person }
  if (of.person === asternId) return v.say('people.voided-automatic', { person })
  if (of.why === 'account-lost') return v.say('people.voided-account', { person })
  const role = roleOf(of.roles, of.person)
  if (role === 'on-call' || (role !== null && onCallOf(role) !== null)) return v.say('people.voided-shift', { person })
  return v.say('people.voided-right', { person })
}
