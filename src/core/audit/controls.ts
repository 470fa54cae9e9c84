import { deliveryEvents } from '../delivery/events.ts'
import type { EventType } from '../event.ts'

/** The sections of an audit: access, operations, change. */
export type Section = 'CC6' | 'CC7' | 'CC8'
export const sections = ['CC6', 'CC7', 'CC8'] as const

/** What an event is evidence of. */
export interface Controls {
  readonly section: Section
  /** SOC 2, trust services criteria 2017 (points of focus 2022). */
  readonly soc2: readonly string[]
  /** ISO/IEC 27001:2022, annex A. */
  readonly iso27001: readonly string[]
}

const of = (section: Section, soc2: string, iso27001: string): Controls => ({
  section,
  soc2: soc2.split(' '),
  iso27001: iso27001.split(' '),
})

// CC6.1 access, CC6.2 joining and leaving, CC6.3 roles; CC7.2 monitoring, CC7.3 evaluation, CC7.4 response, CC7.5 recovery; CC8.1 change.
// A.5.24 planning of incidents, A.5.25 assessment, A.5.26 response, A.5.27 learning, A.5.28 evidence; A.8.15 logging, A.8.32 change.
export const refusedControls = of('CC6', 'CC6.1 CC6.3', 'A.8.15')
const consent = of('CC8', 'CC8.1 CC6.3', 'A.8.32')
const change = of('CC8', 'CC8.1', 'A.8.32')
const urgent = of('CC8', 'CC8.1 CC6.3 CC7.4', 'A.8.32 A.5.26')
const roles = of('CC6', 'CC6.3', 'A.5.24')
const response = of('CC7', 'CC7.4', 'A.5.26')
const learning = of('CC7', 'CC7.5', 'A.5.27')
const rehearsal = of('CC7', 'CC7.5', 'A.5.24')
const log = of('CC7', 'CC7.2', 'A.8.15 A.5.28')

/** Everything that an auditor is shown, and what for. What is not named here is not of her business, or no deed of anybody's. */
export const controls: Readonly<Partial<Record<EventType, Controls>>> = {
  'rollback.proposed': change,
  'rollback.approved': consent,
  'rollback.approval-voided': of('CC6', 'CC6.1 CC6.3', 'A.8.32'),
  'rollback.acted-at-once': urgent,
  'rollback.glass-broken': urgent,
  'rollback.reviewed': of('CC8', 'CC8.1 CC7.5', 'A.8.32 A.5.27'),
  'rollback.rejected': consent,
  'rollback.expired': change,
  'rollback.abort-asked': consent,
  'rollback.checks-added': change,
  'rollback.ended': of('CC8', 'CC8.1 CC7.5', 'A.8.32 A.5.26'),
  'step.started': change,
  'step.settled': change,
  'step.failed': change,
  'freeze.set': change,
  'freeze.lifted': change,
  'freeze.overridden': urgent,
  'incident.opened': of('CC7', 'CC7.3', 'A.5.25'),
  'incident.alerted': of('CC7', 'CC7.2 CC7.3', 'A.5.25'),
  'incident.dated': of('CC7', 'CC7.2 CC7.3', 'A.5.25'),
  'incident.suspected': of('CC7', 'CC7.3', 'A.5.25'),
  'incident.automatic-due': urgent,
  'incident.automatic-stopped': consent,
  'incident.noted': of('CC7', 'CC7.4', 'A.5.26 A.5.28'),
  'incident.note-dropped': of('CC7', 'CC7.4', 'A.5.26 A.5.28'),
  'incident.joined': of('CC7', 'CC7.3', 'A.5.25'),
  'incident.took-in': of('CC7', 'CC7.3', 'A.5.25'),
  'incident.closed': of('CC7', 'CC7.5', 'A.5.26'),
  'incident.drill-over': rehearsal,
  'drill.planned': rehearsal,
  'drill.moved': rehearsal,
  'drill.started': rehearsal,
  'drill.fault-prepared': of('CC8', 'CC8.1 CC7.5', 'A.8.32 A.5.24'),
  'drill.fault-failed': rehearsal,
  'drill.stopped': rehearsal,
  'drill.restored': of('CC8', 'CC8.1 CC7.5', 'A.8.32 A.5.24'),
  'drill.scored': of('CC7', 'CC7.5', 'A.5.24 A.5.27'),
  'incident.post-mortem-drafted': learning,
  'follow-up.opened': learning,
  'follow-up.done': learning,
  'page.sent': response,
  'page.failed': response,
  'page.escalated': response,
  'page.acknowledged': response,
  'schedule.changed': roles,
  'oncall.overridden': roles,
  'oncall.swapped': roles,
  'oncall.swap-asked': roles,
  'oncall.swap-closed': roles,
  'oncall.handed-off': roles,
  'oncall.cover-asked': roles,
  'oncall.cover-taken': roles,
  'oncall.withdrawn': roles,
  'calendar.lost': of('CC7', 'CC7.2', 'A.5.24'),
  'calendar.found': of('CC7', 'CC7.2', 'A.5.24'),
  'chat.was-away': of('CC7', 'CC7.2', 'A.5.24'),
  'account.lost': of('CC6', 'CC6.2', 'A.8.15'),
  'config.loaded': of('CC8', 'CC8.1 CC6.3', 'A.8.32'),
  'ledger.checkpointed': log,
  'ledger.erased': log,
}

/** The types that an audit reads; what somebody is told no to is read from deliveries. */
export const auditEvents: readonly EventType[] = [...(Object.keys(controls) as EventType[]), ...deliveryEvents]
