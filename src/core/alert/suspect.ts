import type { Wording, WordingValue } from '../wording.ts'

/** A version that came to one region of a service. */
export interface Arrival {
  readonly service: string
  readonly version: string
  readonly region: string
  /** ISO instant. */
  readonly at: string
  /** The rollback or the drill that brought it back: it had run here before. */
  readonly broughtBy?: string
}

/** Since when it burns in a region. */
export interface Lane {
  readonly region: string
  /** ISO instant. */
  readonly since: string
  /** A monitor says so: it was not so a moment before. Else: since when the first alert says. */
  readonly measured?: true
  /** It may have begun as much earlier: an alert waits before it fires. Milliseconds. */
  readonly pendingMs?: number
}

/** Where something burns and since when, as far as anybody measured. Regions that are looked at and do not burn are `calm`. */
export interface Symptom {
  readonly service: string
  readonly burning: readonly Lane[]
  readonly calm: readonly string[]
  /** The alerts name no region: `burning` lists all of them, and that is no proof that each one burns. */
  readonly unplaced?: true
  /** The version that the alert itself names, where its source knows releases. */
  readonly named: string | null
}

/** What a service depends on, with its distance: 1 is asked directly. */
export type Dependencies = ReadonlyMap<string, number>

export interface Suspect {
  readonly service: string
  readonly version: string
  readonly regions: readonly string[]
  /** From its arrival to the first symptom, in the region where that is shortest. Milliseconds. */
  readonly leadMs: number
  /** Why it is suspected, most telling first. Never empty. */
  readonly grounds: readonly Wording[]
  /** What speaks against it. */
  readonly doubts: readonly Wording[]
}

export interface Suspicion {
  /** Most suspect first; empty when nothing that changed can be behind it. */
  readonly suspects: readonly Suspect[]
  /** What changed and is cleared, with the reason. */
  readonly cleared: readonly { readonly service: string; readonly version: string; readonly why: Wording }[]
}

/** What changed longer ago than this is not suspected. */
export const windowMs = 6 * 3_600_000

/**
 * What changed before the first symptom, ranked. The order of reasons: the alert names it; it ran when the fire began; it is where the
 * fire is and nowhere else; how long before the fire it came (minutes, an hour, hours); the service itself before what it asks; the shortest lead.
 * Where nobody measured when it began, what came only just before the first alert is doubted, and that is said; it is not ranked by that.
 * A version that came after the fire began, that is nowhere near it, or that a rollback or a drill of ours brought back is cleared.
 */
export function suspicion(symptom: Symptom, arrivals: readonly Arrival[], dependencies: Dependencies): Suspicion {
  const ranked: { readonly rank: readonly number[]; readonly suspect: Suspect }[] = []
  const cleared: Suspicion['cleared'][number][] = []
  for (const change of changesOf(arrivals)) {
    const distance = change.service === symptom.service ? 0 : dependencies.get(change.service)
    if (distance === undefined) continue
    const verdict = judge(symptom, change, distance, arrivals)
    if ('suspect' in verdict) ranked.push(verdict)
    else if (verdict.why) cleared.push({ service: change.service, version: change.version, why: verdict.why })
  }
  ranked.sort((a, b) => compare(a.rank, b.rank))
  return { suspects: ranked.map(({ suspect }) => suspect), cleared }
}

/** One version of one service, with the regions it came to. */
interface Change {
  readonly service: string
  readonly version: string
  readonly arrivals: readonly Arrival[]
}

function changesOf(arrivals: readonly Arrival[]): Change[] {
  const changes = Map.groupBy(arrivals, ({ service, version }) => JSON.stringify([service, version]))
  return [...changes.values()].flatMap((own) => {
    const [first] = own
    return first ? [{ service: first.service, version: first.version, arrivals: own }] : []
  })
}

type Verdict =
  | { readonly rank: readonly number[]; readonly suspect: Suspect }
  /** `why` is null for what is too old to be worth a word. */
  | { readonly why: Wording | null }

