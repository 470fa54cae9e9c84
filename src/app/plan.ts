import type { ConfiguredTarget } from '../config/config.ts'
import type { Json } from '../core/canonical.ts'
import { Fault } from '../core/fault.ts'
import type { Notice, Release } from '../core/release/release.ts'
import { type Plan, type Step, targetId } from '../core/rollback/plan.ts'
import type { Change } from '../ports/effector.ts'
import { wording } from '../text/say.ts'
import { drillWith } from './drill-with.ts'
import { alertSteps, firedIn } from './fired.ts'
import { laneOf, type Scope } from './scope.ts'
import type { World } from './world.ts'

/** One target with the release it is to go to. */
export interface Move {
  readonly target: ConfiguredTarget
  readonly to: Release
}

export interface Planned {
  readonly plan: Plan
  readonly blockers: readonly (Notice & { readonly region: string })[]
}

/** Asks every target for its exact change (a dry run, no effect) and puts the steps in order. */
export async function planMoves(
  world: World,
  scope: Scope,
  moves: readonly Move[],
  signal: AbortSignal,
): Promise<Planned> {
  const [fired, changes] = await Promise.all([
    firedIn(world, scope.service.name, drillWith(world, scope, moves)),
    Promise.all(moves.map((move) => changeFor(world, move, signal))),
  ])
  const steps: Step[] = []
  const blockers: (Notice & { region: string })[] = []
  const sequence = scope.environment.order === 'sequence'
  let before: string[] = []
  for (const region of scope.environment.regions) {
    const here: string[] = []
    for (const [index, move] of moves.entries()) {
      const { change, from } = changes[index] ?? {}
      if (!change || !from || move.target.ref.region !== region.name) continue
      const lane = laneOf(scope, move.target)
      blockers.push(...change.blockers.map((blocker) => ({ ...blocker, region: lane })))
      if (change.alreadyThere) continue
      steps.push({
        kind: 'change',
        id: lane,
        target: move.target.ref,
        from,
        to: move.to,
        etag: change.etag,
        preview: change.preview,
        warnings: change.warnings,
        change: change as unknown as Json,
        after: sequence ? before : [],
        deadlineMs: region.stepDeadlineMs,
        etaMs: world.desk.etaMs(targetId(move.target.ref)),
        ...layerOf(world, move),
      })
      here.push(lane)
    }
    if (here.length === 0) continue
    const checks = world.estate().checks(`${scope.service.name}/${scope.environment.name}/${region.name}`)
    const id = `${region.name}.check`
    if (checks.length > 0)
      steps.push({
        kind: 'check',
        id,
        region: region.name,
        checks: checks.map((check) => check.name),
        after: here,
        deadlineMs: region.checkWindowMs + Math.max(...checks.map((check) => check.needsMs ?? 0)),
        etaMs: null,
      })
    before = checks.length > 0 ? [id] : here
  }
  const regions = [...new Set(steps.flatMap((step) => (step.kind === 'change' ? [step.target.region] : [])))]
  steps.push(...alertSteps(world, scope, regions, fired, lastOf(steps)))
  const { name: service } = scope.service
  return { plan: { service, environment: scope.environment.name, order: scope.environment.order, steps }, blockers }
}

/** What no other step waits for. */
const lastOf = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ id }) => id).filter((id) => !steps.some(({ after }) => after.includes(id)))

function layerOf(world: Pick<World, 'config'>, { target }: Pick<Move, 'target'>): { readonly layer?: string } {
  const layer = world.config().connections.get(target.connection)?.adapter.layer
  return layer === undefined ? {} : { layer }
}

/** The layers that moves would change: what a policy's second kinds of approval go by. */
export const layersOf = (world: Pick<World, 'config'>, moves: readonly Pick<Move, 'target'>[]): readonly string[] => [
  ...new Set(moves.flatMap((move) => layerOf(world, move).layer ?? [])),
]

const looks = 6
const betweenLooksMs = 250

/**
 * The change, and the release that it leaves: an undo goes back to exactly that. What a target says of itself may lag behind what
 * the change was worked out on, so both are asked until they agree.
 */
async function changeFor(world: World, move: Move, signal: AbortSignal): Promise<{ change: Change; from: Release }> {
  const handle = world.estate().target(move.target.id)
  if (!handle) throw new Fault({ code: 'target.unconnected', retry: 'yes', hint: wording('target.unconnected') })
  for (let count = 1; count <= looks; count++) {
    const change = await handle.plan(move.to, signal)
    const { etag, release } = await handle.read(signal)
    if (etag === change.etag) return { change, from: release }
    await world.clock.sleep(betweenLooksMs, signal)
  }
  throw new Fault({ code: 'target.unsteady', retry: 'yes', hint: wording('target.unsteady') })
}
