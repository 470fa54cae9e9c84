import type { Json } from '../../core/canonical.ts'
import type { AsternEvent, EventType } from '../../core/event.ts'

/** The stand-in for an erased event is read, never stored. */
export type StoredType = Exclude<EventType, 'event.erased'>

/** Makes the data of one version into that of the next. Pure; stays for ever. */
export type Upcaster = (data: Json) => Json

/** Today's version of every type of event. A new type or version is added here; the compiler asks for it. */
export const currentVersions: Readonly<Record<StoredType, number>> = {
  'rollback.proposed': 1,
  'rollback.approved': 1,
  'rollback.approval-voided': 1,
  'rollback.acted-at-once': 1,
  'rollback.glass-broken': 1,
  'rollback.reviewed': 1,
  'rollback.rejected': 1,
  'rollback.expired': 1,
  'rollback.abort-asked': 1,
  'rollback.claimed': 1,
  'step.started': 1,
  'step.applied': 1,
  'step.progressed': 1,
  'step.settled': 1,
  'step.failed': 1,
  'rollback.checks-added': 1,
  'rollback.ended': 1,
  'lock.taken': 1,
  'lock.released': 1,
  'release.seen': 1,
  'release.became-current': 1,
  'release.became-available': 1,
  'incident.opened': 1,
  'incident.alerted': 1,
  'incident.dated': 1,
  'incident.suspected': 1,
  'incident.automatic-due': 1,
  'incident.automatic-stopped': 1,
  'incident.rollback-joined': 1,
  'incident.room-opened': 1,
  'incident.noted': 1,
  'incident.note-dropped': 1,
  'incident.post-mortem-drafted': 1,
  'incident.joined': 1,
  'incident.took-in': 1,
  'incident.closed': 1,
  'incident.drill-over': 1,
  'service.incident-opened': 1,
  'service.incident-closed': 1,
  'follow-up.opened': 1,
  'follow-up.done': 1,
  'delivery.received': 1,
  'delivery.handled': 1,
  'schedule.changed': 1,
  'oncall.overridden': 1,
  'oncall.swapped': 1,
  'oncall.swap-asked': 1,
  'oncall.swap-closed': 1,
  'oncall.handed-off': 1,
  'oncall.cover-asked': 1,
  'oncall.cover-taken': 1,
  'oncall.withdrawn': 1,
  'config.loaded': 1,
  'ledger.checkpointed': 1,
  'ledger.erased': 1,
  'account.lost': 1,
  'chat.was-away': 1,
  'page.opened': 1,
  'page.escalated': 1,
  'page.sent': 1,
  'page.failed': 1,
  'page.acknowledged': 1,
  'page.calmed': 1,
  'page.ended': 1,
  'alert.received': 1,
  'calendar.imported': 1,
  'calendar.lost': 1,
  'calendar.found': 1,
  'freeze.set': 1,
  'freeze.lifted': 1,
  'freeze.overridden': 1,
  'drill.planned': 1,
  'drill.moved': 1,
  'drill.announced': 1,
  'drill.started': 1,
  'drill.fault-prepared': 1,
  'drill.fault-made': 1,
  'drill.fault-failed': 1,
  'drill.stopped': 1,
  'drill.restored': 1,
  'drill.ended': 1,
  'drill.scored': 1,
}

/** `upcasters['rollback.proposed@1']` makes version 1 into version 2. */
const upcasters: Readonly<Record<string, Upcaster>> = {}

/** Brings a stored event to today's version; null when this program does not know its type or version. */
export type Upcast = (type: string, v: number, data: Json) => AsternEvent | null

export function upcastWith(
  versions: Readonly<Record<string, number>>,
  steps: Readonly<Record<string, Upcaster>>,
): Upcast {
  return (type, v, data) => {
    const current = Object.hasOwn(versions, type) ? versions[type] : undefined
    if (current === undefined || v < 1 || v > current) return null
    let upcasted = data
    for (let from = v; from < current; from++) {
      const step = steps[`${type}@${from}`]
      if (!step) throw new TypeError(`no upcaster for ${type} from version ${from}`)
      upcasted = step(upcasted)
    }
    // Written by this program and covered by the chain: its shape is not checked again.
    return { type, v: current, data: upcasted } as unknown as AsternEvent
  }
}

export const upcast: Upcast = upcastWith(currentVersions, upcasters)
