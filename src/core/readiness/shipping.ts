import type { Release } from '../release/release.ts'
import { type Finding, found, type ReadinessFacts, type TargetFacts } from './facts.ts'

/** Whether what runs was seen, and is made of images that can be put back whole. */
export function containers({ targets }: ReadinessFacts): Finding {
  const unseen = lanes(targets.filter(({ current }) => current === null))
  const bare = lanes(targets.filter(({ current }) => current !== null && current.images.length === 0))
  if (bare.length > 0)
    return found(
      'containers',
      'missing',
      'readiness.containers-bare',
      { where: { list: bare } },
      'readiness.next-containers',
    )
  if (unseen.length > 0)
    return found(
      'containers',
      'unknown',
      'readiness.containers-unseen',
      { where: { list: unseen } },
      'readiness.next-look',
    )
  return found('containers', 'ready', 'readiness.containers-yes', { count: targets.length })
}

/** Whether there is somewhere else to break it, that shares nothing with what customers use. */
export function isolated({ environments }: ReadinessFacts): Finding {
  const [only, ...others] = environments
  if (others.length === 0)
    return found(
      'isolated',
      'missing',
      'readiness.isolated-one',
      { environment: only?.name ?? '' },
      'readiness.next-isolated',
    )
  const shared = environments.filter(({ name, units }) =>
    environments.some((other) => other.name !== name && other.units.some((unit) => units.includes(unit))),
  )
  const names = { list: environments.map(({ name }) => name) }
  if (shared.length > 0)
    return found(
      'isolated',
      'missing',
      'readiness.isolated-shared',
      { environments: { list: shared.map(({ name }) => name) } },
      'readiness.next-isolated',
    )
  return found('isolated', 'ready', 'readiness.isolated-yes', { environments: names })
}

/** Whether each version has a name of its own. */
export function tagged({ targets }: ReadinessFacts): Finding {
  const releases = known(targets)
  if (releases.length === 0) return found('tagged', 'unknown', 'readiness.tagged-unseen', {}, 'readiness.next-look')
  const nameless = releases.filter(({ version }) => version === 'latest' || /^(sha256:)?[0-9a-f]{12,}$/.test(version))
  const names = [...new Set(nameless.map(({ version }) => version))].slice(0, 3)
  if (names.length > 0)
    return found(
      'tagged',
      'missing',
      'readiness.tagged-nameless',
      { versions: { list: names } },
      'readiness.next-tagged',
    )
  const twice = targets.flatMap((target) => {
    const byName = Map.groupBy(new Map(known([target]).map((one) => [one.id, one])).values(), ({ version }) => version)
    return [...byName].filter(([, same]) => same.length > 1).map(([version]) => version)
  })
  const repeated = [...new Set(twice)].slice(0, 3)
  if (repeated.length > 0)
    return found(
      'tagged',
      'doubtful',
      'readiness.tagged-twice',
      { versions: { list: repeated } },
      'readiness.next-tagged',
    )
  return found('tagged', 'ready', 'readiness.tagged-yes')
}

/** Whether what a release refers to can become something else behind its back. */
export function digests({ targets }: ReadinessFacts): Finding {
  const images = known(targets).flatMap((release) => release.images)
  if (images.length === 0) return found('digests', 'unknown', 'readiness.digests-unseen', {}, 'readiness.next-look')
  const loose = images.filter(({ reference }) => !/@sha256:[0-9a-f]{64}$/.test(reference))
  if (loose.length === 0) return found('digests', 'ready', 'readiness.digests-yes')
  // What ran was seen: should the tag be moved, it shows.
  const unresolved = loose.find(({ digest }) => digest === undefined)
  const example = (unresolved ?? loose[0])?.reference ?? ''
  return unresolved
    ? found('digests', 'missing', 'readiness.digests-loose', { example }, 'readiness.next-digests')
    : found('digests', 'doubtful', 'readiness.digests-resolved', { example }, 'readiness.next-digests')
}

export function migrations({ migrations: said, service }: ReadinessFacts): Finding {
  switch (said) {
    case null:
      return found('migrations', 'unknown', 'readiness.migrations-unsaid', { service }, 'readiness.next-migrations-say')
    case 'one-way':
      return found('migrations', 'missing', 'readiness.migrations-one-way', {}, 'readiness.next-migrations')
    case 'none':
      return found('migrations', 'ready', 'readiness.migrations-none')
    case 'reversible':
      return found('migrations', 'ready', 'readiness.migrations-reversible')
  }
}

/** Whether there is more than one release to go back to, everywhere. */
export function more({ targets }: ReadinessFacts): Finding {
  if (targets.every(({ current }) => current === null))
    return found('candidates', 'unknown', 'readiness.candidates-unseen', {}, 'readiness.next-look')
  const counted = targets.map(({ lane, current, past }) => ({
    lane,
    count: past.filter(
      ({ release, rolledBackFrom }) =>
        release.id !== current?.id && release.available !== false && release.drill === undefined && !rolledBackFrom,
    ).length,
  }))
  const least = counted.reduce((a, b) => (b.count < a.count ? b : a))
  const values = { count: least.count, where: least.lane }
  if (least.count === 0)
    return found('candidates', 'missing', 'readiness.candidates-none', values, 'readiness.next-candidates')
  if (least.count === 1)
    return found('candidates', 'doubtful', 'readiness.candidates-one', values, 'readiness.next-candidates')
  return found('candidates', 'ready', 'readiness.candidates-yes', values)
}

const lanes = (targets: readonly TargetFacts[]): string[] => targets.map(({ lane }) => lane)

/** What runs and what it could go back to; what a drill broke does not count. */
const known = (targets: readonly TargetFacts[]): Release[] =>
  targets
    .flatMap(({ current, past }) => [...(current ? [current] : []), ...past.map(({ release }) => release)])
    .filter(({ drill }) => drill === undefined)
