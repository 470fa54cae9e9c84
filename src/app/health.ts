import type { ConfiguredTarget } from '../config/config.ts'
import type { RegionLook } from '../core/release/candidates.ts'
import type { Release } from '../core/release/release.ts'
import { withDeadline } from '../ports/deadline.ts'
import { nowOf, type World } from './world.ts'

const withinMs = 800

/** What could not be measured is no fire. */
const unknown = new Set([
  'check.metric-waiting',
  'check.metric-no-data',
  'check.metric-stale',
  'check.metric-gaps',
  'check.metric-unknown',
])

/** What the region's checks say of what runs there now; those that do not answer at once are left out. */
export async function healthOf(
  world: World,
  { ref }: ConfiguredTarget,
  current: Release,
  signal: AbortSignal,
): Promise<RegionLook['health']> {
  const { service, environment, region } = ref
  const about = { releasedAt: current.since, askedAt: nowOf(world), settledAt: current.since }
  const looks = world
    .estate()
    .checks(`${service}/${environment}/${region}`)
    .map(async (check) => {
      try {
        const { passed, seen } = await withDeadline(world.clock, withinMs, signal, (limit) => check.run(limit, about))
        return [{ state: passed ? 'well' : unknown.has(seen.code) ? 'unknown' : 'burning', seen } as const]
      } catch (cause) {
        if (signal.aborted) throw cause
        return []
      }
    })
  return (await Promise.all(looks)).flat()
}
