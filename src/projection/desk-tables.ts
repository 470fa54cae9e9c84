import type { PersonId } from '../core/actor.ts'
import type { ImportedCalendar } from '../core/calendar/imported.ts'
import type { Drill } from '../core/drill/state.ts'
import type { Freeze } from '../core/freeze/freeze.ts'
import type { IncidentCause } from '../core/incident/events.ts'
import type { Roster } from '../core/oncall/roster.ts'
import type { Release } from '../core/release/release.ts'
import { type Plan, targetId } from '../core/rollback/plan.ts'
import { changeSteps, type Outcome } from '../core/rollback/state.ts'
import type { PagingLine } from './pagings.ts'
import type { TargetPast } from './target-past.ts'

export interface RollbackLine {
  readonly id: string
  readonly service: string
  readonly incident: string
  readonly requester: PersonId
  readonly targets: readonly string[]
  readonly outcome: Outcome | null
  /** Where in the ledger it was proposed. */
  readonly position: number
  /** The rollback that it takes back. */
  readonly undoes?: string
}

export interface IncidentLine {
  readonly id: string
  readonly service: string
  readonly title: string
  readonly openedAt: string
  readonly rollbacks: readonly string[]
  /** What opened it: `rollback` has that rollback's card as its root. */
  readonly cause: IncidentCause
  readonly rooms: readonly { readonly chat: string; readonly channel: string; readonly own: boolean }[]
  readonly closedAt: string | null
  /** The incident that it became one with. */
  readonly joined?: string
  /** The release that is most suspected to be behind it. */
  readonly suspect?: { readonly service: string; readonly version: string }
  /** The drill that made it. */
  readonly drill?: string
  /** Where in the ledger the rollback was announced that nobody asked for, while it is still to come. */
  readonly counts?: number
}

/** A post-mortem or a review that somebody owes. */
export interface Owed {
  readonly what: 'post-mortem' | 'review'
  readonly incident: string
  /** Of a review: the rollback, and whose doing it was. */
  readonly rollback?: string
  readonly of?: PersonId
  readonly owner: PersonId
  readonly dueAt: string
}

/** What a running rollback does to a target. */
export interface StepLine {
  readonly step: string
  readonly target: string
  /** The release it goes to. */
  readonly to: string
  /** The release it goes away from as one that was at fault; null for an undo. */
  readonly leaves: string | null
  /** The release that this undo says was not at fault, and the rollback that had said so. */
  readonly clears: { readonly release: string; readonly rollback: string } | null
}

/** What a rollback does when it runs. `undone`: what it takes back. */
export function stepLines(plan: Plan, undoes: string | undefined, undone: RollbackLine | null): readonly StepLine[] {
  // To take a rollback back says that its release was not at fault; to take that back, that it was.
  const acquits = undoes !== undefined && !undone?.undoes
  return changeSteps(plan).map((step) => ({
    step: step.id,
    target: targetId(step.target),
    to: step.to.id,
    leaves: acquits ? null : step.from.id,
    clears: acquits ? { release: step.to.id, rollback: undoes } : null,
  }))
}

/** All that a desk knows. */
export interface DeskTables {
  position: number
  readonly rollbacks: Map<string, RollbackLine>
  readonly incidents: Map<string, IncidentLine>
  /** Target → rollback that holds its lock. */
  readonly locks: Map<string, string>
  readonly targets: Map<string, TargetPast>
  /** Target → how long its last changes took, in milliseconds. */
  readonly took: Map<string, readonly number[]>
  /** Of rollbacks that have not ended. */
  readonly steps: Map<string, readonly StepLine[]>
  /** Account → where in the ledger it was last lost. */
  readonly lost: Map<string, number>
  readonly unfinished: Set<string>
  /** Service (with the drill, for one of a drill) → its open incident. */
  readonly open: Map<string, string>
  readonly owed: Map<string, Owed>
  /** Those that people set and nobody lifted. */
  readonly freezes: Map<string, Freeze>
  readonly drills: Map<string, Drill>
  readonly numbers: { rollback: number; incident: number; freeze: number; drill: number }
  /** Calendars kept elsewhere, by name. */
  readonly calendars: Map<string, ImportedCalendar>
  /** Schedules, by id. */
  readonly rosters: Map<string, Roster>
  readonly pagings: Map<string, PagingLine>
  checkpoint: { readonly at: string; readonly position: number } | null
  lastClosing: number
}

