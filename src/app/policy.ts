import type { Service } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import type { Policy } from '../core/policy/policy.ts'
import { policyOf } from '../core/policy/roles.ts'
import { waitingFor } from '../core/rollback/decide.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { onCallFor } from './on-call.ts'
import type { World } from './world.ts'

/** A service's rule in an environment as it stands at an instant: its roles resolved to the people who hold them then. */
export function policyAt(
  world: Pick<World, 'config' | 'desk'>,
  service: Service,
  environment: string,
  at: Temporal.Instant,
): Policy {
  const config = world.config()
  return policyOf(config.ruleFor(service, environment), {
    owners: service.team.members,
    commander: service.team.commander,
    team: (name) => config.teams.get(name)?.members ?? null,
    onCall: (other) => {
      const found = onCallFor(world, other ?? service.name, at)
      return { people: found?.people ?? [], certain: found !== null && found.stale === null }
    },
  })
}

/** The rule that a rollback goes by at this moment; the recorded one where its service is gone from the configuration. */
export function policyNow(
  world: Pick<World, 'clock' | 'config' | 'desk'>,
  { plan, policy }: Pick<Rollback, 'plan' | 'policy'>,
): Policy {
  const service = world.config().service(plan.service)
  return service ? policyAt(world, service, plan.environment, world.clock.now()) : policy
}

/** Who could approve what a rollback still misses, at this moment. */
export const possibleApprovers = (
  world: Pick<World, 'clock' | 'config' | 'desk'>,
  rollback: Rollback,
): readonly PersonId[] => waitingFor(rollback, policyNow(world, rollback))
