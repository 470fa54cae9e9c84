import type { Scenario } from '../config/drills.ts'
import { astern, type PersonId } from '../core/actor.ts'
import { type DrillEvent, drillStream, type StopReason } from '../core/drill/events.ts'
import type { DrillFacts } from '../core/drill/next.ts'
import { type Busy, fitsHabit, nextSlot } from '../core/drill/slot.ts'
import { type Drill, drillFrom } from '../core/drill/state.ts'
import { covers } from '../core/freeze/freeze.ts'
import { peopleBehind } from '../core/policy/roles.ts'
import type { Write } from '../ports/ledger.ts'
import { wording } from '../text/say.ts'
import { commit, write } from './commit.ts'
import { freezesUntil } from './freezes.ts'
import { loadIncident } from './load.ts'
import { onCallFor } from './on-call.ts'
import { nowOf, type World } from './world.ts'

type Known = Pick<World, 'config' | 'desk'>

/** So far ahead it is looked for what stands in a drill's way. */
const aheadDays = 210

export const loadDrill = async (world: Pick<World, 'ledger'>, id: string): Promise<Drill | null> =>
  drillFrom(await world.ledger.stream(drillStream(id)))

/** The drill of a scenario that is to come, or under way. */
export const openDrillOf = (world: Pick<World, 'desk'>, scenario: string): Drill | null =>
  world.desk.drills().findLast((drill) => drill.scenario === scenario && drill.phase !== 'ended') ?? null

export const runningDrills = (world: Pick<World, 'desk'>): readonly Drill[] =>
  world.desk.drills().filter(({ phase }) => phase === 'running' || phase === 'stopping')

/** What runs, and what is to come within the time in which it is announced. */
export function drillsSoon(world: Pick<World, 'desk' | 'clock'>): readonly Drill[] {
  const soon = world.clock.now().add({ hours: 24 * 8 })
  return world.desk
    .drills()
    .filter(({ phase, at }) => phase !== 'ended' && (phase !== 'planned' || Temporal.Instant.compare(at, soon) < 0))
}

/** The drill that an incident, or a rollback in one, is of; null: it is real. */
export const drillOfIncident = ({ desk }: Pick<World, 'desk'>, incident: string | undefined): string | null =>
  desk.incident(incident ?? '')?.drill ?? null

export const drillOfRollback = (world: Pick<World, 'desk'>, rollback: string): string | null =>
  drillOfIncident(world, world.desk.rollback(rollback)?.incident)

/** Real ones, by id. */
export const realIncidents = (world: Pick<World, 'desk'>): readonly string[] =>
  world.desk.openIncidents().flatMap(({ id, drill }) => (drill === undefined ? [id] : []))

/** When a scenario was last rehearsed. */
const lastOf = (world: Pick<World, 'desk'>, scenario: string): string | null =>
  world.desk.drills().findLast((drill) => drill.scenario === scenario && drill.startedAt !== null)?.startedAt ?? null

/** Times in which a scenario may not be rehearsed, with the reason. `but`: the drill that is asked for, which is not in its own way. */
export function busyFor(world: Known, scenario: Scenario, now: Temporal.Instant, but: string | null): readonly Busy[] {
  const until = now.add({ hours: 24 * aheadDays })
  const frozen = freezesUntil(world, now, until)
    // Also elsewhere: whoever froze one place of a service wants to be left alone.
    .filter(({ scope }) => scenario.services.some((service) => covers(scope, { service, regions: [] })))
    .map(({ id, reason, from, to }): Busy => ({ from, to, why: wording('drill.busy-freeze', { id, reason }) }))
  const holidays = holidaysOf(world, scenario.holidays, now, until)
  const others = world.desk.drills().flatMap((drill): Busy[] => {
    const from = drill.startedAt ?? drill.at
    const to = Temporal.Instant.from(from).add({ milliseconds: drill.lengthMs })
    if (drill.id === but || Temporal.Instant.compare(to, now) <= 0) return []
    const span = { from, to: to.toString() }
    if (drill.phase !== 'ended') return [{ ...span, why: wording('drill.busy-drill', { id: drill.id }) }]
    // Nobody takes one off to have it planned for the same hour again.
    const taken = drill.startedAt === null && drill.scenario === scenario.name
    return taken ? [{ ...span, why: wording('drill.busy-taken-off', { id: drill.id }) }] : []
  })
  return [...frozen, ...holidays, ...others]
}

/** As its calendar says; all days are, where that was never read: nobody can know. */
function holidaysOf({ desk }: Known, name: string | null, now: Temporal.Instant, until: Temporal.Instant): Busy[] {
  if (name === null) return []
  const calendar = desk.calendar(name)
  if (!calendar || calendar.until === '')
    return [{ from: now.toString(), to: until.toString(), why: wording('drill.busy-unread', { calendar: name }) }]
  return calendar.spans.map(({ title, start, end }) => ({
    from: start,
    to: end,
    why: wording('drill.busy-holiday', { title }),
  }))
}

