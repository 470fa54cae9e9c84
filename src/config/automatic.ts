import type { Parts } from './parts.ts'
import { automaticPath, ruleOf } from './policies.ts'
import type { Path, Report } from './problem.ts'
import type { Tier } from './shape/people.ts'
import type { WrittenService } from './shape/service.ts'
import type { Written } from './written.ts'

/** Where a policy lets Astern go back by itself although it must not, and where it never could. */
export function checkAutomatic(written: Written, parts: Parts, report: Report): void {
  for (const [tier, policy] of written.policies) {
    const path: Path = ['policies', tier]
    const overrides = Object.entries(policy.environments)
    const rules = [
      { at: path, rule: policy, own: true },
      ...overrides.map(([name, rule]) => ({
        at: [...path, 'environments', name],
        rule: { automatic: rule.automatic ?? policy.automatic, human: rule.human ?? policy.human },
        own: rule.automatic !== undefined || rule.human !== undefined,
      })),
    ]
    for (const { at, rule, own } of rules) {
      if (!own || rule.automatic === 'never') continue
      const place = [...at, 'automatic']
      if (tier === 'critical')
        report({ path: place, message: 'a critical service is never rolled back without a person', on: 'key' })
      else if (rule.human) {
        const message =
          'with human: true nothing runs without the consent of a person: say human: false here too, or automatic: never'
        report({ path: place, message, on: 'key' })
      }
    }
    if (tier !== 'critical') idle(written, parts, tier, report)
  }
}

/** One that could act for no service at all was meant otherwise. */
function idle(written: Written, parts: Parts, tier: Tier, report: Report): void {
  const policy = written.policies.get(tier)
  const told = [...written.services]
    .filter(([, service]) => service.tier === tier)
    .flatMap(([name, service]) =>
      Object.keys(service.environments).flatMap((environment) => {
        const { automatic = null, human = true } = ruleOf(written, service.tier, environment) ?? {}
        if (!automatic || human) return []
        const path = automaticPath(service.tier, policy?.environments[environment]?.automatic && environment)
        return [{ line: automatic.line, path, why: whyNever(written, parts, name, service, environment) }]
      }),
    )
  for (const all of Map.groupBy(told, ({ line }) => line).values()) {
    const [first] = all
    if (!first?.why || all.some(({ why }) => why === null)) continue
    report({ path: first.path, message: `Astern could never go back by itself: ${first.why}`, on: 'key' })
  }
}

function whyNever(
  written: Written,
  parts: Parts,
  name: string,
  service: WrittenService,
  environment: string,
): string | null {
  const chats = [...parts.chats.values()].map(({ raw }) => raw as { readonly alertApps?: readonly unknown[] })
  const posted = written.alertSources.size > 0 || chats.some(({ alertApps = [] }) => alertApps.length > 0)
  const regions = Object.values(service.environments[environment]?.regions ?? {})
  if (!posted && service.watch.length === 0 && regions.every(({ watch }) => watch.length === 0))
    return `nothing tells alerts of ${name}; configure alertSources, or a watch of it`
  if (Object.keys(service.channels).length === 0)
    return `${name} has no channel where somebody could hear of it and stop it`
  if (service.migrations !== 'none' && service.migrations !== 'reversible')
    return `${name} does not say migrations: none or reversible, so that nobody knows whether an older version fits`
  const targets = [...parts.targets.values()].filter(
    ({ ref }) => ref.service === name && ref.environment === environment,
  )
  const hard = targets.find(({ connection }) => {
    const adapter = parts.connections.get(connection)?.adapter
    return adapter && (adapter.layer !== undefined || !adapter.can.preview || !adapter.can.undo)
  })
  return hard ? `what ${hard.connection} changes needs a person's consent, or cannot be undone` : null
}
