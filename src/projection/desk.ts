import type { Account, PersonId } from '../core/actor.ts'
import type { ImportedCalendar } from '../core/calendar/imported.ts'
import type { Drill } from '../core/drill/state.ts'
import type { EventType, Recorded } from '../core/event.ts'
import type { Freeze } from '../core/freeze/freeze.ts'
import { type Roster, withCalendars } from '../core/oncall/roster.ts'
import type { Release } from '../core/release/release.ts'
import { targetId } from '../core/rollback/plan.ts'
import { changeSteps, type Outcome } from '../core/rollback/state.ts'
import {
  type DeskTables,
  type IncidentLine,
  newTables,
  type Owed,
  type PackedDesk,
  pack,
  type RollbackLine,
  stepLines,
  unpack,
} from './desk-tables.ts'

export type { IncidentLine, Owed, RollbackLine } from './desk-tables.ts'

import { drillEvents, foldDrills } from './drills.ts'
import { foldIncidents, incidentEvents, openKey } from './incidents.ts'
import { foldPagings, type PagingLine, pagingEvents } from './pagings.ts'
import { calendarEvents, foldCalendars, foldRosters, rosterEvents } from './rosters.ts'
import { broughtBack, cleared, foldRelease, goneFrom, newPast, type TargetPast } from './target-past.ts'

/** The events this fold reads; all others may be skipped when it is rebuilt. */
export const deskEvents = [
  'rollback.proposed',
  'rollback.rejected',
  'rollback.expired',
  'rollback.ended',
  'step.settled',
  'lock.taken',
  'lock.released',
  ...incidentEvents,
  'follow-up.opened',
  'follow-up.done',
  'release.seen',
  'release.became-current',
  'release.became-available',
  'account.lost',
  'freeze.set',
  'freeze.lifted',
  ...drillEvents,
  ...calendarEvents,
  ...rosterEvents,
  ...pagingEvents,
  'ledger.checkpointed',
] as const satisfies readonly EventType[]

/** What is asked often: who holds what, which incidents are open, what ran where. A fold of the ledger, rebuilt at start. */
export class Desk {
  readonly #tables: DeskTables

  /** `kept`: what `packed` gave once. */
  constructor(kept: PackedDesk | null = null) {
    this.#tables = kept ? unpack(kept) : newTables()
  }

