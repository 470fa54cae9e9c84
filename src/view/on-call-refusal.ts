import type { PersonId } from '../core/actor.ts'
import type { OnCallRefusal } from '../core/oncall/refusal.ts'
import type { Text } from '../text/span.ts'
import { datetime } from './on-call.ts'
import type { Voice } from './words.ts'

/** What was typed after `/oncall` cannot be meant. */
export type OnCallWordsRefusal =
  | { readonly refused: 'oncall-what'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'oncall-who'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'oncall-which'; readonly names: readonly string[] }
  | { readonly refused: 'oncall-unscheduled'; readonly service: string }
  | { readonly refused: 'oncall-when'; readonly word: string; readonly example: string }
  | { readonly refused: 'oncall-no-shift'; readonly person: PersonId; readonly schedule: string }

const own: Readonly<Record<OnCallRefusal['refused'], true>> = {
  'schedule-unknown': true,
  'not-of-schedule': true,
  'only-shadow': true,
  'same-person': true,
  'span-empty': true,
  'span-past': true,
  'not-on-call': true,
  'already-on-call': true,
  overlaps: true,
  'too-little-rest': true,
  'change-unknown': true,
  'cover-taken': true,
  'swap-not-yours': true,
  'swap-over': true,
  'change-over': true,
}

export const isOnCallWords = (no: { readonly refused: string }): no is OnCallRefusal | OnCallWordsRefusal =>
  no.refused.startsWith('oncall-') || Object.hasOwn(own, no.refused)

/** What was refused about who is on call, why, and what can be done now. */
export function onCallRefusal(v: Voice, no: OnCallRefusal | OnCallWordsRefusal): Text[] {
  switch (no.refused) {
    case 'oncall-what':
    case 'oncall-who': {
      const { refused, word } = no
      const meant =
        no.nearest.length > 0
          ? v.plain('refusal.nearest', { names: { list: no.nearest } })
          : v.plain(`refusal.${refused}-next`)
      return [v.say(`refusal.${refused}`, { word, nearest: meant })]
    }
    case 'oncall-which':
      return [v.say('refusal.oncall-which', { names: { list: no.names }, name: no.names[0] ?? '' })]
    case 'oncall-unscheduled':
      return [v.say('refusal.oncall-unscheduled', { service: no.service })]
    case 'oncall-when':
      return [v.say('refusal.oncall-when', { word: no.word, example: no.example })]
    case 'oncall-no-shift':
      return [v.say('refusal.oncall-no-shift', { person: { person: no.person }, schedule: no.schedule })]
    case 'schedule-unknown':
    case 'change-unknown':
      return [v.say(`refusal.${no.refused}`, { id: no.id, known: list(v, no.known) })]
    case 'not-of-schedule':
    case 'only-shadow':
      return [v.say(`refusal.${no.refused}`, { person: { person: no.person }, people: people(v, no.may) })]
    case 'same-person':
      return [v.say('refusal.same-person', { person: { person: no.person } })]
    case 'span-empty':
      return [v.say('refusal.span-empty')]
    case 'span-past':
      return [v.say('refusal.span-past', { to: datetime(no.to) })]
    case 'not-on-call':
    case 'already-on-call':
      return [v.say(`refusal.${no.refused}`, { person: { person: no.person }, ...span(no) })]
    case 'overlaps': {
      const ids = [...new Set(no.changes.map(({ id }) => id))]
      const rows = no.changes.map(({ id, kind, person, instead, from, to }) =>
        v.say('oncall.list-row', {
          id,
          kind: v.plain(`oncall.kind-${kind}`),
          person: { person },
          instead: instead ? { person: instead } : v.plain('oncall.everybody'),
          ...span({ from, to }),
        }),
      )
      const next = v.say('refusal.oncall-overlaps-next', { ids: ids.join(' '), id: ids[0] ?? '' })
      return [v.say('refusal.oncall-overlaps'), ...rows, next]
    }
    case 'too-little-rest': {
      const { person, restMs, minRestMs, shift } = no
      const values = { person: { person }, rest: { ms: restMs }, least: { ms: minRestMs }, ...span(shift) }
      return [v.say('refusal.too-little-rest', values)]
    }
    case 'cover-taken':
      return [v.say('refusal.cover-taken', { person: { person: no.by } })]
    case 'swap-not-yours':
      return [v.say('refusal.swap-not-yours', { id: no.id, person: { person: no.person } })]
    case 'swap-over':
      return [v.say(no.agreed ? 'refusal.swap-agreed' : 'refusal.swap-over', { id: no.id })]
    case 'change-over':
      return [v.say('refusal.change-over', { id: no.id })]
  }
}

const span = ({ from, to }: { readonly from: string; readonly to: string }) => ({
  from: datetime(from),
  to: datetime(to),
})
const list = (v: Voice, names: readonly string[]) => (names.length > 0 ? { list: names } : v.plain('oncall.list-none'))
const people = (v: Voice, who: readonly string[]) => (who.length > 0 ? { anyOf: who } : v.plain('refusal.somebody'))
