import type { PersonId } from '../core/actor.ts'
import { isWithin } from '../core/drill/scenario.ts'
import type { AsternEvent } from '../core/event.ts'
import type { Freeze } from '../core/freeze/freeze.ts'
import { type Automatic, counting } from '../core/incident/automatic.ts'
import type { IncidentCause, IncidentEvent } from '../core/incident/events.ts'
import { type Incident, incidentStream, serviceStream } from '../core/incident/state.ts'
import { propose as decide, type Proposal } from '../core/rollback/decide.ts'
import type { Alone } from '../core/rollback/events.ts'
import { proposeAndBreakGlass } from '../core/rollback/glass.ts'
import { lockHolder, lockStream, rollbackStream } from '../core/rollback/lock.ts'
import { targetId, toAccept } from '../core/rollback/plan.ts'
import { isRefusal, type Refusal } from '../core/rollback/refusal.ts'
import { changeSteps } from '../core/rollback/state.ts'
import type { Recorded, Write } from '../ports/ledger.ts'
import { sayPlain } from '../text/say.ts'
import { realIncidentAbout } from './about.ts'
import { commit, write } from './commit.ts'
import { drillWith, runningOf } from './drill-with.ts'
import { standingFreezes } from './freezes.ts'
import { loadIncident, loadRollback } from './load.ts'
import { type Move, planMoves } from './plan.ts'
import { policyAt } from './policy.ts'
import { reviewId, reviewWrites } from './review.ts'
import type { Scope } from './scope.ts'
import type { Who } from './who.ts'
import { nowOf, type World } from './world.ts'

export interface Asked {
  readonly scope: Scope
  readonly moves: readonly Move[]
  readonly reason: string
  readonly who: Who
  /** The dedupe key of the delivery that asks. */
  readonly dedupe: string
  readonly undoes?: string
  /** Why it is to be done in spite of a freeze. */
  readonly override?: string
  /** At the host: it runs at once, by a broken glass. */
  readonly host?: true
  /** Nobody asks: what was announced, in which incident, by which judgement there. */
  readonly automatic?: Alone & { readonly incident: string; readonly judged: number }
}

export type ProposeOutcome =
  | { readonly status: 'proposed'; readonly rollback: string; readonly incident: string }
  | { readonly status: 'refused'; readonly no: Refusal }

/** Plans, dry-runs and proposes: rollback, locks and incident in one append. */
export async function propose(world: World, asked: Asked, signal: AbortSignal): Promise<ProposeOutcome> {
  const { scope, who } = asked
  if (!who.person) return { status: 'refused', no: { refused: 'unknown-person' } }
  const requester = who.person
  const { plan, blockers } = await planMoves(world, scope, asked.moves, signal)
  const now = nowOf(world)
  const result = await commit<Refusal>(world, { actor: who.actor, dedupe: asked.dedupe }, async () => {
    const rehearsed = onlyAlerts(world, asked)
    if (rehearsed) return rehearsed
    const locks = await Promise.all(
      asked.moves.map(({ target }) =>
        world.ledger.stream(lockStream(target.id)).then((events) => ({ target, events })),
      ),
    )
    const id = `R-${world.desk.nextNumber('rollback')}`
    const joined = await incidentFor(world, scope, requester, asked.moves)
    const inIncident = joined.writes.length === 0
    const { automatic } = asked
    if (automatic && !stillDue(joined.about, automatic)) return { refused: 'needs-a-person', may: [] }
    const count = joined.about && counting(joined.about)
    const freezes = freezesOf(world, asked)
    const proposal: Proposal = {
      id,
      incident: joined.incident,
      requester,
      standing: who.standing,
      reason: asked.reason,
      plan,
      policy: policyAt(world, scope.service, scope.environment.name, world.clock.now()),
      // Nobody looks at the plan: what people would have to accept stands in its way.
      blockers: automatic ? [...blockers, ...toAccept(plan)] : blockers,
      version: asked.moves[0]?.to.version ?? '',
      locks: (await Promise.all(locks.map(({ target, events }) => held(world, target.id, events)))).flat(),
      ...(asked.undoes && { undoes: asked.undoes }),
      freezes,
      override: asked.override?.trim() ? asked.override.trim() : null,
      inIncident,
      ...(automatic && { automatic: { line: automatic.line, due: automatic.due } }),
    }
    const decision = asked.host
      ? proposeAndBreakGlass(proposal, { reason: asked.reason, review: reviewId(id) }, now)
      : decide(proposal, now)
    if (isRefusal(decision)) return decision
    const taken = new Map(locks.map(({ target, events }) => [target.id, events.length]))
    return [
      ...joined.writes,
      write(rollbackStream(id), 0, ...decision),
      ...(await reviewWrites(world, { id, incident: joined.incident, plan, policy: proposal.policy }, decision)),
      write(
        incidentStream(joined.incident),
        joined.version,
        {
          type: 'incident.rollback-joined',
          v: 1,
          data: { rollback: id, ...(automatic && { automatic: automatic.due }) },
        },
        ...(count && !automatic ? [takenOver(count, requester)] : []),
        ...(inIncident ? [] : overridden(freezes, asked, id, requester)),
      ),
      ...changeSteps(plan).map(({ target }) =>
        write(lockStream(targetId(target)), taken.get(targetId(target)) ?? 0, {
          type: 'lock.taken',
          v: 1,
          data: { target, rollback: id },
        }),
      ),
    ]
  })
  if (result.status === 'refused') return { status: 'refused', no: result.no }
  const events = result.status === 'committed' ? result.events : await world.ledger.read(result.position - 1, 8)
  return outcomeOf(events)
}