/** What stands around a drill at this moment. */
export async function factsFor(world: World, drill: Drill): Promise<DrillFacts> {
  const scenario = world.config().drills.get(drill.scenario)
  const now = world.clock.now()
  return {
    now: now.toString(),
    busy: scenario && drill.phase === 'planned' ? busyFor(world, scenario, now, drill.id) : [],
    incidents: realIncidents(world),
    configured: scenario !== undefined,
    fits: !scenario || drill.by !== null || fitsHabit(scenario.habit, drill.at),
    handled: drill.phase === 'running' && (await isHandled(world, drill)),
  }
}

/** Each service that burnt was restored by a rollback, or somebody closed its incident. One at least. */
async function isHandled(world: World, { id }: Drill): Promise<boolean> {
  const own = world.desk.incidents().filter(({ drill }) => drill === id)
  const done = await Promise.all(
    own.map(async (line) => {
      if (line.closedAt !== null) return true
      const rollbacks = world.desk.rollbacksOf(line.id)
      const incident = rollbacks.length > 0 ? null : await loadIncident(world, line.id)
      return incident?.closed ? true : rollbacks.at(-1)?.outcome === 'restored'
    }),
  )
  return done.length > 0 && done.every(Boolean)
}

/** Plans the next drill of a scenario, if none is to come. Answers its id; null where one is, or no day is free. */
export async function planNext(world: World, scenario: Scenario): Promise<string | null> {
  let planned: string | null = null
  await commit<never>(world, { actor: astern }, async () => {
    planned = null
    if (openDrillOf(world, scenario.name)) return []
    const now = world.clock.now()
    const slot = nextSlot(
      scenario.habit,
      lastOf(world, scenario.name),
      busyFor(world, scenario, now, null),
      now.toString(),
    )
    if (!slot) return []
    planned = `D-${world.desk.nextNumber('drill')}`
    return [write(drillStream(planned), 0, plannedEvent(scenario, planned, { ...slot, by: null }))]
  })
  return planned
}

export function plannedEvent(
  { name, services, environment, regions, habit }: Scenario,
  id: string,
  slot: { readonly at: string; readonly moved: DrillMoved; readonly late: boolean; readonly by: PersonId | null },
): DrillEvent {
  const place = { services, environment, regions }
  return { type: 'drill.planned', v: 1, data: { id, scenario: name, ...place, lengthMs: habit.lengthMs, ...slot } }
}

type DrillMoved = Extract<DrillEvent, { type: 'drill.planned' }>['data']['moved']

/** Where to a drill can be moved; null where no day is free. */
export function slotAfter(world: World, drill: Drill, why: Busy['why']) {
  const scenario = world.config().drills.get(drill.scenario)
  if (!scenario) return null
  const now = world.clock.now()
  const end = Temporal.Instant.from(drill.at).add({ milliseconds: drill.lengthMs }).toString()
  const busy = [{ from: drill.at, to: end, why }, ...busyFor(world, scenario, now, drill.id)]
  const slot = nextSlot(scenario.habit, lastOf(world, drill.scenario), busy, now.toString())
  if (!slot) return null
  const others = slot.moved.filter(({ from }) => Temporal.Instant.compare(from, drill.at) !== 0)
  return { at: slot.at, late: slot.late, moved: [{ from: drill.at, why }, ...others] }
}

/** The events of a drill's start, as its scenario is in force now. */
export const startedEvent = (
  { services, environment, regions, fault, habit, within }: Scenario,
  by: PersonId | null,
): DrillEvent => ({
  type: 'drill.started',
  v: 1,
  data: { services, environment, regions, fault, lengthMs: habit.lengthMs, within, by },
})

/** Ends a drill that was not begun for good; one that runs goes on to put everything back. */
export function stopEvents(
  drill: Drill,
  of: { readonly why: StopReason; readonly by: PersonId | null; readonly incident?: string; readonly reason?: string },
): readonly DrillEvent[] {
  const stopped: DrillEvent = { type: 'drill.stopped', v: 1, data: of }
  return drill.phase === 'planned' ? [stopped, { type: 'drill.ended', v: 1, data: { started: false } }] : [stopped]
}

export const drillWrite = ({ id, version }: Drill, ...events: readonly DrillEvent[]): Write =>
  write(drillStream(id), version, ...events)

/** Who takes part in a scenario at an instant: whom it names, and whoever is on call for its services then. */
export function takingPart(world: Known, scenario: Scenario, at: Temporal.Instant): readonly PersonId[] {
  const onCall = scenario.services.flatMap((service) => onCallFor(world, service, at)?.people ?? [])
  return [...new Set([...onCall, ...peopleOf(world, scenario, scenario.people, at)])]
}

/** Who may plan and start it. */
export const mayDrill = (world: World, scenario: Scenario): readonly PersonId[] =>
  peopleOf(world, scenario, scenario.may, Temporal.Instant.from(nowOf(world)))

function peopleOf(world: Known, { services }: Scenario, roles: readonly string[], at: Temporal.Instant) {
  const config = world.config()
  const all = services.flatMap((name) => {
    const team = config.service(name)?.team
    return peopleBehind(roles, {
      owners: team?.members ?? [],
      commander: team?.commander ?? null,
      team: (other) => config.teams.get(other)?.members ?? null,
      onCall: (other) => {
        const found = onCallFor(world, other ?? name, at)
        return { people: found?.people ?? [], certain: found !== null && found.stale === null }
      },
    })
  })
  return [...new Set(all)]
}
