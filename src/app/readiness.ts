import type { Service } from '../config/config.ts'
import { canonicalJson } from '../core/canonical.ts'
import { gaps } from '../core/oncall/gaps.ts'
import type { Readiness, ReadinessFacts, TargetFacts } from '../core/readiness/facts.ts'
import { readiness } from '../core/readiness/readiness.ts'
import { scoresOf } from './drill-scores.ts'
import { onCallFor, rosterFor } from './on-call.ts'
import { laneOf } from './scope.ts'
import { nowOf, type World } from './world.ts'

/** What readiness is judged by: the configuration and the record. Nothing is connected to. */
export type ReadinessWorld = Pick<World, 'config' | 'desk' | 'clock'>

/** So far ahead the schedule is looked at. */
const ahead = { hours: 14 * 24 }

export const readinessOf = (world: ReadinessWorld, service: Service): Readiness => readiness(factsOf(world, service))

export const readinessOfAll = (world: ReadinessWorld): readonly Readiness[] =>
  [...world.config().services.values()].map((service) => readinessOf(world, service))

function factsOf(world: ReadinessWorld, service: Service): ReadinessFacts {
  const { name, tier, environments, defaultEnvironment, migrations } = service
  const { desk } = world
  return {
    service: name,
    tier,
    environments: environments.map((environment) => ({
      name: environment.name,
      units: environment.regions.flatMap(({ targets }) =>
        targets.map(({ connection, unit }) => `${connection} ${canonicalJson(unit)}`),
      ),
    })),
    targets: defaultEnvironment.regions.flatMap(({ targets }) =>
      targets.map((target): TargetFacts => {
        const past = desk.past(target.id)
        const current = past.releases.get(past.spans.at(-1)?.id ?? '') ?? null
        return {
          lane: laneOf({ environment: defaultEnvironment }, target),
          current,
          past: desk
            .remembered(target.id)
            .filter(({ id }) => id !== current?.id)
            .map((release) => ({ release, rolledBackFrom: (past.rolledBackFrom.get(release.id)?.size ?? 0) > 0 })),
        }
      }),
    ),
    migrations,
    schedule: scheduleFacts(world, service),
    paging: { pagers: [...world.config().pagers.keys()], acknowledgedAt: acknowledgedAt(world, name) },
    drill: drillFacts(world, name),
    now: nowOf(world),
  }
}

function scheduleFacts(world: ReadinessWorld, { name, onCall: schedule }: Service): ReadinessFacts['schedule'] {
  if (schedule === null) return null
  const now = world.clock.now()
  const here = onCallFor(world, name, now)
  const [gap] = gaps(rosterFor(world, schedule), now, now.add(ahead))
  return {
    name: schedule,
    staffed: (here?.people.length ?? 0) > 0,
    stale: here !== null && here.stale !== null,
    gap: gap ? { from: gap.from.toString(), to: gap.to.toString() } : null,
  }
}

/** When somebody last answered a page about it. */
function acknowledgedAt({ desk }: ReadinessWorld, service: string): string | null {
  const times = [...desk.pagings.values()].flatMap(({ incident, acknowledgedAt: at }) =>
    at !== undefined && desk.incident(incident)?.service === service ? [at] : [],
  )
  return times.reduce<string | null>((a, b) => (a === null || after(b, a) ? b : a), null)
}

function drillFacts(world: ReadinessWorld, service: string): ReadinessFacts['drill'] {
  const { held, planned } = scoresOf(world, service)
  const scenarios = [...world.config().drills.values()].filter(({ services }) => services.includes(service))
  // Alerts that were told alone say nothing of how a rollback goes, for better or worse.
  const real = held.findLast(({ score }) => !score.passed || score.stages.verify.tookMs !== null)
  return { last: real ?? held.at(-1) ?? null, planned, scenarios: scenarios.map(({ name }) => name) }
}

const after = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) > 0
