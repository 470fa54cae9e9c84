import { releaseKey } from '../core/alert/suspected.ts'
import type { EventOf } from '../core/event.ts'
import type { Moment } from '../core/incident/timeline.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { changeSteps, regionsOf } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { alertMoment } from './alerted.ts'
import { automaticMoment } from './automatic.ts'
import { pagingMoment } from './paging.ts'
import { voidedText } from './people.ts'
import { alertNames } from './rollback-steps.ts'
import { suspectedMoment } from './suspected.ts'
import type { Note } from './view.ts'
import { ageMs, type Voice, versions, voice } from './words.ts'

export interface Told {
  readonly moments: readonly Moment[]
  /** The rollbacks they speak of, for the names of steps. */
  readonly rollbacks: ReadonlyMap<string, Rollback>
  readonly evidence: (position: number) => string
}

/** One message of the timeline: one line a moment, each with its evidence. Null without a moment: a note says something. */
export function momentsNote(told: Told, language: Language): Note | null {
  if (told.moments.length === 0) return null
  const v = voice(language)
  const lines = momentLines(v, told)
  return { kind: 'note', language, lines, buttons: [] }
}

export const momentLines = (v: Voice, told: Told): readonly Text[] =>
  told.moments.map((moment) => {
    const link = { url: told.evidence(moment.position), text: '↗' }
    const rollback = moment.rollback ? (told.rollbacks.get(moment.rollback) ?? null) : null
    return v.say('moment.link', { at: { at: moment.at }, what: momentText(v, moment, rollback), link })
  })

function momentText(v: Voice, { event, rollback: id }: Moment, rollback: Rollback | null): Text {
  const named = { id: id ?? '' }
  switch (event.type) {
    case 'incident.opened':
      return event.data.opener === null
        ? v.say('moment.incident-opened-by-alert', { id: event.data.id })
        : v.say('moment.incident-opened', { id: event.data.id, person: { person: event.data.opener } })
    case 'incident.alerted':
      return alertMoment(v, event.data)
    case 'incident.dated': {
      const { service, region, since, told } = event.data
      return v.say('moment.dated', { service, region, lead: { ms: ageMs(since ?? told, told) } })
    }
    case 'incident.suspected':
      return suspectedMoment(v, event.data)
    case 'incident.automatic-due':
    case 'incident.automatic-stopped':
      return automaticMoment(v, event)
    case 'incident.noted':
      return noted(v, event.data)
    case 'incident.note-dropped':
      return v.say('moment.incident-note-dropped', { person: { person: event.data.person } })
    case 'incident.closed':
      return v.say('moment.incident-closed', { person: { person: event.data.person }, note: event.data.note })
    case 'incident.joined':
      return v.say('moment.incident-joined', { into: event.data.into, release: releaseKey(event.data.release) })
    case 'incident.took-in': {
      const { incident, service, release } = event.data
      return v.say('moment.incident-took-in', { incident, service, release: releaseKey(release) })
    }
    case 'incident.drill-over':
      return v.say('moment.incident-drill-over', { drill: event.data.drill })
    case 'incident.post-mortem-drafted':
      return v.say('moment.post-mortem', { person: { person: event.data.owner } })
    case 'freeze.overridden': {
      const { person, freezes, reason } = event.data
      return v.say('moment.freeze-overridden', { person: { person }, freezes: { list: freezes }, reason })
    }
    case 'rollback.proposed': {
      const { plan, reason, requester, automatic } = event.data
      const version = versions(changeSteps(plan).map((step) => step.to))
      const regions = { list: [...regionsOf(plan)] }
      const said = { ...named, person: { person: requester }, version, regions, reason }
      return automatic
        ? v.say('moment.proposed-automatic', { ...said, line: automatic.line })
        : v.say('moment.proposed', said)
    }
    case 'rollback.approved':
      return v.say('moment.approved', {
        person: { person: event.data.person },
        preview: event.data.preview.slice(0, 4),
      })
    case 'rollback.approval-voided':
      return v.say('moment.approval-voided', {
        why: voidedText(v, { roles: rolesOf(rollback, event.data.person), ...event.data }),
      })
    case 'rollback.acted-at-once':
      return v.say('moment.at-once', { ...named, person: { person: event.data.person } })
    case 'rollback.glass-broken': {
      const { person, reason, via } = event.data
      const key = via === 'host' ? 'moment.glass-host' : 'moment.glass'
      return v.say(key, { ...named, person: { person }, reason })
    }
    case 'rollback.reviewed':
      return v.say('moment.reviewed', { ...named, person: { person: event.data.person }, note: event.data.note })
    case 'rollback.rejected':
      return v.say('moment.rejected', { person: { person: event.data.person }, reason: event.data.reason })
    case 'rollback.expired':
      return v.say('moment.expired', named)
    case 'rollback.abort-asked':
      return v.say('moment.abort', { ...named, person: { person: event.data.person } })
    case 'rollback.checks-added': {
      const { steps } = event.data
      const regions = { list: steps.map(({ region }) => region) }
      return v.say('moment.checks-added', { regions, names: alertNames(steps.flatMap(({ alerts = [] }) => alerts)) })
    }
    case 'rollback.ended':
      return v.say(`moment.ended-${event.data.ending}`, named)
    case 'step.started':
    case 'step.settled':
    case 'step.failed':
      return stepText(v, event, rollback)
    case 'page.sent':
    case 'page.failed':
    case 'page.escalated':
    case 'page.acknowledged':
      return pagingMoment(v, event)
    default:
      return [event.type]
  }
}

function noted(v: Voice, { person, name, text, chat, link }: EventOf<'incident.noted'>['data']): Text {
  const by = person ? { person } : (name ?? '?')
  if (chat !== 'slack' && chat !== 'dingtalk') return v.say('moment.incident-noted', { person: by, text })
  const from = v.plain(`moment.from-${chat}`)
  return v.say('moment.incident-noted-in', { person: by, text, from: link ? { url: link, text: from } : from })
}

const rolesOf = (rollback: Rollback | null, person: string): readonly string[] =>
  rollback?.voided.find((one) => one.person === person)?.roles ?? []

function stepText(
  v: Voice,
  { type, data }: EventOf<'step.started' | 'step.settled' | 'step.failed'>,
  rollback: Rollback | null,
): Text {
  const known = rollback?.plan.steps.find(({ id }) => id === data.step)
  const step = known?.kind === 'check' ? known.region : data.step
  const version = known?.kind === 'change' ? known.to.version : ''
  if (type === 'step.started') return v.say('moment.step-started', { step, version })
  if (type === 'step.failed') {
    const [first] = data.seen
    const why = first ? sayWording(v.language, first.wording) : v.say('moment.no-reason')
    return v.say('moment.step-failed', { step, why, code: data.code })
  }
  if (known?.kind === 'check' && known.alerts)
    return v.say('moment.alerts-well', { step, names: alertNames(known.alerts) })
  if (known?.kind === 'check') return v.say('moment.checks-passed', { step, count: known.checks.length })
  return v.say('moment.step-settled', { step, version, took: { ms: data.tookMs } })
}
