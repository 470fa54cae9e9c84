import type { ConfiguredTarget } from '../config/config.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import { Fault } from '../core/fault.ts'
import type { Candidate, Past } from '../core/release/candidates.ts'
import { type Lived, type PastMeasured, wasBroken } from '../core/release/lived.ts'
import { isBroken } from '../core/release/measured.ts'
import type { Check } from '../ports/check.ts'
import { withDeadline } from '../ports/deadline.ts'
import { ranMs, timesOf } from '../projection/target-past.ts'
import { askedIn } from './fired.ts'
import { laneOf, type Scope } from './scope.ts'
import { nowOf, type World } from './world.ts'

/** So long evidence is waited for: what a monitor has not said by then is not known. */
const withinMs = 1_200

type Region = Lived['measured'][number]

/** How a candidate was in its time: what metrics said then by the limits of now, and incidents. `fired`: alerts, asked where there are no metrics. */
export async function livedOf(
  world: World,
  scope: Scope,
  candidate: Candidate,
  fired: readonly Alerted[],
  signal: AbortSignal,
): Promise<Lived> {
  const asked = await Promise.all(
    scope.targets.flatMap((target) => {
      const release = candidate.releases[laneOf(scope, target)]
      return release ? [measuredAt(world, target, release.id, fired, signal)] : []
    }),
  )
  const measured = asked.flatMap(({ found }) => found)
  return {
    measured: worstOfEach(measured),
    unmeasured: measured.length === 0 && asked.some(({ checks }) => checks > 0),
    incidents: incidentsOf(world, scope, candidate),
  }
}

/** The last time that a release ran on a target, told by each metric there is of that region. */
async function measuredAt(
  world: World,
  { id, ref }: ConfiguredTarget,
  release: string,
  fired: readonly Alerted[],
  signal: AbortSignal,
): Promise<{ readonly checks: number; readonly found: readonly Region[] }> {
  const time = timesOf(world.desk.past(id), release).at(-1)
  const place = `${ref.service}/${ref.environment}/${ref.region}`
  const estate = world.estate()
  const alerts = fired
    .filter(({ service }) => service === ref.service)
    .flatMap((alerted) => askedIn(alerted, ref.environment, ref.region))
  const own = pastsOf(estate.checks(place))
  // What fired is asked where the configuration has no metric of its own.
  const pasts = own.length > 0 ? own : pastsOf(alerts.map((alert) => estate.alertCheck(place, alert)))
  if (!time || pasts.length === 0) return { checks: 0, found: [] }
  const fromMs = epochMs(time.from)
  const toMs = epochMs(time.to ?? nowOf(world))
  const answers = await Promise.all(
    pasts.map(async ({ check, past }): Promise<PastMeasured | null> => {
      try {
        return await kept(world, [id, check.name, fromMs, time.to === null ? null : toMs], () =>
          withDeadline(world.clock, withinMs, signal, (soon) => past({ fromMs, toMs }, soon)),
        )
      } catch (cause) {
        if (signal.aborted) throw cause
        if (cause instanceof Fault || (cause instanceof DOMException && cause.name === 'TimeoutError')) return null
        throw cause
      }
    }),
  )
  return { checks: pasts.length, found: answers.flatMap((one) => (one ? [{ ...one, region: ref.region }] : [])) }
}

/** What was said of a time that is over does not change: nobody is asked again at each turn of a card. */
const said = new WeakMap<World, Map<string, PastMeasured>>()
const mostSaid = 500

async function kept(
  world: World,
  of: readonly (string | number | null)[],
  ask: () => Promise<PastMeasured | null>,
): Promise<PastMeasured | null> {
  const known = said.get(world) ?? new Map<string, PastMeasured>()
  said.set(world, known)
  const key = JSON.stringify([world.config().digest, ...of])
  const answer = known.get(key) ?? (await ask())
  if (answer && of.at(-1) !== null) {
    if (known.size >= mostSaid) known.clear()
    known.set(key, answer)
  }
  return answer
}

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

const pastsOf = (checks: readonly (Check | null)[]) =>
  checks.flatMap((check) => (check?.past ? [{ check, past: check.past }] : []))

/** Of each metric the region where it was worst: one that was broken there, else the one furthest on its way. */
function worstOfEach(all: readonly Region[]): readonly Region[] {
  const worst = new Map<string, Region>()
  for (const one of all) {
    const known = worst.get(one.name)
    const isWorse =
      !known ||
      (wasBroken(one) && !wasBroken(known)) ||
      (wasBroken(one) === wasBroken(known) && isBroken({ side: one.limit.side, value: known.mean }, one.mean))
    if (isWorse) worst.set(one.name, one)
  }
  return [...worst.values()]
}

/** Null where nobody watched it run. */
function incidentsOf({ desk }: World, scope: Scope, { releases }: Candidate): readonly string[] | null {
  const times = scope.targets.flatMap((target) => {
    const release = releases[laneOf(scope, target)]
    return release ? timesOf(desk.past(target.id), release.id).filter(({ watched }) => watched) : []
  })
  if (times.length === 0) return null
  return desk
    .incidents()
    .filter(({ service, drill }) => service === scope.service.name && drill === undefined)
    .filter(({ openedAt }) =>
      times.some(({ from, to }) => epochMs(openedAt) >= epochMs(from) && (!to || epochMs(openedAt) < epochMs(to))),
    )
    .map(({ id }) => id)
}

const epochMs = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