  /** Everything this desk holds, as JSON. */
  packed(): PackedDesk {
    return pack(this.#tables)
  }

  /** Of the newest event it has folded. */
  get position(): number {
    return this.#tables.position
  }

  apply(recorded: Recorded): void {
    this.#tables.position = recorded.position
    const { event } = recorded
    foldRosters(this.#tables.rosters, event, recorded.at)
    foldCalendars(this.#tables.calendars, event, recorded.at)
    foldPagings(this.#tables.pagings, recorded)
    foldDrills(this.#tables.drills, recorded)
    foldIncidents(this.#tables, recorded)
    switch (event.type) {
      case 'rollback.proposed': {
        const { id, incident, requester, plan, undoes } = event.data
        const targets = changeSteps(plan).map((step) => targetId(step.target))
        const { position } = recorded
        this.#tables.rollbacks.set(id, {
          id,
          incident,
          requester,
          service: plan.service,
          targets,
          outcome: null,
          position,
          ...(undoes && { undoes }),
        })
        this.#tables.unfinished.add(id)
        this.#count('rollback', id)
        this.#tables.steps.set(id, stepLines(plan, undoes, this.rollback(undoes ?? '')))
        break
      }
      case 'rollback.rejected':
        this.#end(recorded, 'rejected')
        break
      case 'rollback.expired':
        this.#end(recorded, 'expired')
        break
      case 'rollback.ended':
        this.#end(recorded, event.data.ending)
        break
      case 'step.settled': {
        const id = recorded.stream.slice('rollback/'.length)
        const step = this.#tables.steps.get(id)?.find((one) => one.step === event.data.step)
        if (!step) break
        this.#tables.took.set(step.target, [...(this.#tables.took.get(step.target) ?? []), event.data.tookMs].slice(-9))
        if (step.leaves) {
          goneFrom(this.past(step.target), step.leaves, id)
          broughtBack(this.past(step.target), step.to, id)
        }
        if (step.clears) cleared(this.past(step.target), step.clears.release, step.clears.rollback)
        break
      }
      case 'lock.taken':
        this.#tables.locks.set(targetId(event.data.target), event.data.rollback)
        break
      case 'lock.released':
        this.#tables.locks.delete(targetId(event.data.target))
        break
      case 'incident.opened':
        this.#count('incident', event.data.id)
        break
      case 'follow-up.opened':
        this.#tables.owed.set(event.data.id, event.data)
        break
      case 'follow-up.done':
        this.#tables.owed.delete(event.data.id)
        break
      case 'release.seen':
      case 'release.became-current':
      case 'release.became-available':
        foldRelease(this.past(targetId(event.data.target)), event, recorded.at)
        break
      case 'account.lost':
        this.#tables.lost.set(accountKey(event.data.account), recorded.position)
        break
      case 'freeze.set':
        this.#tables.freezes.set(event.data.id, event.data)
        this.#count('freeze', event.data.id)
        break
      case 'freeze.lifted':
        this.#tables.freezes.delete(event.data.id)
        break
      case 'drill.planned':
        this.#count('drill', event.data.id)
        break
      case 'ledger.checkpointed':
        this.#tables.checkpoint = { at: recorded.at, position: recorded.position }
        break
      default:
        break
    }
  }

  /** When the record was last signed; and whether an incident was closed since. */
  get checkpoint(): { readonly at: string | null; readonly closedSince: boolean } {
    return {
      at: this.#tables.checkpoint?.at ?? null,
      closedSince: this.#tables.lastClosing > (this.#tables.checkpoint?.position ?? 0),
    }
  }

  /** By the id of the incident or rollback. */
  get pagings(): ReadonlyMap<string, PagingLine> {
    return this.#tables.pagings
  }

  /** Everything recorded of a schedule, with what its calendars say; null where nothing was. */
  roster(schedule: string): Roster | null {
    const roster = this.#tables.rosters.get(schedule)
    return roster ? withCalendars(roster, (name) => this.calendar(name)) : null
  }

  /** Every schedule of which anything was recorded, also those that are gone. */
  schedules(): readonly string[] {
    return [...this.#tables.rosters.keys()]
  }

  /** What a calendar kept elsewhere said; null where it was never read. */
  calendar(name: string): ImportedCalendar | null {
    return this.#tables.calendars.get(name) ?? null
  }

  past(target: string): TargetPast {
    const known = this.#tables.targets.get(target) ?? newPast()
    this.#tables.targets.set(target, known)
    return known
  }

  rollback(id: string): RollbackLine | null {
    return this.#tables.rollbacks.get(id) ?? null
  }

  unfinished(): readonly string[] {
    return [...this.#tables.unfinished]
  }

  rollbacksOf(incident: string): readonly RollbackLine[] {
    const known = this.incident(incident)?.rollbacks ?? []
    return known.flatMap((id) => this.rollback(id) ?? [])
  }

  lockOf(target: string): RollbackLine | null {
    const holder = this.#tables.locks.get(target)
    return holder ? this.rollback(holder) : null
  }

  incident(id: string): IncidentLine | null {
    return this.#tables.incidents.get(id) ?? null
  }

  /** Those of drills too. */
  openIncidents(): readonly IncidentLine[] {
    return [...this.#tables.open.values()].flatMap((id) => this.incident(id) ?? [])
  }

  incidents(): readonly IncidentLine[] {
    return [...this.#tables.incidents.values()]
  }

  /** The real one; with a drill, the one of that drill. */
  openIncidentOf(service: string, drill?: string): IncidentLine | null {
    return this.incident(this.#tables.open.get(openKey(service, drill)) ?? '')
  }

  /** Every drill, over ones too, by when it was planned. */
  drills(): readonly Drill[] {
    return [...this.#tables.drills.values()]
  }

  drill(id: string): Drill | null {
    return this.#tables.drills.get(id) ?? null
  }

  /** The newest incident that lives in a conversation. */
  incidentIn(chat: string, channel: string): IncidentLine | null {
    const lives = ({ rooms }: IncidentLine) => rooms.some((room) => room.chat === chat && room.channel === channel)
    return this.incidents().findLast(lives) ?? null
  }

  /** Those that people set and nobody lifted, over ones too. */
  freezes(): readonly Freeze[] {
    return [...this.#tables.freezes.values()]
  }

  nextNumber(kind: keyof DeskTables['numbers']): number {
    return this.#tables.numbers[kind] + 1
  }

  /** `null`: by anybody. */
  owedBy(person: PersonId | null): readonly Owed[] {
    return [...this.#tables.owed.values()].filter(({ owner }) => person === null || owner === person)
  }

  /** Median of earlier runs on this target, in milliseconds; null when there was none. */
  etaMs(target: string): number | null {
    const took = [...(this.#tables.took.get(target) ?? [])].sort((a, b) => a - b)
    return took[Math.floor(took.length / 2)] ?? null
  }

  /** Whether a chat said after a position that an account was deactivated or demoted. */
  accountLostSince(account: Account, position: number): boolean {
    return (this.#tables.lost.get(accountKey(account)) ?? 0) > position
  }

  /** Releases of a target that only Astern remembers, newest first. */
  remembered(target: string): readonly Release[] {
    return [...this.past(target).releases.values()].sort((a, b) => (a.since < b.since ? 1 : -1))
  }

  #end(recorded: Recorded, outcome: Outcome): void {
    const line = this.#tables.rollbacks.get(recorded.stream.slice('rollback/'.length))
    if (!line) return
    this.#tables.rollbacks.set(line.id, { ...line, outcome })
    this.#tables.unfinished.delete(line.id)
    this.#tables.steps.delete(line.id)
  }

  /** Numbers may have gaps: the next one follows the highest. */
  #count(kind: keyof DeskTables['numbers'], id: string): void {
    const number = Number(id.slice(id.lastIndexOf('-') + 1))
    if (number > this.#tables.numbers[kind]) this.#tables.numbers[kind] = number
  }
}

const accountKey = ({ chat, tenant, user }: Account): string => `${chat} ${tenant} ${user}`