/** What stands where the moves would change something. */
const freezesOf = (world: World, { scope, moves }: Asked) =>
  standingFreezes(
    world,
    {
      service: scope.service.name,
      environment: scope.environment.name,
      regions: [...new Set(moves.map(({ target }) => target.ref.region))],
    },
    world.clock.now(),
  )

/** What is told of it: somebody released although nothing should have been. */
function overridden(freezes: readonly Freeze[], asked: Asked, rollback: string, person: PersonId): AsternEvent[] {
  if (freezes.length === 0) return []
  const service = asked.scope.service.name
  const reason = asked.override?.trim() ?? ''
  const ids = freezes.map(({ id }) => id)
  return [{ type: 'freeze.overridden', v: 1, data: { freezes: ids, rollback, service, person, reason } }]
}

async function held(world: World, target: string, events: readonly Recorded[]) {
  const rollback = lockHolder(events)
  const by = rollback ? await loadRollback(world, rollback) : null
  return by ? [{ target, rollback: by.id, by: by.requester }] : []
}

function outcomeOf(events: readonly Recorded[]): ProposeOutcome {
  for (const { event } of events)
    if (event.type === 'rollback.proposed')
      return { status: 'proposed', rollback: event.data.id, incident: event.data.incident }
  throw new TypeError('the proposal left no event')
}

/** The service's open incident, or a new one; its service stream keeps two proposals from both opening one. */
async function incidentFor(world: World, scope: Scope, opener: PersonId, moves: readonly Move[]) {
  const service = scope.service.name
  const drill = drillWith(world, scope, moves)
  const stream = await world.ledger.stream(serviceStream(service, drill))
  const last = stream.at(-1)?.event
  const open = last?.type === 'service.incident-opened' ? await loadIncident(world, last.data.incident) : null
  // Its version, not just any: somebody may be closing it at this moment.
  if (open && !open.closed) return joining(open)
  // One cause is one incident: the one of another service that suspects this one.
  const about = drill === undefined ? realIncidentAbout(world, service) : null
  const suspecting = about && (await loadIncident(world, about.id))
  if (suspecting && !suspecting.closed) return joining(suspecting)
  const title = sayPlain(scope.service.language, 'incident.rollback-title', { service })
  const opening = { opener, title, serviceVersion: stream.length, cause: 'rollback', ...(drill && { drill }) } as const
  return { ...openIncident(world, scope, opening), about: null }
}

const joining = (about: Incident) => ({
  incident: about.id,
  version: about.version,
  writes: [] as Write[],
  about,
})

/** What was announced is to come yet, in this very incident and by the same judgement. */
const stillDue = (about: Incident | null, { incident, due, judged }: NonNullable<Asked['automatic']>): boolean =>
  about?.id === incident && counting(about)?.position === due && about.suspected?.position === judged

const takenOver = ({ position: due }: Automatic, person: PersonId): IncidentEvent => ({
  type: 'incident.automatic-stopped',
  v: 1,
  data: { due, person, why: 'human-proposed' },
})

/** Whoever rehearses there with alerts alone is not to change what is real. With a real incident the drill is over. */
function onlyAlerts(world: World, { scope, host }: Asked): Refusal | null {
  const { service, environment } = scope
  const here = { service: service.name, environment: environment.name, region: null }
  const drill = runningOf(world, (one) => one.fault?.kind === 'alerts' && isWithin(one, here))
  return drill === undefined || host ? null : { refused: 'drill-alerts', drill, service: service.name }
}

export interface Opening {
  /** Null: an alert opens it. */
  readonly opener: PersonId | null
  readonly title: string
  readonly serviceVersion: number
  readonly cause: IncidentCause
  /** The drill that makes it. */
  readonly drill?: string
}

/** The writes that open an incident for a service. */
export function openIncident(world: World, scope: Pick<Scope, 'service'>, opening: Opening) {
  const incident = `INC-${world.desk.nextNumber('incident')}`
  const service = scope.service.name
  const { opener, title, cause, drill } = opening
  const home = world.config().ruleFor(scope.service, scope.service.defaultEnvironment.name).incident
  const writes = [
    write(incidentStream(incident), 0, {
      type: 'incident.opened',
      v: 1,
      data: { id: incident, service, title, opener, home, cause, ...(drill && { drill }) },
    }),
    write(serviceStream(service, drill), opening.serviceVersion, {
      type: 'service.incident-opened',
      v: 1,
      data: { service, incident },
    }),
  ]
  return { incident, version: 1, writes }
}
