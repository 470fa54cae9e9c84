import { needsOf } from '../core/policy/needs.ts'
import { verdictsNote } from '../view/verdicts.ts'
import type { Input, Reply } from './command.ts'
import { standingFreezes } from './freezes.ts'
import { layersOf } from './plan.ts'
import { policyAt } from './policy.ts'
import type { Scope } from './scope.ts'

/** What was typed, without `--explain`; phones make one long dash of two hyphens. */
export function asked(typed: string): { readonly text: string; readonly explained: boolean } {
  const text = typed.replace(/(?<=^|\s)(?:--|—|–)(?:explain|说明|解释)(?=\s|$)/giu, ' ')
  return { text, explained: text !== typed }
}

/** `/rollback … --explain`: what the rules say of whoever asks, and of who could instead; nothing is begun. */
export async function explain(input: Input, scope: Scope): Promise<Reply> {
  const { world, language } = input
  const { person, standing } = await input.who()
  const { service, environment, targets } = scope
  const now = world.clock.now()
  const policy = policyAt(world, service, environment.name, now)
  const regions = [...new Set(targets.map(({ ref }) => ref.region))]
  const where = { service: service.name, environment: environment.name, regions }
  const facts = {
    policy,
    person,
    standing,
    requester: person,
    needs: needsOf(
      policy,
      layersOf(
        world,
        targets.map((target) => ({ target })),
      ),
    ),
    given: [],
    frozen: standingFreezes(world, where, now).length > 0,
    override: null,
    inIncident: world.desk.openIncidentOf(service.name) !== null,
    inTime: true,
    glassBroken: null,
  }
  const deeds = ['propose', 'approve', 'act-at-once', 'break-glass'] as const
  const id = `${service.name} · ${environment.name}`
  return { view: verdictsNote({ facts, deeds, id }, language), outcome: 'explained' }
}
