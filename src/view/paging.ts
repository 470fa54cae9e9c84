import type { EventOf } from '../core/event.ts'
import { next } from '../core/paging/next.ts'
import { isRinging, type Paging } from '../core/paging/state.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { note } from './incident.ts'
import type { Button, Card, Note } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

/** A card with who is being woken for it, and the button that stops it. It stays as it is where nobody is, or it is over. */
export function withPaging(card: Card, paging: Paging | null, now: string): Card {
  if (!paging || paging.over || paging.about === 'glass') return card
  const v = voice(card.language)
  const text = lineOf(v, paging, now)
  const line = text ? [{ kind: 'muted' as const, text }] : []
  const foot = card.blocks.findIndex(({ kind }) => kind === 'muted')
  const at = foot < 0 ? card.blocks.length : foot
  const blocks = [...card.blocks.slice(0, at), ...line, ...card.blocks.slice(at)]
  if (!isRinging(paging)) return { ...card, blocks }
  const mine: Button = {
    action: 'page.acknowledge',
    value: JSON.stringify({ i: paging.id }),
    label: v.plain('button.on-it'),
  }
  if (paging.about === 'approval') return { ...card, blocks, more: [mine, ...card.more] }
  // An incident that nobody has yet: that is the first thing to press.
  const [first, ...others] = card.buttons
  const buttons: Button[] = [{ ...mine, tone: 'primary' }, ...(first ? [calmer(first)] : [])]
  return { ...card, blocks, buttons, more: [...others, ...card.more] }
}

/** One button on a card stands out. */
const calmer = ({ tone: _, ...button }: Button): Button => button

/** All of these people. */
const everyone = (v: Voice, people: readonly string[], mention = false): Text =>
  people.flatMap((person, index) => [
    ...(index > 0 ? [v.language === 'zh-CN' ? '、' : ', '] : []),
    { kind: 'person' as const, person, mention },
  ])

/** Null before anybody's turn came: the card says itself who is waited for. */
function lineOf(v: Voice, paging: Paging, now: string): Text | null {
  const { acknowledged, exhaustedAt, sent, raised } = paging
  if (acknowledged) {
    const { person, name, at } = acknowledged
    return v.say('paging.taken', { person: person ? { person } : (name ?? '?'), at: { at } })
  }
  const people = everyone(v, [...new Set(sent.map(({ person }) => person))])
  if (exhaustedAt) return v.say('paging.exhausted', { people })
  const { waitUntil, send } = next(paging, now)
  if (sent.length === 0 && send.length > 0)
    return v.say('paging.under-way', { people: everyone(v, [...new Set(send.map(({ person }) => person))]) })
  if (sent.length === 0) return raised.length > 0 && waitUntil ? v.say('paging.soon', { at: { at: waitUntil } }) : null
  return dotted(v.say('paging.ringing', { people }), waitUntil ? v.say('paging.next', { at: { at: waitUntil } }) : null)
}

type Told = EventOf<'page.sent' | 'page.failed' | 'page.escalated' | 'page.acknowledged'>

/** One moment of the timeline. */
export function pagingMoment(v: Voice, { type, data }: Told): Text {
  switch (type) {
    case 'page.sent':
      return v.say(data.round > 0 ? 'moment.paged-again' : 'moment.paged', { person: { person: data.person } })
    case 'page.failed':
      return v.say(data.final ? 'moment.page-lost' : 'moment.page-failed', {
        person: { person: data.person },
        code: data.code,
      })
    case 'page.acknowledged':
      return v.say(data.by === 'pager' ? 'moment.acknowledged-pager' : 'moment.acknowledged', {
        person: data.person ? { person: data.person } : (data.name ?? '?'),
        took: { ms: data.tookMs },
      })
    case 'page.escalated': {
      if (data.empty) return v.say('moment.vacant', { roles: rolesText(v, data.page) })
      if (data.people.length === 0) return v.say('moment.exhausted')
      const [until] = Object.values(data.deferred).sort()
      const people = everyone(v, data.people)
      if (until && Object.keys(data.deferred).length === data.people.length)
        return v.say('moment.asleep', { people, until: { at: until, show: 'datetime' } })
      return v.say(data.why === 'unacknowledged' ? 'moment.escalated' : 'moment.escalated-vacant', { people })
    }
  }
}

const words = ['on-call', 'owners', 'commander', 'approvers'] as const

/** Words of the configuration as people say them; names as they are. */
function rolesText(v: Voice, roles: readonly string[]): { readonly list: readonly string[] } {
  const known = (role: string) => words.find((word) => word === role)
  return {
    list: roles.map((role) => {
      const word = known(role)
      return word ? v.plain(`role.${word}`) : role
    }),
  }
}

export type Alarm = 'vacant' | 'unreachable' | 'exhausted'

/** Says loudly in the team's channel that nobody comes. */
export function alarmNote(
  paging: Paging,
  of: { readonly what: Alarm; readonly level: number },
  language: Language,
): Note {
  const v = voice(language)
  const { id, service } = paging
  const before = paging.raised.findLast(({ level }) => level < of.level)
  const said = {
    id,
    service,
    roles: rolesText(v, paging.escalation.levels[of.level]?.page ?? []),
    people: everyone(v, before?.people ?? [], true),
  }
  const mine: Button = { action: 'page.acknowledge', value: JSON.stringify({ i: id }), label: v.plain('button.on-it') }
  return note(language, [v.say(`alarm.${of.what}`, said)], paging.over || paging.acknowledged ? [] : [mine])
}