export const newTables = (): DeskTables => ({
  position: 0,
  rollbacks: new Map(),
  incidents: new Map(),
  locks: new Map(),
  targets: new Map(),
  took: new Map(),
  steps: new Map(),
  lost: new Map(),
  unfinished: new Set(),
  open: new Map(),
  owed: new Map(),
  freezes: new Map(),
  drills: new Map(),
  numbers: { rollback: 0, incident: 0, freeze: 0, drill: 0 },
  calendars: new Map(),
  rosters: new Map(),
  pagings: new Map(),
  checkpoint: null,
  lastClosing: 0,
})

type Entries<Value> = readonly (readonly [string, Value])[]

/** The tables as JSON holds them, in the order in which they were filled. */
export interface PackedDesk {
  readonly position: number
  readonly rollbacks: readonly RollbackLine[]
  readonly incidents: readonly IncidentLine[]
  readonly locks: Entries<string>
  readonly targets: Entries<{
    readonly releases: readonly Release[]
    readonly spans: TargetPast['spans']
    readonly rolledBackFrom: Entries<readonly string[]>
    readonly awaited: TargetPast['awaited']
  }>
  readonly took: Entries<readonly number[]>
  readonly steps: Entries<readonly StepLine[]>
  readonly lost: Entries<number>
  readonly unfinished: readonly string[]
  readonly open: Entries<string>
  readonly owed: Entries<Owed>
  readonly freezes: readonly Freeze[]
  readonly drills: readonly Drill[]
  readonly numbers: DeskTables['numbers']
  readonly calendars: Entries<ImportedCalendar>
  readonly rosters: readonly Roster[]
  readonly pagings: readonly PagingLine[]
  readonly checkpoint: DeskTables['checkpoint']
  readonly lastClosing: number
}

export const pack = (tables: DeskTables): PackedDesk => ({
  position: tables.position,
  rollbacks: [...tables.rollbacks.values()],
  incidents: [...tables.incidents.values()],
  locks: [...tables.locks],
  targets: [...tables.targets]
    .filter(([, past]) => past.releases.size > 0 || past.spans.length > 0 || past.rolledBackFrom.size > 0)
    .map(packPast),
  took: [...tables.took],
  steps: [...tables.steps],
  lost: [...tables.lost],
  unfinished: [...tables.unfinished],
  open: [...tables.open],
  owed: [...tables.owed],
  freezes: [...tables.freezes.values()],
  drills: [...tables.drills.values()],
  numbers: { ...tables.numbers },
  calendars: [...tables.calendars],
  rosters: [...tables.rosters.values()],
  pagings: [...tables.pagings.values()],
  checkpoint: tables.checkpoint,
  lastClosing: tables.lastClosing,
})

const packPast = ([id, { releases, spans, rolledBackFrom, awaited }]: [
  string,
  TargetPast,
]): PackedDesk['targets'][number] => [
  id,
  {
    releases: [...releases.values()],
    spans: spans.map((span) => ({ ...span })),
    rolledBackFrom: [...rolledBackFrom].map(([release, rollbacks]) => [release, [...rollbacks]] as const),
    awaited,
  },
]

export const unpack = (packed: PackedDesk): DeskTables => ({
  position: packed.position,
  rollbacks: new Map(packed.rollbacks.map((line) => [line.id, line])),
  incidents: new Map(packed.incidents.map((line) => [line.id, line])),
  locks: new Map(packed.locks),
  targets: new Map(
    packed.targets.map(([id, { releases, spans, rolledBackFrom, awaited }]) => [
      id,
      {
        releases: new Map(releases.map((release) => [release.id, release])),
        spans: spans.map((span) => ({ ...span })),
        rolledBackFrom: new Map(rolledBackFrom.map(([release, rollbacks]) => [release, new Set(rollbacks)])),
        awaited,
      },
    ]),
  ),
  took: new Map(packed.took),
  steps: new Map(packed.steps),
  lost: new Map(packed.lost),
  unfinished: new Set(packed.unfinished),
  open: new Map(packed.open),
  owed: new Map(packed.owed),
  freezes: new Map(packed.freezes.map((freeze) => [freeze.id, freeze])),
  drills: new Map(packed.drills.map((drill) => [drill.id, drill])),
  numbers: { ...packed.numbers },
  calendars: new Map(packed.calendars),
  rosters: new Map(packed.rosters.map((roster) => [roster.schedule, roster])),
  pagings: new Map(packed.pagings.map((line) => [line.id, line])),
  checkpoint: packed.checkpoint,
  lastClosing: packed.lastClosing,
})
