import type { PersonId } from '../core/actor.ts'
import { durationMs } from '../core/duration.ts'
import type { Automatic, Policy, PolicyRule } from '../core/policy/policy.ts'
import { isOnCall, onCallOf, policyOf } from '../core/policy/roles.ts'
import { anyone, commander, owners } from './names.ts'
import { type Path, pathText } from './problem.ts'
import { scheduleOf } from './schedules.ts'
import type { Tier } from './shape/people.ts'
import type { WrittenService } from './shape/service.ts'
import type { Written } from './written.ts'

/** The rule of a tier in an environment. Null when something it names was not valid. */
export function ruleOf(written: Written, tier: Tier, environment: string): PolicyRule | null {
  const policy = written.policies.get(tier)
  if (!policy) return null
  const { environments, incident, ...general } = policy
  const rule = { ...general, ...withoutUndefined(environments[environment] ?? {}) }
  const also = Object.values(rule.also)
  if (![rule.propose, rule.approve, rule.breakGlass, ...also].flat().every((role) => valid(written, role))) return null
  return {
    tier,
    environment,
    propose: rule.propose,
    approve: rule.approve,
    approvals: rule.approvals,
    fourEyes: rule.fourEyes,
    expiresAfterMs: durationMs(rule.expiresAfter) ?? 0,
    incident,
    also: rule.also,
    emergency: rule.emergency === 'allowed',
    breakGlass: rule.breakGlass,
    human: rule.human,
    ...automaticOf(rule.automatic, pathText(automaticPath(tier, environments[environment]?.automatic && environment))),
  }
}

/** Where the configuration says whether Astern may go back by itself. */
export const automaticPath = (tier: Tier, environment: string | undefined): Path => [
  'policies',
  tier,
  ...(environment === undefined ? [] : ['environments', environment]),
  'automatic',
]

const automaticOf = (written: 'never' | { readonly after: string }, line: string): { automatic?: Automatic } =>
  written === 'never' ? {} : { automatic: { afterMs: durationMs(written.after) ?? 0, line } }

const withoutUndefined = <Part extends object>(part: Part) =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    readonly [Key in keyof Part]?: Exclude<Part[Key], undefined>
  }

function valid(written: Written, role: string): boolean {
  const service = onCallOf(role)
  if (service !== null) return written.services.has(service)
  return (
    [owners, anyone, commander].includes(role) || isOnCall(role) || written.people.has(role) || written.teams.has(role)
  )
}

/** A rule with everybody in it who could ever stand behind its words. Null when the service's team was not valid. */
export function everOf(written: Written, rule: PolicyRule, name: string, service: WrittenService): Policy | null {
  const team = written.teams.get(service.team)
  if (!team) return null
  return policyOf(rule, {
    owners: team.members,
    commander: team.commander ?? null,
    team: (other) => written.teams.get(other)?.members ?? null,
    onCall: (other) => ({ people: everOnCall(written, other ?? name), certain: true }),
  })
}

/** Everybody who could ever be on call for a service: the people of its schedule; a calendar could name anybody. */
function everOnCall(written: Written, name: string): readonly PersonId[] {
  const service = written.services.get(name)
  const schedule = written.schedules.get(service?.onCall ?? written.teams.get(service?.team ?? '')?.onCall ?? '')
  if (!schedule) return []
  if (schedule.feed !== undefined) return [...written.people.keys()]
  const { layers, temporary } = scheduleOf(name, schedule)
  const all = [...layers, ...temporary.flatMap((one) => one.layers)].filter(({ shadow }) => !shadow)
  return [...new Set(all.flatMap(({ turns }) => turns.flat()))]
}

/** Why nothing could ever be approved under this policy; null when it could. */
export function unapprovable(policy: Policy, everybody: readonly PersonId[]): string | null {
  const { approvals, approve, also } = policy
  const [none] = Object.entries(also).find(([, people]) => people.length === 0) ?? []
  if (none !== undefined) return `nobody may give the consent that ${none} needs`
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
