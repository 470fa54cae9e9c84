import type { ConfiguredTarget, Environment, Service } from '../config/config.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import { dependenciesOf } from '../core/alert/dependencies.ts'
import { type Arrival, type Suspect, suspicion } from '../core/alert/suspect.ts'
import { type Chosen, mostSuspects, type Suspected } from '../core/alert/suspected.ts'
import { candidates, type RegionLook, suggestion } from '../core/release/candidates.ts'
import { cameTo, runsNow } from '../projection/target-past.ts'
import { incidentAbout } from './about.ts'
import { pastOf } from './lived.ts'
import { loadIncident } from './load.ts'
import { laneOf, type Scope } from './scope.ts'
import type { World } from './world.ts'

/** So long before the fire everything that came is looked at; what came longer ago is the past that it ran in. */
const lookBackMs = 7 * 24 * 3_600_000

/** What may be behind a symptom, and what to go back to: from the ledger and the configuration alone, asking nobody. */
export function suspectedOf(world: Pick<World, 'config' | 'desk' | 'clock'>, symptom: Suspected['symptom']): Suspected {
  const config = world.config()
  const dependencies = dependenciesOf(symptom.service, (name) => config.service(name)?.dependsOn ?? [])
  const own = config.service(symptom.service)?.environments.find(({ name }) => name === symptom.environment)
  const regions = new Set(own?.regions.map(({ name }) => name))
  const blind: string[] = []
  const arrivals = [symptom.service, ...dependencies.keys()].flatMap((name) => {
    const service = config.service(name)
    const environment = service && environmentLike(service, symptom.environment)
    if (!environment) return []
    const targets = targetsOf(environment)
    for (const { id, ref } of targets) if (runsNow(world.desk.past(id)) === null) blind.push(`${name} ${ref.region}`)
    return arrivalsIn(world, { service, environment, targets }, regions)
  })
  const { suspects, cleared } = suspicion(symptom, lately(arrivals, symptom), dependencies)
  const [first] = suspects
  return {
    symptom,
    suspects: suspects.slice(0, mostSuspects),
    cleared: cleared.slice(0, mostSuspects),
    ...(blind.length > 0 && { blind }),
    chosen: first ? chosenOf(world, symptom, first) : null,
  }
}

/** The environment of a dependency that is asked: of the same name, or the only one it has. */
function environmentLike(service: Service, name: string): Environment | null {
  const same = service.environments.find((environment) => environment.name === name)
  return same ?? (service.environments.length === 1 ? service.defaultEnvironment : null)
}

const targetsOf = (environment: Environment): readonly ConfiguredTarget[] =>
  environment.regions.flatMap((region) => region.targets)

/** A dependency that stands in other regions than who asks it serves all of them, as far as anybody knows. */
function arrivalsIn(world: Pick<World, 'desk'>, scope: Scope, regions: ReadonlySet<string>): Arrival[] {
  const service = scope.service.name
  return scope.targets.flatMap(({ id, ref }) =>
    cameTo(world.desk.past(id)).flatMap(({ release, at, broughtBy }) =>
      (regions.has(ref.region) ? [ref.region] : [...regions]).map((region) => ({
        service,
        version: release.version,
        region,
        at,
        ...(broughtBy && { broughtBy }),
      })),
    ),
  )
}

function lately(arrivals: readonly Arrival[], symptom: Suspected['symptom']): readonly Arrival[] {
  const firstMs = Math.min(...symptom.burning.map(({ since }) => epochMs(since)))
  return arrivals.filter(({ version, at }) => epochMs(at) >= firstMs - lookBackMs || version === symptom.named)
}

export interface Places {
  readonly scope: Scope
  /** Of the suspect. */
  readonly version: string
  /** To be set back. */
  readonly regions: readonly string[]
  /** When it came, per lane. */
  readonly came: Readonly<Record<string, string>>
  /** What runs in each target now, as far as the ledger knows. */
  readonly runs: readonly (string | null)[]
}

/** Where a suspect is to be set back, and when it came there: where it burns and it runs still, else where it came at all. */
export function placesOf(
  world: Pick<World, 'config' | 'desk'>,
  environmentName: string,
  suspect: Pick<Suspect, 'service' | 'version' | 'regions'>,
): Places | null {
  const service = world.config().service(suspect.service)
  const environment = service && environmentLike(service, environmentName)
  if (!environment) return null
  const scope = { service, environment, targets: targetsOf(environment) }
  const came = new Map<string, string>()
  const runs = new Set<string>()
  const region = new Set<string>()
  for (const target of scope.targets) {
    const past = world.desk.past(target.id)
    const arrival = cameTo(past).findLast(({ release }) => release.version === suspect.version)
    if (!arrival) continue
    came.set(laneOf(scope, target), arrival.at)
    region.add(target.ref.region)
    if (runsNow(past)?.version === suspect.version) runs.add(target.ref.region)
  }
  if (came.size === 0) return null
  const hit = [...runs].filter((one) => suspect.regions.includes(one))
  const regions = hit.length > 0 ? hit : runs.size > 0 ? [...runs] : [...region]
  const now = scope.targets.map(({ id }) => runsNow(world.desk.past(id))?.id ?? null)
  return { scope, version: suspect.version, regions, came: Object.fromEntries(came), runs: now }
}

/** Why somebody would go back: what is suspected and when it came, per region, and the alerts that fired. */
export interface Because {
  readonly suspect: { readonly version: string; readonly came: Readonly<Record<string, string>> } | null
  readonly fired: readonly Alerted[]
}

export async function becauseOf(world: World, scope: Scope): Promise<Because> {
  const about = incidentAbout(world, scope.service.name)
  const incident = about && (await loadIncident(world, about.id))
  const suspected = incident?.suspected
  const [first] = suspected?.suspects ?? []
  const places =
    suspected && first?.service === scope.service.name && placesOf(world, suspected.symptom.environment, first)
  const isHere = places && places.scope.environment.name === scope.environment.name
  return {
    suspect: isHere ? { version: first.version, came: places.came } : null,
    fired: incident?.alerted ?? [],
  }
}

/** The same rule as on the card, from what the ledger remembers: what a registry or a target would add to it, the card adds. */
function chosenOf(
  world: Pick<World, 'config' | 'desk' | 'clock'>,
  symptom: Suspected['symptom'],
  suspect: Suspect,
): Chosen | null {
  const found = placesOf(world, symptom.environment, suspect)
  if (!found) return null
  const { scope, regions, came } = found
  const looks = scope.targets.map((target) => remembered(world, scope, target))
  const { candidate } = suggestion(candidates(looks, pastOf(world, scope)), { version: suspect.version, came })
  return {
    service: scope.service.name,
    environment: scope.environment.name,
    regions,
    candidate: candidate?.key ?? null,
    version: candidate?.version ?? null,
  }
}

function remembered(world: Pick<World, 'desk'>, scope: Scope, target: ConfiguredTarget): RegionLook {
  const current = runsNow(world.desk.past(target.id))
  return {
    region: laneOf(scope, target),
    current,
    ready: null,
    seenAt: null,
    stale: true,
    problem: null,
    health: [],
    notices: [],
    history: world.desk.remembered(target.id).filter(({ id }) => id !== current?.id),
  }
}

const epochMs = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
