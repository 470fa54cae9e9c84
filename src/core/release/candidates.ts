import { digestOf } from '../canonical.ts'
import type { Wording } from '../wording.ts'
import { type Lived, livedBadly } from './lived.ts'
import { type Notice, type Release, sameVersion } from './release.ts'

/** What is known of one region's target when somebody asks. */
export interface RegionLook {
  readonly region: string
  /** Null when the target could not be read; `problem` says why. */
  readonly current: Release | null
  readonly ready: { readonly wanted: number; readonly ready: number; readonly updated: number } | null
  readonly seenAt: string | null
  readonly stale: boolean
  readonly problem: Notice | null
  /** What the region's checks say of what runs now; empty when none is configured or none answered in time. */
  readonly health: readonly { readonly state: 'well' | 'burning' | 'unknown'; readonly seen: Notice }[]
  readonly notices: readonly Notice[]
  /** Releases it could go back to, newest first: the target's own, and those that only Astern remembers. */
  readonly history: readonly Release[]
}

/** What the ledger remembers of releases that rollbacks went away from. */
export interface Past {
  /** Rollbacks that went away from the release with this id. */
  rolledBackFrom(releaseId: string): readonly string[]
  /** How long it was current, in milliseconds, as far as somebody watched; null when nobody did. */
  ranMs(region: string, releaseId: string): number | null
}

export interface Candidate {
  /** Short and stable: names exactly these releases in these regions. */
  readonly key: string
  /** The version's name; two candidates never share it: the newer one keeps the plain name. */
  readonly version: string
  /** Per region the release to go to. */
  readonly releases: Readonly<Record<string, Release>>
  readonly alreadyIn: readonly string[]
  readonly ranMs: number | null
  readonly rolledBackFrom: readonly string[]
  readonly available: boolean | null
  readonly blockers: readonly Blocker[]
  /** How it was while it ran, where somebody asked. */
  readonly lived?: Lived
}

type Blocker = Notice & { readonly region: string }

/** Versions that could be gone back to, newest first, over all regions looked at. A region without one is a blocker; what a drill broke is none. */
export function candidates(looks: readonly RegionLook[], past: Past): readonly Candidate[] {
  const groups = grouped(looks)
  const runs = (group: Group) => looks.every((look) => look.current !== null && group.get(look.region) === look.current)
  // What runs everywhere keeps its plain name, although it is no candidate.
  const names = new Set(groups.filter(runs).flatMap((group) => [...group.values()].map(({ version }) => version)))
  return groups
    .filter((group) => !runs(group) && ![...group.values()].some(({ drill }) => drill !== undefined))
    .sort((a, b) => newest(b) - newest(a))
    .map((group) => candidate(group, looks, past, names))
}

type Group = Map<string, Release>

/**
 * One group a version. Two releases of one region are never one, also where only their configuration differs; over regions those with
 * the same template belong together, else those with the same images, the newest with the newest.
 */
function grouped(looks: readonly RegionLook[]): readonly Group[] {
  const groups: Group[] = []
  for (const { region, current, history } of looks)
    for (const release of [...(current ? [current] : []), ...history]) {
      const open = groups.filter((group) => !group.has(region))
      const has = (same: (member: Release) => boolean) => open.find((group) => [...group.values()].some(same))
      const group =
        has((member) => member.id === release.id) ??
        has((member) => member.drill === release.drill && sameVersion(member, release))
      if (group) group.set(region, release)
      else groups.push(new Map([[region, release]]))
    }
  return groups
}

/** Names exactly these releases in these regions; whoever looks at fewer regions sees another key. */
export const candidateKey = (releases: Readonly<Record<string, Pick<Release, 'id'>>>): string =>
  digestOf(Object.fromEntries(Object.entries(releases).map(([region, { id }]) => [region, id]))).slice(0, 16)

/** What is suggested to go back to, and why that one. */
export interface Suggestion {
  readonly candidate: Candidate | null
  readonly reason: Wording
}

/**
 * The newest that became available (or nobody knows), was not itself rolled back from and was well while it ran; blocked ones never. Where none was well, the
 * newest of them. `suspect`: only what stood there before it came, in each region of these where the candidate is.
 */
export function suggestion(
  found: readonly Candidate[],
  suspect: { readonly version: string; readonly came: Readonly<Record<string, string>> } | null = null,
): Suggestion {
  const fit = found.filter(
    ({ blockers, rolledBackFrom, available, releases }) =>
      blockers.length === 0 &&
      rolledBackFrom.length === 0 &&
      available !== false &&
      (!suspect || isBefore(releases, suspect.came)),
  )
  const candidate = fit.find(({ lived }) => !livedBadly(lived)) ?? fit[0] ?? null
  const passed = candidate === fit[0] ? null : fit[0]
  const values = { ...(suspect && { version: suspect.version }), ...(passed && { passed: passed.version }) }
  const keys = suspect
    ? (['card.suggested-before', 'card.suggested-before-well'] as const)
    : (['card.suggested-last', 'card.suggested-last-well'] as const)
  return { candidate, reason: { key: keys[passed ? 1 : 0], values } }
}

function isBefore(releases: Candidate['releases'], came: Readonly<Record<string, string>>): boolean {
  const shared = Object.entries(came).flatMap(([region, at]) => {
    const release = releases[region]
    return release ? [epochMs(release.since) < epochMs(at)] : []
  })
  return shared.length > 0 && shared.every(Boolean)
}

const epochMs = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

const newest = (group: ReadonlyMap<string, Release>): number =>
  Math.max(...[...group.values()].map((release) => Temporal.Instant.from(release.since).epochMilliseconds))

function candidate(
  group: ReadonlyMap<string, Release>,
  looks: readonly RegionLook[],
  past: Past,
  names: Set<string>,
): Candidate {
  const members = [...group.values()]
  const first = members[0] as Release
  const version = names.has(first.version) ? `${first.version} (${first.id.slice(0, 7)})` : first.version
  names.add(first.version)
  const ran = [...group].map(([region, release]) => past.ranMs(region, release.id)).filter((ms) => ms !== null)
  const seen = members.map((release) => release.available)
  return {
    key: candidateKey(Object.fromEntries(group)),
    version,
    releases: Object.fromEntries(group),
    alreadyIn: looks
      .filter((look) => look.current && group.get(look.region) === look.current)
      .map((look) => look.region),
    ranMs: ran.length > 0 ? Math.max(...ran) : null,
    rolledBackFrom: [...new Set(members.flatMap((release) => past.rolledBackFrom(release.id)))],
    available: seen.includes(false) ? false : seen.includes(true) ? true : null,
    blockers: looks.flatMap((look) => blockerIn(look, group, first.version)),
  }
}

/** A region that cannot be read, or that never had the version, is a blocker and never skipped. */
function blockerIn(look: RegionLook, group: ReadonlyMap<string, Release>, version: string): Blocker[] {
  const { region, current, problem } = look
  if (!current && problem) return [{ region, ...problem }]
  if (current && group.has(region)) return []
  const wording = { key: 'release.not-in-region', values: { version, region } }
  return [{ region, code: 'release.not-in-region', wording }]
}
