import type { Json } from '../core/canonical.ts'
import {
  type DrillScope,
  type FaultPlace,
  type PreparedFault,
  placeName,
  type ReleaseFault,
} from '../core/drill/fault.ts'
import { Fault } from '../core/fault.ts'
import type { Release } from '../core/release/release.ts'
import type { Wording } from '../core/wording.ts'
import type { Change, Snapshot, Target } from '../ports/effector.ts'
import type { LeftOver, MakerOf, Restored } from '../ports/fault-maker.ts'
import { type TextKey, wording } from '../text/say.ts'
import type { World } from './world.ts'

/** So far back it is remembered what ran before: what somebody sets back during a drill is put back after it. */
const rememberedReleases = 20

/** What a place keeps for itself. */
interface Kept {
  readonly change: Pick<Change, 'etag' | 'alreadyThere' | 'data'>
  /** Ids of releases that had been there before. */
  readonly known: readonly string[]
}

/** What it asks and changes. */
type Known = Pick<World, 'config' | 'desk' | 'estate'>

/** Ships a bad release through the target itself, guarded and at most once like a rollback, and puts back exactly what stood. */
export function releaseFaults(world: Known): MakerOf<ReleaseFault> {
  const targetOf = (place: FaultPlace): Target => {
    const target = world.estate().target(placeName(place))
    // Not connected yet, perhaps: a restart is often in between.
    if (!target) throw broken('fault.no-target', place, {}, 'yes')
    return target
  }
  const seen = async (place: FaultPlace, signal: AbortSignal): Promise<Snapshot> => {
    const snapshot = await targetOf(place).read(signal)
    if (snapshot.stale) throw broken('fault.stale', place, {}, 'yes')
    return snapshot
  }
  const locked = (place: FaultPlace): boolean => world.desk.lockOf(placeName(place)) !== null

  async function prepareAt(place: FaultPlace, fault: ReleaseFault, drill: string, signal: AbortSignal) {
    if (locked(place)) throw broken('fault.locked', place)
    const target = targetOf(place)
    const { release: before, pods } = await seen(place, signal)
    if (pods.ready < pods.wanted || pods.updated < pods.wanted) throw broken('fault.not-well', place, { ...pods })
    const history = await target.history(rememberedReleases, signal)
    const bad = await world.estate().variant(placeName(place), fault.release, drill, signal)
    if (!bad) throw broken('fault.no-target', place)
    const { etag, alreadyThere, data, blockers } = await target.plan(bad, signal)
    if (etag !== before.id) throw broken('fault.stale', place, {}, 'yes')
    if (alreadyThere) throw broken('fault.same', place)
    const [blocker] = blockers
    if (blocker) throw broken('fault.blocked', place, { why: blocker.wording })
    const kept: Kept = { change: { etag, alreadyThere, data }, known: history.map(({ id }) => id) }
    return { ...place, before: named(before), fault: named(bad), data: kept as unknown as Json }
  }

  /** Answers when it was there. */
  async function makeAt(place: FaultPlace, key: string, signal: AbortSignal): Promise<string> {
    const target = targetOf(place)
    const change = changeOf(place)
    const done = await target.recall(change, key, signal)
    if (done === 'never' || done === 'unknown') {
      if (locked(place)) throw broken('fault.locked', place)
      return (await target.apply(change, key, signal)).at
    }
    // Made before a crash: the target tells when.
    const { release } = await seen(place, signal)
    const found = [release, ...(await target.history(1, signal))].find(({ id }) => id === place.fault?.id)
    return found?.since ?? done.at
  }

  async function clearAt(
    place: FaultPlace,
    key: string,
    signal: AbortSignal,
  ): Promise<'moving' | 'restored' | LeftOver> {
    if (locked(place)) return 'moving'
    const { before } = place
    if (!before) return 'restored'
    const left = (words: Wording): LeftOver => ({ place: placeOf(place), code: words.key, wording: words })
    const { release: now } = await seen(place, signal)
    const ours = [before.id, place.fault?.id, ...keptOf(place).known].includes(now.id)
    if (!ours) {
      const values = { what: placeName(place), service: place.service, version: now.version, before: before.version }
      return left(wording(now.drill === undefined ? 'fault.overtaken' : 'fault.mixed', values))
    }
    const target = targetOf(place)
    const wanted = await releaseBefore(place, target, now, signal)
    const change = await target.plan(wanted, signal)
    // The view is behind: look again.
    if (change.etag !== now.id) return 'moving'
    const failed = (why: Wording) =>
      left(wording('fault.not-restored', { what: placeName(place), before: before.version, why }))
    const [blocker] = change.alreadyThere ? [] : change.blockers
    if (blocker) return failed(blocker.wording)
    try {
      // Each look has a key of its own, for what it sets back may have been set elsewhere since; the etag lets it happen once.
      const receipt = await target.apply(change, `${key}/${change.etag.slice(0, 12)}`, signal)
      const { state, at, seen: evidence } = await target.settled(change, receipt, signal)
      if (state === 'moving' || at === 'elsewhere') return 'moving'
      if (state === 'failed') return failed(evidence[0]?.wording ?? wording('fault.stale', { what: placeName(place) }))
    } catch (cause) {
      if (cause instanceof Fault && cause.code === 'target.moved') return 'moving'
      throw cause
    }
    const { release } = await seen(place, signal)
    return release.id === before.id ? 'restored' : 'moving'
  }

  /** All that is known of what stood, so that it tells who shipped it as before. */
  async function releaseBefore(place: FaultPlace, target: Target, now: Release, signal: AbortSignal): Promise<Release> {
    const id = place.before?.id ?? ''
    const there = [now, ...(await target.history(rememberedReleases, signal))].find((release) => release.id === id)
    const known = there ?? world.desk.past(placeName(place)).releases.get(id)
    return known ?? { id, version: place.before?.version ?? '', images: [], since: now.since, kept: 'pruned' }
  }

  return {
    async prepare(fault: ReleaseFault, scope: DrillScope, signal: AbortSignal): Promise<PreparedFault> {
      const places = placesOf(world, fault, scope)
      return {
        kind: fault.kind,
        places: await Promise.all(places.map((place) => prepareAt(place, fault, scope.drill, signal))),
      }
    },
    async make(prepared, _scope, key, signal) {
      const times: string[] = []
      for (const place of prepared.places) times.push(await makeAt(place, `${key}/${placeName(place)}`, signal))
      return { at: times.reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b)) }
    },
    async clear(prepared, _scope, key, signal): Promise<Restored> {
      const all = await Promise.all(prepared.places.map((place) => clearAt(place, key, signal)))
      if (all.includes('moving')) return { state: 'moving', left: [] }
      const left = all.filter((one) => typeof one === 'object')
      return { state: left.length > 0 ? 'failed' : 'restored', left }
    },
  }
}

