import type { Alerted } from './alerted.ts'
import type { Began } from './began.ts'
import type { Suspect, Suspicion, Symptom } from './suspect.ts'

/** What was judged to be behind an incident, and what to go back to. Guesses, each with its grounds. */
export interface Suspected {
  /** What was known of the fire when it was judged. */
  readonly symptom: Symptom & { readonly environment: string }
  /** Most suspect first, a few. Empty: nothing that is known changed in the six hours before. */
  readonly suspects: readonly Suspect[]
  /** What changed and is not suspected, with the reason; a few. */
  readonly cleared: Suspicion['cleared']
  /** Where nothing is known of what ran: not judged. */
  readonly blind?: readonly string[]
  /** Where the first suspect runs, and what is offered to go back to; null without a suspect. */
  readonly chosen: Chosen | null
}

export interface Chosen {
  readonly service: string
  readonly environment: string
  /** Regions to set back. */
  readonly regions: readonly string[]
  /** The key of the candidate, and what people call it; null where none is good enough. */
  readonly candidate: string | null
  readonly version: string | null
}

export const mostSuspects = 5

/**
 * The symptom that alerts of a service tell, in the environment that burns first. `regions` are those of that environment. What burnt before in this incident
 * (`before`) burnt first: a flapping alert moves no beginning. `began` knows better than the alerts. Null where nothing burns nor burnt.
 */
export function symptomOf(
  alerted: Alerted,
  regions: readonly string[],
  before: Suspected['symptom'] | null,
  began: Began = (_, since) => ({ since }),
): Suspected['symptom'] | null {
  const { service, environment, release } = alerted
  const known = before?.service === service && before.environment === environment ? before : null
  const since = new Map((known?.burning ?? []).map((one) => [one.region, one.since]))
  const here = alerted.burning.filter((place) => place.environment === environment)
  const named = here.flatMap(({ region, since: at }) => (region === null ? [] : [{ region, since: at }]))
  const anywhere = here.filter(({ region }) => region === null)
  const isUnplaced = named.length === 0 && (anywhere.length > 0 || known?.unplaced === true)
  if (known?.unplaced && named.length > 0) since.clear()
  const burning = isUnplaced
    ? anywhere.flatMap(({ since: at }) => regions.map((region) => ({ region, since: at })))
    : named
  for (const { region, since: at } of burning) {
    const earlier = since.get(region)
    if (earlier === undefined || ms(at) < ms(earlier)) since.set(region, at)
  }
  if (since.size === 0) return null
  return {
    service,
    environment,
    burning: [...since]
      .map(([region, at]) => ({ region, ...began(region, at) }))
      .sort((a, b) => ms(a.since) - ms(b.since)),
    // An alert without a region may be of any: none is known to be calm then.
    calm: anywhere.length > 0 || isUnplaced ? [] : regions.filter((region) => !since.has(region)),
    named: release ?? known?.named ?? null,
    ...(isUnplaced && { unplaced: true }),
  }
}

/** Whether two judgements say something else to people: it burns elsewhere, another release is behind it, something else speaks against that. */
export function isNewJudgement(before: Suspected | null, now: Suspected): boolean {
  if (!before) return true
  const known = new Set(before.symptom.burning.map(({ region }) => region))
  const spread = now.symptom.burning.some(({ region }) => !known.has(region))
  const first = ({ suspects: [suspect] }: Suspected) =>
    suspect ? [releaseKey(suspect), ...suspect.doubts.map(({ key }) => key)].join(' ') : ''
  return spread || before.symptom.unplaced !== now.symptom.unplaced || first(before) !== first(now)
}

/** Doubts with which a guess is good enough to look at, but not to take two fires for one. */
const grave = new Set(['suspect.had-left', 'suspect.burnt-before', 'suspect.burns-without', 'suspect.long-ago'])

/** Whether a suspect is so likely that what it may be behind is one incident. */
export const isCause = ({ doubts }: Suspect): boolean => !doubts.some(({ key }) => grave.has(key))

/** One name for a version of a service, wherever it runs. */
export const releaseKey = ({ service, version }: Pick<Suspect, 'service' | 'version'>): string =>
  `${service} ${version}`

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
