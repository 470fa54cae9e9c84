import { type Account, type PersonId, sameAccount } from '../core/actor.ts'
import type { EventType, Recorded } from '../core/event.ts'
import type { Release } from '../core/release/release.ts'
import { targetId } from '../core/rollback/plan.ts'
import { changeSteps, type Outcome } from '../core/rollback/state.ts'
import { foldRelease, goneFrom, newPast, type TargetPast } from './target-past.ts'

export interface RollbackLine {
  readonly id: string
  readonly service: string
  readonly incident: string
  readonly requester: PersonId
  readonly targets: readonly string[]
  readonly outcome: Outcome | null
}

export interface IncidentLine {
  readonly id: string
  readonly service: string
  readonly title: string
  readonly openedAt: string
  readonly rollbacks: readonly string[]
  readonly closedAt: string | null
}

/** The events this fold reads; all others may be skipped when it is rebuilt. */
export const deskEvents = [
  'rollback.proposed',
  'rollback.rejected',
  'rollback.expired',
  'rollback.ended',
  'step.settled',
  'lock.taken',
  'lock.released',
  'incident.opened',
  'incident.rollback-joined',
  'incident.closed',
  'release.seen',
  'release.became-current',
  'release.became-available',
  'account.lost',
  'ledger.checkpointed',
] as const satisfies readonly EventType[]

/** What is asked often: who holds what, which incidents are open, what ran where. A fold of the ledger, rebuilt at start. */
export class Desk {
  position = 0
  readonly #rollbacks = new Map<string, RollbackLine>()
  readonly #incidents = new Map<string, IncidentLine>()
  readonly #locks = new Map<string, string>()
  readonly #targets = new Map<string, TargetPast>()
  readonly #took = new Map<string, number[]>()
  readonly #steps = new Map<string, { readonly target: string; readonly leaves: string | null }>()
  readonly #lost: Account[] = []
  #checkpoint: { readonly at: string; readonly position: number } | null = null
  #lastClosing = 0

  apply(recorded: Recorded): void {
    this.position = recorded.position
    const { event } = recorded
    switch (event.type) {
      case 'rollback.proposed': {
        const { id, incident, requester, plan } = event.data
        const changes = changeSteps(plan)
        const targets = changes.map((step) => targetId(step.target))
        this.#rollbacks.set(id, { id, incident, requester, service: plan.service, targets, outcome: null })
        const undo = event.data.undoes !== undefined
        for (const step of changes)
          this.#steps.set(`${id}/${step.id}`, { target: targetId(step.target), leaves: undo ? null : step.from.id })
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
        const step = this.#steps.get(`${id}/${event.data.step}`)
        if (!step) break
        this.#took.set(step.target, [...(this.#took.get(step.target) ?? []), event.data.tookMs].slice(-9))
        if (step.leaves) goneFrom(this.past(step.target), step.leaves, id)
        break
      }
      case 'lock.taken':
        this.#locks.set(targetId(event.data.target), event.data.rollback)
        break
      case 'lock.released':
        this.#locks.delete(targetId(event.data.target))
        break
      case 'incident.opened': {
        const { id, service, title } = event.data
        this.#incidents.set(id, { id, service, title, openedAt: recorded.at, rollbacks: [], closedAt: null })
        break
      }
      case 'incident.rollback-joined':
        this.#incident(recorded, (line) => ({ ...line, rollbacks: [...line.rollbacks, event.data.rollback] }))
        break
      case 'incident.closed':
        this.#incident(recorded, (line) => ({ ...line, closedAt: recorded.at }))
        this.#lastClosing = recorded.position
        break
      case 'release.seen':
      case 'release.became-current':
      case 'release.became-available':
        foldRelease(this.past(targetId(event.data.target)), event, recorded.at)
        break
      case 'account.lost':
        this.#lost.push(event.data.account)
        break
      case 'ledger.checkpointed':
        this.#checkpoint = { at: recorded.at, position: recorded.position }
        break
      default:
        break
    }
  }

  /** When the record was last signed; and whether an incident was closed since. */
  get checkpoint(): { readonly at: string | null; readonly closedSince: boolean } {
    return { at: this.#checkpoint?.at ?? null, closedSince: this.#lastClosing > (this.#checkpoint?.position ?? 0) }
  }

  past(target: string): TargetPast {
    const known = this.#targets.get(target) ?? newPast()
    this.#targets.set(target, known)
    return known
  }

  rollback(id: string): RollbackLine | null {
    return this.#rollbacks.get(id) ?? null
  }

  unfinished(): readonly string[] {
    return [...this.#rollbacks.values()].filter((line) => line.outcome === null).map((line) => line.id)
  }

  rollbacksOf(incident: string): readonly RollbackLine[] {
    return [...this.#rollbacks.values()].filter((line) => line.incident === incident)
  }

  lockOf(target: string): RollbackLine | null {
    const holder = this.#locks.get(target)
    return holder ? this.rollback(holder) : null
  }

  incident(id: string): IncidentLine | null {
    return this.#incidents.get(id) ?? null
  }

  openIncidents(): readonly IncidentLine[] {
    return [...this.#incidents.values()].filter((line) => line.closedAt === null)
  }

  incidents(): readonly IncidentLine[] {
    return [...this.#incidents.values()]
  }

  openIncidentOf(service: string): IncidentLine | null {
    return this.openIncidents().find((line) => line.service === service) ?? null
  }

  nextNumber(kind: 'rollback' | 'incident'): number {
    return (kind === 'rollback' ? this.#rollbacks : this.#incidents).size + 1
  }

  /** Median of earlier runs on this target, in milliseconds; null when there was none. */
  etaMs(target: string): number | null {
    const took = [...(this.#took.get(target) ?? [])].sort((a, b) => a - b)
    return took[Math.floor(took.length / 2)] ?? null
  }

  accountLost(account: Account): boolean {
    return this.#lost.some((lost) => sameAccount(lost, account))
  }

  /** Releases of a target that only Astern remembers, newest first. */
  remembered(target: string): readonly Release[] {
    return [...this.past(target).releases.values()].sort((a, b) => (a.since < b.since ? 1 : -1))
  }

  #end(recorded: Recorded, outcome: Outcome): void {
    const line = this.#rollbacks.get(recorded.stream.slice('rollback/'.length))
    if (line) this.#rollbacks.set(line.id, { ...line, outcome })
  }

  #incident(recorded: Recorded, change: (line: IncidentLine) => IncidentLine): void {
    const line = this.#incidents.get(recorded.stream.slice('incident/'.length))
    if (line) this.#incidents.set(line.id, change(line))
  }
}
