import type { ConfiguredTarget } from '../config/config.ts'
import { asternId } from '../core/actor.ts'
import type { Standing } from '../core/alert/standing.ts'
import { releaseKey } from '../core/alert/suspected.ts'
import { Fault } from '../core/fault.ts'
import { type AutomaticDue, type AutomaticStop, counting } from '../core/incident/automatic.ts'
import { type AutomaticFacts, isCertain } from '../core/incident/automatic-next.ts'
import type { Incident } from '../core/incident/state.ts'
import { candidateKey, suggestion } from '../core/release/candidates.ts'
import { livedBadly } from '../core/release/lived.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import { changeSteps } from '../core/rollback/state.ts'
import { withDeadline } from '../ports/deadline.ts'
import { standingFreezes } from './freezes.ts'
import { loadRollback } from './load.ts'
import { look } from './look.ts'
import type { Move } from './plan.ts'
import { policyAt } from './policy.ts'
import { laneOf, type Scope } from './scope.ts'
import { type Places, placesOf, suspectedOf } from './suspects.ts'
import type { World } from './world.ts'

/** What the sources told of an alert. */
export interface Standings {
  standing(alert: AskedAlert, region: string): Standing
}

/** What the ledger, the configuration and the sources of alerts say at this moment; asks nobody. */
export function automaticFacts(world: World, incident: Incident, sources: Standings): AutomaticFacts {
  const places = placesIn(world, incident)
  if (!places) return { policy: null, burns: false, frozen: false, capable: false, locked: false }
  const { scope, regions } = places
  const targets = targetsIn(places)
  const now = world.clock.now()
  const environment = scope.environment.name
  return {
    policy: policyAt(world, scope.service, environment, now),
    burns: regions.every((region) => fires(incident, scope, region, sources)),
    frozen: standingFreezes(world, { service: scope.service.name, environment, regions }, now).length > 0,
    capable: isSafe(scope) && targets.every((target) => isPlain(world, target)),
    locked: targets.some(({ id }) => world.desk.lockOf(id) !== null),
  }
}

/** Where the suspect is to be set back, as far as the ledger knows; of a countdown, its own regions. */
function placesIn(world: World, incident: Incident): Places | null {
  const { suspected } = incident
  const [first] = suspected?.suspects ?? []
  return suspected && first ? placesOf(world, suspected.symptom.environment, first) : null
}

const targetsIn = ({ scope, regions }: Pick<Places, 'scope' | 'regions'>): readonly ConfiguredTarget[] =>
  scope.targets.filter(({ ref }) => regions.includes(ref.region))

/** One that was told fires there still: by its source, which tells ends as well. */
function fires({ alerted }: Incident, { service, environment }: Scope, region: string, sources: Standings): boolean {
  const own = alerted.find((one) => one.service === service.name)
  const burns = own?.burning.some((one) => one.environment === environment.name && [region, null].includes(one.region))
  if (!own || !burns) return false
  return own.alerts.some(({ source, name, expression }) => {
    const asked = { service: service.name, environment: environment.name, source, name, expression }
    return sources.standing(asked, region).state === 'fires'
  })
}

/** An older version fits what is stored. */
const isSafe = ({ service: { migrations } }: Scope): boolean => migrations === 'none' || migrations === 'reversible'

/** No layer that a person consents to, nothing that cannot be looked at before or taken back after. */
function isPlain(world: World, { connection }: ConfiguredTarget): boolean {
  const adapter = world.config().connections.get(connection)?.adapter
  return adapter !== undefined && adapter.layer === undefined && adapter.can.preview && adapter.can.undo
}

export interface Prepared {
  readonly scope: Scope
  readonly moves: readonly Move[]
  readonly due: Omit<AutomaticDue, 'dueAt'>
}

/** Looks at what runs there now, and what would be gone back to; or what keeps Astern from it. */
export const prepare = (world: World, incident: Incident, signal: AbortSignal): Promise<Prepared | AutomaticStop> =>
  inTime(world, signal, (soon) => prepared(world, incident, soon))

