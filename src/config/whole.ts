import type { Account } from '../core/actor.ts'
import { canonicalJson } from '../core/canonical.ts'
import { nearest } from '../core/nearest.ts'
import { onCall } from './names.ts'
import type { Parts } from './parts.ts'
import { everOf, ruleOf, unapprovable } from './policies.ts'
import { type Path, pathText, type Report } from './problem.ts'
import type { WrittenService } from './shape/service.ts'
import type { Written } from './written.ts'

/** What only shows when all is looked at together. */
export function checkWhole(written: Written, parts: Parts, report: Report): void {
  accountsTwice(written, report)
  targetsTwice(parts, report)
  for (const [name, service] of written.services) {
    environments(name, service, report)
    const self = service.dependsOn.indexOf(name)
    if (self >= 0)
      report({ path: ['services', name, 'dependsOn', self], message: 'a service does not depend on itself' })
  }
  policies(written, report)
  approvers(written, report)
}

function accountsTwice(written: Written, report: Report): void {
  const seen = new Map<string, string>()
  for (const [person, { accounts }] of written.people) {
    for (const [index, account] of accounts.entries()) {
      const key = accountKey(account)
      const other = seen.get(key)
      const path = ['people', person, 'accounts', index]
      if (other !== undefined)
        report({ path, message: `this account is already ${other}'s; an account is one person's` })
      seen.set(key, other ?? person)
    }
  }
}

export const accountKey = ({ chat, tenant, user }: Account): string => canonicalJson({ chat, tenant, user })

function targetsTwice(parts: Parts, report: Report): void {
  const seen = new Map<string, string>()
  for (const { id, ref, connection, unit } of parts.targets.values()) {
    const key = canonicalJson([connection, unit])
    const other = seen.get(key)
    const path = [
      'services',
      ref.service,
      'environments',
      ref.environment,
      'regions',
      ref.region,
      'targets',
      ref.target,
    ]
    if (other !== undefined) report({ path, message: `is the same thing as ${other}; a target belongs to one service` })
    seen.set(key, other ?? id)
  }
}

function environments(name: string, service: WrittenService, report: Report): void {
  const path: Path = ['services', name, 'environments']
  const all = Object.entries(service.environments)
  const defaults = all.filter(([, environment]) => environment.default)
  if (all.length > 1 && defaults.length !== 1) {
    const which = defaults.length === 0 ? 'none has' : `${defaults.map(([key]) => key).join(' and ')} have`
    report({ path, message: `exactly one of several environments must have default: true, but ${which} it` })
  }
  for (const [environment, { regions }] of all) {
    for (const region of Object.keys(regions)) {
      if (!Object.hasOwn(service.environments, region)) continue
      const at = [...path, environment, 'regions', region]
      report({ path: at, message: 'an environment has the same name; `in` could not tell them apart', on: 'key' })
    }
  }
}

/** What a tier may not say, and environments that it speaks of and that there are not. */
function policies(written: Written, report: Report): void {
  const names = [...new Set([...written.services.values()].flatMap((service) => Object.keys(service.environments)))]
  for (const [tier, policy] of written.policies) {
    const path: Path = ['policies', tier]
    const rules = [{ path, rule: policy }, ...overrides(policy.environments, path)]
    for (const { path: at, rule } of rules) {
      if (tier === 'critical' && rule.human === false)
        report({ path: [...at, 'human'], message: 'a critical service is never rolled back without a person' })
    }
    for (const environment of Object.keys(policy.environments)) {
      if (names.length === 0 || names.includes(environment)) continue
      const suggestion = nearest(environment, names, 1)[0]
      const message = `no service has an environment ${JSON.stringify(environment)}`
      report({ path: [...path, 'environments', environment], message, suggestion, on: 'key' })
    }
  }
}

const overrides = <Rule>(environments: Readonly<Record<string, Rule>>, path: Path) =>
  Object.entries(environments).map(([environment, rule]) => ({ path: [...path, 'environments', environment], rule }))

/** Every service must be one whose rollback can be approved: told once for all services of which the same is wrong. */
function approvers(written: Written, report: Report): void {
  const everybody = [...written.people.keys()]
  const told = new Set<string>()
  for (const [name, service] of written.services) {
    for (const environment of Object.keys(service.environments)) {
      const rule = ruleOf(written, service.tier, environment)
      const ever = rule && everOf(written, rule, name, service)
      const why = ever && unapprovable(ever, everybody)
      const overridden = written.policies.get(service.tier)?.environments[environment] !== undefined
      const where = pathText(['policies', service.tier, ...(overridden ? ['environments', environment] : [])])
      const key = pathText([where, service.team, why ?? ''])
      if (!why || told.has(key)) continue
      told.add(key)
      const vacant = rule.approve.includes(onCall) && ever.approve.length === 0
      const more = vacant ? `; nobody is ever on call for ${name}` : ''
      const message = `no rollback could be approved under ${where}: ${why}${more}`
      report({ path: ['services', name, 'tier'], message })
    }
  }
}
