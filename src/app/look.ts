import type { Config, ConfiguredTarget, Environment, Service } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import { nearest } from '../core/nearest.ts'
import { type Candidate, candidates, type Past, type RegionLook, suggested } from '../core/release/candidates.ts'
import type { Notice, Release } from '../core/release/release.ts'
import { withDeadline } from '../ports/deadline.ts'
import { ranMs } from '../projection/target-past.ts'
import { wording } from '../text/say.ts'
import type { Look } from '../view/candidates.ts'
import { standingFreezes } from './freezes.ts'
import { healthOf } from './health.ts'
import { nowOf, type World } from './world.ts'

/** What a person named: a service, perhaps an environment and regions of it. */
export interface Scope {
  readonly service: Service
  readonly environment: Environment
  /** One per region looked at. */
  readonly targets: readonly ConfiguredTarget[]
}

export type ScopeRefusal =
  | { readonly refused: 'unknown-service'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'unknown-place'; readonly word: string; readonly known: readonly string[] }

/** Finds what `service`, `in ENV`, `in REGION` or `in ENV/REGION` mean, or says what is there instead. */
export function findScope(config: Config, name: string, place: string | null): Scope | ScopeRefusal {
  const service = config.service(name)
  if (!service)
    return { refused: 'unknown-service', word: name, nearest: nearest(name, [...config.services.keys()], 3) }
  const all = service.environments.flatMap((environment) =>
    environment.regions.map((region) => ({ environment, region, path: `${environment.name}/${region.name}` })),
  )
  const inDefault = all.filter(({ environment }) => environment === service.defaultEnvironment)
  const found =
    place === null
      ? inDefault
      : [
          all.filter(({ path }) => path === place),
          inDefault.filter(({ region }) => region.name === place),
          all.filter(({ environment }) => environment.name === place),
          all.filter(({ region }) => region.name === place),
        ].find((matches) => matches.length > 0)
  const first = found?.[0]
  if (!found || !first) {
    const known = [...new Set(all.flatMap(({ environment, region, path }) => [environment.name, region.name, path]))]
    const near = nearest(place ?? '', known, 4)
    return { refused: 'unknown-place', word: place ?? '', known: near.length > 0 ? near : known.slice(0, 8) }
  }
  const regions = found.filter(({ environment }) => environment === first.environment)
  return { service, environment: first.environment, targets: regions.flatMap(({ region }) => region.targets) }
}

/** The name people know a target's place by: its region, and the target's own name where a region has several. */
export const laneOf = (scope: Pick<Scope, 'environment'>, { ref }: ConfiguredTarget): string => {
  const region = scope.environment.regions.find(({ name }) => name === ref.region)
  return region && region.targets.length > 1 ? `${ref.region}/${ref.target}` : ref.region
}

const historyLimit = 20

/**
 * So long a look waits for registries. What they have not said by then is not known, as when they cannot be reached, and blocks
 * nothing; their answer is kept for whoever looks next.
 */
const imagesWithinMs = 1_000

/** What the ledger knows of a scope's releases. */
export function pastOf(world: Pick<World, 'desk' | 'clock'>, scope: Scope): Past {
  const now = nowOf(world)
  const byLane = new Map(scope.targets.map((target) => [laneOf(scope, target), target.id]))
  return {
    rolledBackFrom: (id) => [
      ...new Set([...byLane.values()].flatMap((target) => [...(world.desk.past(target).rolledBackFrom.get(id) ?? [])])),
    ],
    ranMs: (lane, id) => ranMs(world.desk.past(byLane.get(lane) ?? ''), id, now),
  }
}

/** What runs and what it could go back to, from watches and what the ledger remembers. Changes nothing. */
export async function look(world: World, scope: Scope, signal: AbortSignal): Promise<Look> {
  const now = nowOf(world)
  const regions = await Promise.all(scope.targets.map((target) => lookAt(world, scope, target, signal)))
  const known = candidates(regions, pastOf(world, scope))
  const found = await withDeadline(world.clock, imagesWithinMs, signal, (soon) =>
    Promise.all(known.map((candidate, index) => (index < 5 ? withImages(world, candidate, soon) : candidate))),
  )
  const { name: service } = scope.service
  const environment = scope.environment.name
  const where = { service, environment, regions: scope.targets.map(({ ref }) => ref.region) }
  const freezes = standingFreezes(world, where, Temporal.Instant.from(now))
  return {
    service,
    environment,
    regions,
    candidates: found,
    suggested: suggested(found),
    reason: wording('card.suggested'),
    now,
    freezes,
  }
}

async function lookAt(world: World, scope: Scope, target: ConfiguredTarget, signal: AbortSignal): Promise<RegionLook> {
  const region = laneOf(scope, target)
  const remembered = world.desk.remembered(target.id)
  const blank = {
    region,
    current: null,
    ready: null,
    seenAt: null,
    stale: true,
    notices: [],
    health: [],
    history: remembered,
  }
  const handle = world.estate().target(target.id)
  if (!handle) return { ...blank, problem: { code: 'target.unconnected', wording: wording('target.unconnected') } }
  try {
    const [snapshot, history] = await Promise.all([handle.read(signal), handle.history(historyLimit, signal)])
    const { release, seenAt, stale, pods, notices } = snapshot
    const current = withMemory(release, remembered)
    const health = await healthOf(world, target, current, signal)
    return {
      region,
      current,
      ready: pods,
      seenAt,
      stale,
      problem: null,
      notices,
      health,
      history: merged(current, history, remembered),
    }
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    return { ...blank, problem: { code: cause.code, wording: cause.hint } }
  }
}

/** The target's own history first; releases it has pruned come from the ledger. */
function merged(current: Release, history: readonly Release[], remembered: readonly Release[]): Release[] {
  const own = history.map((release) => withMemory(release, remembered))
  const known = new Set([current.id, ...own.map((release) => release.id)])
  return [
    ...own,
    ...remembered
      .filter((release) => !known.has(release.id))
      .map((release) => ({ ...release, kept: 'pruned' as const })),
  ]
}

function withMemory(release: Release, remembered: readonly Release[]): Release {
  const known = remembered.find((candidate) => candidate.id === release.id)
  const available = release.available ?? known?.available
  const images = release.images.map((image) => {
    const digest = image.digest ?? known?.images.find((other) => other.container === image.container)?.digest
    return digest ? { ...image, digest } : image
  })
  return { ...release, images, ...(available !== undefined && { available }) }
}

/** A candidate whose image the registry no longer has cannot be gone back to. */
async function withImages(world: World, candidate: Candidate, signal: AbortSignal): Promise<Candidate> {
  const { registry } = world
  if (!registry) return candidate
  const checks = Object.entries(candidate.releases).flatMap(([region, release]) =>
    candidate.alreadyIn.includes(region) ? [] : release.images.map((image) => ({ region, image })),
  )
  const gone = await Promise.all(
    checks.map(async ({ region, image }): Promise<(Notice & { region: string }) | null> => {
      const { state } = await registry.look(image.reference, image.digest, signal)
      if (state !== 'gone') return null
      return { region, code: 'registry.image-gone', wording: wording('card.image-gone') }
    }),
  )
  return { ...candidate, blockers: [...candidate.blockers, ...gone.filter((notice) => notice !== null)] }
}
