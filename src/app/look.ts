import type { ConfiguredTarget } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import { type Candidate, candidates, type RegionLook, suggestion } from '../core/release/candidates.ts'
import type { Notice, Release } from '../core/release/release.ts'
import { withDeadline } from '../ports/deadline.ts'
import { wording } from '../text/say.ts'
import type { Look } from '../view/look.ts'
import { standingFreezes } from './freezes.ts'
import { healthOf } from './health.ts'
import { livedOf, pastOf } from './lived.ts'
import { laneOf, type Scope } from './scope.ts'
import { becauseOf } from './suspects.ts'
import { nowOf, type World } from './world.ts'

const historyLimit = 20
/** Of so many candidates, the newest, everything is looked up. */
const examined = 5

/**
 * So long a look waits for registries. What they have not said by then is not known, as when they cannot be reached, and blocks
 * nothing; their answer is kept for whoever looks next.
 */
const imagesWithinMs = 1_000

/** What runs and what it could go back to, from watches and what the ledger remembers. Changes nothing. */
export async function look(world: World, scope: Scope, signal: AbortSignal): Promise<Look> {
  const now = nowOf(world)
  const [{ suspect, fired }, ...regions] = await Promise.all([
    becauseOf(world, scope),
    ...scope.targets.map((target) => lookAt(world, scope, target, signal)),
  ])
  const known = candidates(regions, pastOf(world, scope))
  const first = known.slice(0, examined)
  const [checked, lived] = await Promise.all([
    withDeadline(world.clock, imagesWithinMs, signal, (soon) =>
      Promise.all(first.map((candidate) => withImages(world, candidate, soon))),
    ),
    Promise.all(first.map((candidate) => livedOf(world, scope, candidate, fired, signal))),
  ])
  const found = known.map((candidate, index) => {
    const own = lived[index]
    return { ...(checked[index] ?? candidate), ...(own && { lived: own }) }
  })
  // Whoever asks for herself is suggested something also where nothing is known to have run before the suspect.
  const before = suspect ? suggestion(found, suspect) : null
  const { candidate, reason } = before?.candidate ? before : suggestion(found)
  const { name: service } = scope.service
  const environment = scope.environment.name
  const where = { service, environment, regions: scope.targets.map(({ ref }) => ref.region) }
  const freezes = standingFreezes(world, where, Temporal.Instant.from(now))
  return {
    service,
    environment,
    regions,
    candidates: found,
    suggested: candidate,
    reason,
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
