import type { Scenario } from '../config/drills.ts'
import type { PersonId } from '../core/actor.ts'
import { drillStream } from '../core/drill/events.ts'
import type { DrillRefusal } from '../core/drill/refusal.ts'
import { atNight, nextSlot } from '../core/drill/slot.ts'
import type { Drill } from '../core/drill/state.ts'
import { nearest } from '../core/nearest.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { wording } from '../text/say.ts'
import { commit, write } from './commit.ts'
import { stopWrites } from './drill-end.ts'
import {
  busyFor,
  drillWrite,
  loadDrill,
  mayDrill,
  openDrillOf,
  plannedEvent,
  realIncidents,
  startedEvent,
} from './drills.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

type No = DrillRefusal | Refusal
export type DrillOutcome =
  | { readonly status: 'done'; readonly drill: Drill }
  | { readonly status: 'refused'; readonly no: No }

interface Asked {
  readonly who: Who
  readonly dedupe: string
}

/** Plans a drill of a scenario, or moves the one that is to come. `at` null: the next day that is free. */
export async function planDrill(
  world: World,
  asked: Asked & { readonly scenario: Scenario; readonly at: Temporal.Instant | null },
): Promise<DrillOutcome> {
  const { scenario, at } = asked
  return changed(world, asked, scenario, async (person) => {
    const open = openDrillOf(world, scenario.name)
    if (open && open.phase !== 'planned') return { refused: 'drill-under-way', id: open.id }
    const slot = at === null ? freeSlot(world, scenario, open) : slotAt(world, scenario, at, open)
    if ('refused' in slot) return slot
    if (!open) {
      const id = `D-${world.desk.nextNumber('drill')}`
      return {
        id,
        writes: [write(drillStream(id), 0, plannedEvent(scenario, id, { ...slot, moved: [], by: person }))],
      }
    }
    const drill = await loadDrill(world, open.id)
    if (!drill || Temporal.Instant.compare(drill.at, slot.at) === 0) return { id: open.id, writes: [] }
    const moved = [{ from: drill.at, why: wording('drill.busy-moved', { person: { person } }) }]
    const event = { type: 'drill.moved', v: 1, data: { at: slot.at, moved, late: slot.late, by: person } } as const
    return { id: drill.id, writes: [drillWrite(drill, event)] }
  })
}

/** The next day that the habit means; later than the one it stands on. */
function freeSlot(world: World, scenario: Scenario, open: Drill | null) {
  const now = world.clock.now()
  const own = open && {
    from: open.at,
    to: Temporal.Instant.from(open.at).add({ milliseconds: open.lengthMs }).toString(),
    why: wording('drill.busy-drill', { id: open.id }),
  }
  const slot = nextSlot(
    scenario.habit,
    null,
    [...(own ? [own] : []), ...busyFor(world, scenario, now, open?.id ?? null)],
    now.toString(),
  )
  return slot ?? ({ refused: 'drill-no-day', scenario: scenario.name } as const)
}

/** Where somebody wants it, if nothing stands in its way. */
function slotAt(world: World, scenario: Scenario, at: Temporal.Instant, open: Drill | null) {
  const now = world.clock.now()
  const start = at.toString()
  if (Temporal.Instant.compare(at, now) <= 0) return { refused: 'drill-past', at: start } as const
  const no = inTheWay(world, scenario, start, open)
  return no ?? { at: start, late: false }
}

function inTheWay(world: World, scenario: Scenario, start: string, open: Drill | null): DrillRefusal | null {
  const { habit, name } = scenario
  if (atNight(habit, start)) return { refused: 'drill-night', at: start, zone: habit.timeZone }
  const begins = Temporal.Instant.from(start)
  const ends = begins.add({ milliseconds: habit.lengthMs })
  const busy = busyFor(world, scenario, world.clock.now(), open?.id ?? null).find(
    ({ from, to }) => Temporal.Instant.compare(from, ends) < 0 && Temporal.Instant.compare(begins, to) < 0,
  )
  return busy ? { refused: 'drill-busy', at: start, why: busy.why, scenario: name } : null
}