function judge(symptom: Symptom, change: Change, distance: number, all: readonly Arrival[]): Verdict {
  const lanes = symptom.burning.map(({ region, since, measured = false, pendingMs = 0 }) => {
    const before = change.arrivals.filter((one) => one.region === region && ms(one.at) <= ms(since))
    const last = before.length > 0 ? Math.max(...before.map(({ at }) => ms(at))) : null
    return { region, sinceMs: ms(since), measured, pendingMs, leadMs: last === null ? null : ms(since) - last }
  })
  const hit = lanes.flatMap(({ leadMs, ...lane }) => (leadMs === null ? [] : [{ ...lane, leadMs }]))
  const named = symptom.named === change.version && distance === 0
  const list = (regions: readonly string[]): WordingValue => ({ list: [...regions] })
  const regions = [...new Set(change.arrivals.map(({ region }) => region))]

  if (hit.length === 0) {
    const late = change.arrivals.some((one) => symptom.burning.some(({ region }) => region === one.region))
    return late
      ? { why: { key: 'suspect.came-after' } }
      : { why: { key: 'suspect.elsewhere', values: { regions: list(regions) } } }
  }
  const leadMs = Math.min(...hit.map((lane) => lane.leadMs))
  if (leadMs > windowMs && !named) return { why: null }
  const newest = change.arrivals.reduce((a, b) => (ms(a.at) >= ms(b.at) ? a : b))
  if (newest.broughtBy) return { why: { key: 'suspect.brought-back', values: { by: newest.broughtBy } } }

  const hitRegions = hit.map(({ region }) => region)
  const spared = regions.filter((region) => symptom.calm.includes(region))
  const without = symptom.unplaced ? [] : lanes.filter(({ leadMs: lead }) => lead === null)
  const firstHitMs = Math.min(...hit.map(({ sinceMs }) => sinceMs))
  const burntBefore = without.filter(({ sinceMs }) => sinceMs < firstHitMs)
  const place = burntBefore.length > 0 ? 3 : without.length > 0 ? 2 : spared.length > 0 ? 1 : 0
  const others = all.filter(({ service, version }) => service === change.service && version !== change.version)
  const left = hit.every(({ region, sinceMs, leadMs: ago }) =>
    others.some((one) => one.region === region && ms(one.at) > sinceMs - ago && ms(one.at) <= sinceMs),
  )
  const alone = place === 0 && symptom.calm.length > 0
  const lead = leadMs <= 15 * 60_000 ? 0 : leadMs <= 3_600_000 ? 1 : 2
  const measured = hit.every((lane) => lane.measured)
  // Certain where in one region it came before anything could have begun.
  const pendingMs = hit.every((lane) => lane.leadMs <= lane.pendingMs)
    ? Math.max(...hit.map((lane) => lane.pendingMs))
    : 0

  const grounds: Wording[] = [
    ...(named ? [{ key: 'suspect.named' }] : []),
    {
      key: measured ? 'suspect.before-symptom' : 'suspect.before',
      values: { lead: { ms: leadMs }, regions: list(hitRegions) },
    },
    ...(alone ? [{ key: 'suspect.only-there', values: { regions: list(hitRegions) } }] : []),
    ...(distance > 0 ? [{ key: 'suspect.asked-by', values: { service: symptom.service } }] : []),
  ]
  const doubts: Wording[] = [
    ...(burntBefore.length > 0
      ? [{ key: 'suspect.burnt-before', values: { regions: list(burntBefore.map(({ region }) => region)) } }]
      : without.length > 0
        ? [{ key: 'suspect.burns-without', values: { regions: list(without.map(({ region }) => region)) } }]
        : []),
    ...(spared.length > 0 ? [{ key: 'suspect.runs-well', values: { regions: list(spared) } }] : []),
    ...(left ? [{ key: 'suspect.had-left' }] : []),
    ...(pendingMs > 0 ? [{ key: 'suspect.maybe-after', values: { pending: { ms: pendingMs } } }] : []),
    ...(lead === 2 ? [{ key: 'suspect.long-ago' }] : []),
  ]
  return {
    rank: [named ? 0 : 1, left ? 1 : 0, place, lead, distance, leadMs],
    suspect: { service: change.service, version: change.version, regions: hitRegions, leadMs, grounds, doubts },
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0)
  return 0
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
