import type { PersonId } from '../actor.ts'
import { releaseKey } from '../alert/suspected.ts'
import type { AsternEvent } from '../event.ts'
import { changeSteps, regionsOf } from '../rollback/state.ts'
import type { Wording } from '../wording.ts'

/** What an event says by itself: what was done, why, by which rule. */
export interface Said {
  readonly what: Wording
  readonly reason?: string | null
  readonly rule?: string | null
  readonly roles?: readonly string[]
  /** Who decided, where it was not the actor herself who wrote the event. */
  readonly person?: PersonId | null
}

/** In chat as the reader's clock has it; written to a file as it is. */
const when = (at: string) => ({ at, show: 'datetime' }) as const

const plainly = (key: string, values?: Wording['values']): Wording => (values ? { key, values } : { key })

export function saidOf(event: AsternEvent): Said {
  switch (event.type) {
    case 'rollback.proposed': {
      const { id, plan, reason, policy, requester } = event.data
      const to = [...new Set(changeSteps(plan).map((step) => step.to.version))].join(', ')
      const values = {
        id,
        service: plan.service,
        to,
        regions: { list: [...regionsOf(plan)] },
        approvals: policy.approvals,
      }
      const { automatic } = event.data
      if (automatic)
        return { what: plainly('audit.rollback-automatic', values), reason, rule: 'automatic', roles: [automatic.line] }
      return {
        what: plainly('audit.rollback-proposed', values),
        reason,
        rule: 'propose',
        roles: policy.roles?.[requester] ?? [],
      }
    }
    case 'rollback.approved': {
      const { counts = [], roles = [], standing } = event.data
      const rule = counts.length === 0 || counts.includes('approval') ? 'approve' : 'second-kind'
      return { what: plainly('audit.rollback-approved', { standing }), rule, roles }
    }
    case 'rollback.approval-voided': {
      const { person, why } = event.data
      return { what: plainly('audit.rollback-approval-voided', { person, why }), rule: 'approve', person }
    }
    case 'rollback.acted-at-once':
      return { what: plainly('audit.rollback-acted-at-once'), rule: 'act-at-once', roles: ['on-call'] }
    case 'rollback.glass-broken': {
      const { person, reason, via, concerned } = event.data
      return {
        what: plainly('audit.rollback-glass-broken', { via, told: concerned.length }),
        reason,
        rule: 'break-glass',
        person,
      }
    }
    case 'rollback.reviewed':
      return { what: plainly('audit.rollback-reviewed'), reason: event.data.note || null, rule: 'review' }
    case 'rollback.rejected':
      return { what: plainly('audit.rollback-rejected'), reason: event.data.reason, rule: 'approve' }
    case 'rollback.expired':
      return { what: plainly('audit.rollback-expired'), rule: 'in-time' }
    case 'rollback.abort-asked':
      return { what: plainly('audit.rollback-abort-asked'), reason: event.data.reason || null, rule: 'approve' }
    case 'rollback.checks-added': {
      const names = { list: [...new Set(event.data.steps.flatMap(({ checks }) => checks))] }
      return { what: plainly('audit.rollback-checks-added', { names }) }
    }
    case 'rollback.ended':
      return { what: plainly('audit.rollback-ended', { ending: event.data.ending }) }
    case 'step.started':
      return { what: plainly('audit.step-started', { step: event.data.step }) }
    case 'step.settled':
      return { what: plainly('audit.step-settled', { step: event.data.step, took: { ms: event.data.tookMs } }) }
    case 'step.failed':
      return { what: plainly('audit.step-failed', { step: event.data.step, code: event.data.code }) }
    case 'freeze.set': {
      const { id, from, to, reason, scope } = event.data
      const places = [...scope.services, ...scope.environments, ...scope.regions]
      const what = places.length > 0 ? { list: places } : 'all'
      return { what: plainly('audit.freeze-set', { id, from: when(from), to: when(to), what }), reason, rule: 'freeze' }
    }
    case 'freeze.lifted':
      return {
        what: plainly('audit.freeze-lifted', { id: event.data.id }),
        reason: event.data.reason || null,
        rule: 'freeze',
      }
    case 'freeze.overridden': {
      const { freezes, reason } = event.data
      return {
        what: plainly('audit.freeze-overridden', { freezes: { list: freezes } }),
        reason,
        rule: 'freeze-overridden',
      }
    }
    case 'incident.opened': {
      const { id, title, drill } = event.data
      return {
        what: drill
          ? plainly('audit.drill-incident-opened', { id, title, drill })
          : plainly('audit.incident-opened', { id, title }),
      }
    }
    case 'incident.dated': {
      const { region, since } = event.data
      return { what: plainly('audit.incident-dated', { region, since: since === null ? '–' : when(since) }) }
    }
    case 'incident.joined': {
      const { into, release } = event.data
      return { what: plainly('audit.incident-joined', { into, release: releaseKey(release) }) }
    }
    case 'incident.took-in': {
      const { incident, release } = event.data
      return { what: plainly('audit.incident-took-in', { incident, release: releaseKey(release) }) }
    }
    case 'incident.drill-over':
      return { what: plainly('audit.incident-drill-over', { drill: event.data.drill }) }
    case 'drill.planned': {
      const { id, scenario, at, by } = event.data
      return { what: plainly('audit.drill-planned', { id, scenario, at: when(at) }), rule: 'drill', person: by }
    }
    case 'drill.moved':
      return { what: plainly('audit.drill-moved', { at: when(event.data.at) }), rule: 'drill', person: event.data.by }
    case 'drill.started': {
      const { fault, environment, by } = event.data
      const { kind, service } = fault
      return { what: plainly('audit.drill-started', { kind, service, environment }), rule: 'drill', person: by }
    }
    case 'drill.fault-prepared': {
      const where = event.data.prepared.places.map(({ service, region }) => `${service}/${region}`)
      return { what: plainly('audit.drill-fault', { where: where.join(', ') }) }
    }
    case 'drill.fault-failed':
      return { what: plainly('audit.drill-fault-failed', { code: event.data.code }) }
    case 'drill.stopped': {
      const { why, by, reason } = event.data
      return { what: plainly('audit.drill-stopped', { why }), person: by, reason: reason || null }
    }
    case 'drill.restored':
      return { what: plainly(event.data.ok ? 'audit.drill-restored' : 'audit.drill-not-restored') }
    case 'drill.scored':
      return { what: plainly('audit.drill-scored', { services: { list: Object.keys(event.data.scores) } }) }
    case 'incident.alerted': {
      const { service, firing, ended } = event.data
      return { what: plainly('audit.incident-alerted', { service, firing, ended }) }
    }
    case 'incident.suspected': {
      const [first] = event.data.suspects
      if (!first) return { what: plainly('audit.incident-unsuspected') }
      return { what: plainly('audit.incident-suspected', { service: first.service, version: first.version }) }
    }
    case 'incident.automatic-due': {
      const { service, regions, from, to, dueAt, line } = event.data
      const values = { service, regions: { list: [...regions] }, from, to, at: when(dueAt) }
      return { what: plainly('audit.automatic-due', values), rule: 'automatic', roles: [line] }
    }
    case 'incident.automatic-stopped': {
      const { why, person } = event.data
      return { what: plainly('audit.automatic-stopped', { why }), rule: 'automatic', person }
    }
    case 'incident.note-dropped':
      return { what: plainly('audit.incident-note-dropped') }
    case 'incident.noted':
      return { what: plainly('audit.incident-noted'), reason: event.data.text }
    case 'incident.closed':
      return { what: plainly('audit.incident-closed'), reason: event.data.note || null }
    case 'incident.post-mortem-drafted':
      return { what: plainly('audit.post-mortem-drafted', { owner: event.data.owner }) }
    case 'follow-up.opened':
      return {
        what: plainly('audit.follow-up-opened', {
          what: event.data.what,
          owner: event.data.owner,
          due: when(event.data.dueAt),
        }),
      }
    case 'follow-up.done':
      return { what: plainly('audit.follow-up-done', { id: event.data.id }), person: event.data.person }
    case 'page.sent':
      return { what: plainly('audit.page-sent', { person: event.data.person, pager: event.data.pager }) }
    case 'page.failed':
      return { what: plainly('audit.page-failed', { person: event.data.person, code: event.data.code }) }
    case 'page.escalated':
      return {
        what: plainly('audit.page-escalated', { people: event.data.people.join(', ') || '–', why: event.data.why }),
      }
    case 'page.acknowledged':
      return {
        what: plainly('audit.page-acknowledged', { took: { ms: event.data.tookMs } }),
        person: event.data.person,
      }
    case 'schedule.changed':
      return { what: plainly('audit.schedule-changed', { schedule: event.data.schedule }) }
    case 'oncall.overridden': {
      const { schedule, person, from, to, by, reason, anyway } = event.data
      const rule = anyway ? 'rest-overridden' : 'schedule'
      return {
        what: plainly('audit.oncall-overridden', { schedule, person, from: when(from), to: when(to) }),
        reason,
        rule,
        person: by,
      }
    }
    case 'oncall.swapped': {
      const { schedule, first, second, by, reason } = event.data
      const values = { schedule, first: first.person, second: second.person }
      return { what: plainly('audit.oncall-swapped', values), reason, rule: 'schedule', person: by }
    }
    case 'oncall.swap-asked': {
      const { schedule, first, second, by, reason } = event.data
      const values = { schedule, first: first.person, second: second.person }
      return { what: plainly('audit.oncall-swap-asked', values), reason, person: by }
    }
    case 'oncall.swap-closed': {
      const { id, schedule, person } = event.data
      if (person === null) return { what: plainly('audit.oncall-swap-expired', { id, schedule }) }
      return { what: plainly('audit.oncall-swap-declined', { id, schedule }), person }
    }
    case 'oncall.handed-off': {
      const { schedule, from, to } = event.data
      const names = (people: readonly string[]) => people.join(', ') || '–'
      return { what: plainly('audit.oncall-handed-off', { schedule, from: names(from), to: names(to) }) }
    }
    case 'oncall.cover-asked': {
      const { schedule, from, to, person, reason } = event.data
      return { what: plainly('audit.oncall-cover-asked', { schedule, from: when(from), to: when(to) }), reason, person }
    }
    case 'oncall.cover-taken':
      return {
        what: plainly('audit.oncall-cover-taken', { schedule: event.data.schedule }),
        rule: 'schedule',
        person: event.data.person,
      }
    case 'oncall.withdrawn':
      return {
        what: plainly('audit.oncall-withdrawn', { schedule: event.data.schedule, id: event.data.id }),
        rule: 'schedule',
        person: event.data.by,
      }
    case 'calendar.lost':
      return { what: plainly('audit.calendar-lost', { calendar: event.data.calendar, code: event.data.code }) }
    case 'calendar.found':
      return { what: plainly('audit.calendar-found', { calendar: event.data.calendar }) }
    case 'chat.was-away': {
      const { chat, from, until } = event.data
      return { what: plainly('audit.chat-was-away', { chat, from: when(from), until: when(until) }) }
    }
    case 'account.lost': {
      const { chat, tenant, user } = event.data.account
      return { what: plainly('audit.account-lost', { account: `${chat} ${tenant} ${user}` }) }
    }
    case 'config.loaded':
      return { what: plainly('audit.config-loaded', { digest: event.data.digest.slice(0, 12) }) }
    case 'ledger.checkpointed':
      return { what: plainly('audit.ledger-checkpointed', { position: String(event.data.position) }) }
    case 'ledger.erased':
      return {
        what: plainly('audit.ledger-erased', { position: String(event.data.position) }),
        reason: event.data.reason,
      }
    default:
      return { what: plainly('audit.other', { type: event.type }) }
  }
}
