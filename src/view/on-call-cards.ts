import type { PersonId } from '../core/actor.ts'
import type { AsternEvent, EventOf } from '../core/event.ts'
import type { HandOff } from '../core/oncall/hand-off.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { markedLine } from './drill-mark.ts'
import { note } from './incident.ts'
import { datetime, everyone } from './on-call.ts'
import type { Block, Button, Card, Note } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

/** What a button about duties names. */
export const changeValue = (schedule: string, id: string): string => JSON.stringify({ s: schedule, c: id })

const text = (line: Text): Block => ({ kind: 'text', text: line })
const reasonOf = (v: Voice, reason: string | null): Block[] =>
  reason ? [{ kind: 'muted', text: v.say('oncall.reason', { reason }) }] : []

const span = ({ from, to }: { readonly from: string; readonly to: string }) => ({
  from: datetime(from),
  to: datetime(to),
})

export const takeButton = (v: Voice, of: { schedule: string; id: string; name: string }): Button => ({
  action: 'oncall.take',
  value: changeValue(of.schedule, of.id),
  label: v.plain('button.take-cover', { name: of.name }),
  tone: 'primary',
})

export const swapButtons = (v: Voice, of: { schedule: string; id: string; name: string }): Button[] => [
  {
    action: 'oncall.agree',
    value: changeValue(of.schedule, of.id),
    label: v.plain('button.take-swap', { name: of.name }),
    tone: 'primary',
  },
  { action: 'oncall.decline', value: changeValue(of.schedule, of.id), label: v.plain('button.decline-swap') },
]

/** In the channel: who asks for cover; later who took it, so that everybody who was too late sees it. */
export function coverCard(
  of: {
    readonly ask: EventOf<'oncall.cover-asked'>['data']
    readonly state: 'open' | 'withdrawn' | { readonly taken: PersonId }
    readonly circle: readonly PersonId[]
    /** Of who asks. */
    readonly name: string
  },
  language: Language,
): Card {
  const v = voice(language)
  const { ask, state, circle, name } = of
  const { schedule, id, reason } = ask
  const values = { schedule, person: { person: ask.person }, ...span(ask) }
  const card = { kind: 'card', language, more: [] } as const
  if (state === 'withdrawn') return { ...card, title: v.say('oncall.cover-withdrawn', values), blocks: [], buttons: [] }
  if (state !== 'open') {
    const title = v.say('oncall.cover-taken', { ...values, taker: { person: state.taken } })
    return { ...card, title, blocks: reasonOf(v, reason), buttons: [] }
  }
  return {
    ...card,
    title: v.say('oncall.cover-card', values),
    blocks: [...reasonOf(v, reason), text(v.say('oncall.cover-how', { people: { anyOf: circle, mention: true } }))],
    buttons: [takeButton(v, { schedule, id, name })],
  }
}

/** To the one whose consent a swap needs. `last`: what was recorded of it last. */
export function swapCard(
  of: {
    readonly ask: EventOf<'oncall.swap-asked'>['data']
    readonly last: AsternEvent
    /** Of who asks. */
    readonly name: string
  },
  language: Language,
): Card {
  const v = voice(language)
  const { ask, last, name } = of
  const { schedule, id, first, second, expiresAt, reason } = ask
  const person = { person: ask.by }
  const spans = [
    text(v.say('oncall.swap-you-take', span(first))),
    text(v.say('oncall.swap-they-take', { person, ...span(second) })),
  ]
  const card = { kind: 'card', language, more: [] } as const
  const values = { schedule, person }
  switch (last.type) {
    case 'oncall.swapped':
      return { ...card, title: v.say('oncall.swap-agreed', values), blocks: spans, buttons: [] }
    case 'oncall.swap-closed': {
      const how = last.data.person === null ? 'oncall.swap-expired' : 'oncall.swap-declined'
      return { ...card, title: v.say(how, values), blocks: [], buttons: [] }
    }
    case 'oncall.withdrawn':
      return { ...card, title: v.say('oncall.swap-withdrawn', values), blocks: [], buttons: [] }
    default:
      return {
        ...card,
        title: v.say('oncall.swap-card', values),
        blocks: [...spans, ...reasonOf(v, reason), text(v.say('oncall.swap-until', { until: datetime(expiresAt) }))],
        buttons: swapButtons(v, { schedule, id, name }),
      }
  }
}