/** Of each of the drill's regions the target that is broken. */
function placesOf(
  world: Pick<World, 'config'>,
  { service, target }: ReleaseFault,
  { environment, regions }: DrillScope,
): FaultPlace[] {
  const there = world
    .config()
    .service(service)
    ?.environments.find(({ name }) => name === environment)
  return (there?.regions ?? [])
    .filter(({ name }) => regions.includes(name))
    .map(({ name: region, targets }) => {
      const one = target === null ? targets[0] : targets.find(({ ref }) => ref.target === target)
      const place = { service, environment, region, target: one?.id ?? null, before: null, fault: null, data: null }
      if (!one) throw broken('fault.no-target', place)
      return place
    })
}

const named = ({ id, version }: Release) => ({ id, version })
const keptOf = (place: FaultPlace): Kept => place.data as unknown as Kept
const changeOf = (place: FaultPlace): Change => ({ ...keptOf(place).change, preview: [], blockers: [], warnings: [] })
const placeOf = ({ service, environment, region, target }: FaultPlace) => ({ service, environment, region, target })

const broken = (
  code: TextKey & `fault.${string}`,
  place: FaultPlace,
  values: Wording['values'] = {},
  retry: 'yes' | 'no' = 'no',
): Fault => new Fault({ code, retry, hint: wording(code, { what: placeName(place), ...values }) })
