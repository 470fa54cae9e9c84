import type { ConfiguredTarget } from '../config/config.ts'
import { isWithin } from '../core/drill/scenario.ts'
import type { Drill } from '../core/drill/state.ts'
import type { Scope } from './scope.ts'
import type { World } from './world.ts'

type Known = Pick<World, 'desk'>

/** The drill whose fault is what a rollback would set back; undefined: it is real. */
export function drillWith(
  world: Known,
  { service, environment }: Pick<Scope, 'service' | 'environment'>,
  moves: readonly { readonly target: ConfiguredTarget }[],
): string | undefined {
  const within = (drill: Drill) =>
    moves.every(({ target }) =>
      isWithin(drill, { service: service.name, environment: environment.name, region: target.ref.region }),
    )
  return runningOf(world, (drill) => drill.fault?.kind !== 'alerts' && within(drill))
}

export const runningOf = (world: Known, is: (drill: Drill) => boolean): string | undefined =>
  world.desk.drills().find((drill) => drill.phase === 'running' && is(drill))?.id