/** To one person: what somebody else did to her duty. Null where there is nothing to say. */
export function dutyNote(
  of: { readonly event: AsternEvent; readonly reader: PersonId },
  language: Language,
): Note | null {
  const v = voice(language)
  const told = (line: Text) => note(language, [line])
  const { event, reader } = of
  switch (event.type) {
    case 'oncall.overridden': {
      const { schedule, id, person, instead, by } = event.data
      const values = { schedule, id, by: { person: by }, person: { person }, ...span(event.data) }
      if (person !== reader) return told(v.say('oncall.told-relieved', values))
      const relieved = instead ? { person: instead } : v.plain('oncall.everybody')
      return told(v.say('oncall.told-put', { ...values, instead: relieved }))
    }
    case 'oncall.cover-taken': {
      const { schedule, id, person } = event.data
      return told(v.say('oncall.told-covered', { schedule, id, person: { person } }))
    }
    case 'oncall.swapped': {
      const { schedule, id, second } = event.data
      return told(v.say('oncall.told-swapped', { schedule, id, person: { person: second.person } }))
    }
    case 'oncall.swap-closed': {
      const { schedule, id, person } = event.data
      if (person === null) return told(v.say('oncall.told-expired', { schedule, id }))
      return told(v.say('oncall.told-declined', { schedule, id, person: { person } }))
    }
    default:
      return null
  }
}

export interface HandOffOf {
  readonly schedule: string
  readonly at: string
  readonly from: readonly PersonId[]
  readonly to: readonly PersonId[]
  readonly incidents: readonly { readonly id: string; readonly service: string; readonly title: string }[]
  readonly rollbacks: readonly { readonly id: string; readonly service: string; readonly incident: string }[]
  readonly owed: readonly {
    readonly what: 'post-mortem' | 'review'
    readonly incident: string
    readonly rollback?: string
    readonly owner: PersonId
    readonly dueAt: string
  }[]
  /** The drill that an incident is of; null: it is real. */
  readonly drillOf: (incident: string) => string | null
  readonly next: HandOff | null
  /** Who can put somebody on call. */
  readonly circle: readonly PersonId[]
}

/** In the channel, when others come on call: who hands over to whom, what is open, and when the next hand-off is. */
export function handOffNote(of: HandOffOf, language: Language): Note {
  const v = voice(language)
  return note(language, [handedText(v, of), openText(v, of), nextText(v, of.next)])
}

function handedText(v: Voice, { schedule, at, from, to, circle }: HandOffOf): Text {
  const values = { schedule, at: datetime(at), from: everyone(v, from), to: everyone(v, to, true) }
  if (to.length === 0) return v.say('oncall.handed-nobody', { ...values, people: { anyOf: circle, mention: true } })
  return v.say(from.length === 0 ? 'oncall.handed-began' : 'oncall.handed-off', values)
}

function openText(v: Voice, { incidents, rollbacks, owed, drillOf }: HandOffOf): Text {
  const row = (incident: string, text: Text): Text => markedLine(v.language, drillOf(incident), text)
  const rows = [
    ...incidents.map(({ id, service, title }) => row(id, v.say('oncall.handed-incident', { id, service, title }))),
    ...rollbacks.map(({ id, service, incident }) => row(incident, v.say('oncall.handed-rollback', { id, service }))),
    ...owed.map(({ what, incident, rollback = '', owner, dueAt }) => {
      const of = { incident, rollback, person: { person: owner }, due: { at: dueAt, show: 'date' } } as const
      return row(incident, v.say(`oncall.handed-owed-${what}`, of))
    }),
  ]
  return rows.length === 0 ? v.say('oncall.handed-nothing') : v.say('oncall.handed-open', { list: dotted(...rows) })
}

const nextText = (v: Voice, next: HandOff | null): Text =>
  next
    ? v.say('oncall.handed-next', { at: datetime(next.at), people: everyone(v, next.to) })
    : v.say('oncall.handed-next-none')