const withinMs = 10_000

/** What a cluster did not answer in time is not seen; what the ledger does not take is no question of sight. */
export async function inTime<T>(
  { clock, log }: World,
  signal: AbortSignal,
  work: (soon: AbortSignal) => Promise<T>,
): Promise<T | 'not-seen'> {
  try {
    return await withDeadline(clock, withinMs, signal, work)
  } catch (cause) {
    if (signal.aborted) throw cause
    const isBlind = cause instanceof Fault && !cause.code.startsWith('ledger.')
    if (!isBlind && !(cause instanceof DOMException && cause.name === 'TimeoutError')) throw cause
    log.warn('what would go back by itself could not be seen', { code: cause instanceof Fault ? cause.code : 'late' })
    return 'not-seen'
  }
}

async function prepared(world: World, incident: Incident, signal: AbortSignal): Promise<Prepared | AutomaticStop> {
  const { suspected } = incident
  const [recorded] = suspected?.suspects ?? []
  if (!suspected || !recorded) return 'other-suspect'
  // Judged anew, by what is known now: what came since the judgement was recorded may speak against it.
  const judged = suspectedOf(world, suspected.symptom)
  const [first] = judged.suspects
  if (!first || releaseKey(first) !== releaseKey(recorded)) return 'other-suspect'
  if (!isCertain(judged, incident.service)) return 'doubt'
  const places = placesOf(world, suspected.symptom.environment, first)
  if (!places) return 'moved'
  const { scope, came, version } = places
  const found = await look(world, scope, signal)
  const targets = targetsIn(places)
  const seen = targets.map((target) => found.regions.find(({ region }) => region === laneOf(scope, target)))
  if (seen.some((one) => !one?.current || one.stale || one.problem !== null)) return 'not-seen'
  if (seen.some((one) => one?.current?.version !== version)) return 'moved'
  const { candidate } = suggestion(found.candidates, { version, came })
  if (!candidate || livedBadly(candidate.lived)) return 'candidate'
  const moves = targets.flatMap((target): Move[] => {
    const to = candidate.releases[laneOf(scope, target)]
    return to ? [{ target, to }] : []
  })
  if (moves.length === 0 || moves.length < targets.length) return 'candidate'
  const left = new Set(seen.flatMap((one) => one?.current?.id ?? []))
  if (await wentBackBefore(world, scope.service.name, left)) return 'once'
  const policy = policyAt(world, scope.service, scope.environment.name, world.clock.now())
  if (!policy.automatic) return 'policy'
  const releases = Object.fromEntries(moves.map(({ target, to }) => [laneOf(scope, target), to]))
  return {
    scope,
    moves,
    due: {
      service: scope.service.name,
      environment: scope.environment.name,
      regions: Object.keys(releases),
      from: version,
      to: candidate.version,
      candidate: candidateKey(releases),
      why: first.grounds,
      ...policy.automatic,
      suspicion: suspected.position,
    },
  }
}

/** Whether Astern went back from one of these releases by itself before, in whatever incident. */
async function wentBackBefore({ desk, ledger }: World, service: string, releases: ReadonlySet<string>) {
  const own = desk
    .incidents()
    .flatMap(({ id }) => desk.rollbacksOf(id))
    .filter((line) => line.service === service && line.requester === asternId)
  for (const { id } of own) {
    const rollback = await loadRollback({ ledger }, id)
    if (rollback && changeSteps(rollback.plan).some(({ from }) => releases.has(from.id))) return true
  }
  return false
}

/** Why what was announced is not what would be done now; null where it is. */
export function differs(incident: Incident, { due }: Prepared): AutomaticStop | null {
  const announced = counting(incident)
  if (!announced) return 'hand'
  if (announced.from !== due.from) return 'moved'
  return announced.candidate === due.candidate ? null : 'candidate'
}