/** Begins now what is to come, or a drill that nobody had planned; never in a freeze, on a holiday, at night or in an incident. */
export async function startDrill(world: World, asked: Asked & { readonly scenario: Scenario }): Promise<DrillOutcome> {
  const { scenario } = asked
  return changed(world, asked, scenario, async (person) => {
    const open = openDrillOf(world, scenario.name)
    if (open && open.phase !== 'planned') return { refused: 'drill-under-way', id: open.id }
    const start = world.clock.now().toString()
    const no = inTheWay(world, scenario, start, open)
    if (no) return no
    const [incident] = realIncidents(world)
    if (incident !== undefined) {
      const why = wording('drill.busy-incident', { id: incident })
      return { refused: 'drill-busy', at: start, why, scenario: scenario.name }
    }
    const started = startedEvent(scenario, person)
    const drill = open && (await loadDrill(world, open.id))
    if (drill) return { id: drill.id, writes: [drillWrite(drill, started)] }
    const id = `D-${world.desk.nextNumber('drill')}`
    const planned = plannedEvent(scenario, id, { at: start, moved: [], late: false, by: person })
    return { id, writes: [write(drillStream(id), 0, planned, started)] }
  })
}

/** Ends a drill at once, or takes one off that is to come. Everybody may: whoever sees that it must end is right. */
export async function stopDrill(
  world: World,
  asked: Asked & { readonly id: string; readonly reason: string },
): Promise<DrillOutcome> {
  const { id, reason, who, dedupe } = asked
  const { person, standing } = who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  if (standing !== 'member') return { status: 'refused', no: { refused: 'standing', standing, approvers: [] } }
  const result = await commit<No>(world, { actor: who.actor, dedupe }, async () => {
    const drill = await loadDrill(world, id)
    if (!drill) return { refused: 'drill-unknown', word: id, known: known(world) }
    if (drill.phase !== 'planned' && drill.phase !== 'running') return { refused: 'drill-over', id }
    return stopWrites(world, drill, { why: 'hand', by: person, ...(reason !== '' && { reason }) })
  })
  return result.status === 'refused' ? result : done(world, id)
}

/** Scenarios, and the drills that are to come or under way. */
export const known = (world: World): readonly string[] => [
  ...world.config().drills.keys(),
  ...world.desk.drills().flatMap(({ id, phase }) => (phase === 'planned' || phase === 'running' ? [id] : [])),
]

/** What somebody named: a scenario, or a drill of one. */
export function scenarioNamed(world: World, word: string): Scenario | DrillRefusal {
  const { drills } = world.config()
  const scenario = drills.get(word) ?? drills.get(world.desk.drill(word.toUpperCase())?.scenario ?? '')
  if (scenario) return scenario
  const near = nearest(word, known(world), 3)
  return { refused: 'drill-unknown', word, known: near.length > 0 ? near : known(world) }
}

type Decided = No | { readonly id: string; readonly writes: readonly ReturnType<typeof write>[] }

async function changed(
  world: World,
  { who, dedupe }: Asked,
  scenario: Scenario,
  decide: (person: PersonId) => Promise<Decided>,
): Promise<DrillOutcome> {
  const { person, standing, actor } = who
  const may = mayDrill(world, scenario)
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  if (standing !== 'member') return { status: 'refused', no: { refused: 'standing', standing, approvers: may } }
  if (!may.includes(person))
    return { status: 'refused', no: { refused: 'may-not-drill', scenario: scenario.name, may } }
  let id = ''
  const result = await commit<No>(world, { actor, dedupe }, async () => {
    const decided = await decide(person)
    if ('refused' in decided) return decided
    id = decided.id
    return decided.writes
  })
  if (result.status === 'refused') return result
  if (result.status === 'repeated') {
    const [first] = await world.ledger.read(result.position - 1, 1)
    id = first?.stream.slice('drill/'.length) ?? id
  }
  return done(world, id)
}

async function done(world: World, id: string): Promise<DrillOutcome> {
  const drill = await loadDrill(world, id)
  if (!drill) throw new TypeError(`there is no drill ${id}`)
  return { status: 'done', drill }
}
