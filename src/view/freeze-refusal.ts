import type { FreezeRefusal } from '../core/freeze/refusal.ts'
import type { Text } from '../text/span.ts'
import type { Voice } from './words.ts'

export const isFreezeRefusal = (no: { readonly refused: string }): no is FreezeRefusal =>
  no.refused === 'frozen' || no.refused === 'may-not-freeze' || no.refused.startsWith('freeze-')

/** What was refused about a freeze, why, and what can be done now. */
export function freezeRefusal(v: Voice, no: FreezeRefusal): Text[] {
  switch (no.refused) {
    case 'frozen':
      return [
        ...no.freezes.map(({ id, reason, to }, index) =>
          v.say(index === 0 ? 'refusal.frozen' : 'freeze.card', { id, reason, until: datetime(to) }),
        ),
        v.say('refusal.frozen-next', { people: people(v, no.may), service: no.service }),
      ]
    case 'freeze-what': {
      const nearest =
        no.nearest.length > 0
          ? v.plain('refusal.nearest', { names: { list: no.nearest } })
          : v.plain('refusal.freeze-what-next')
      return [v.say('refusal.freeze-what', { word: no.word, nearest })]
    }
    case 'freeze-when':
      return [v.say('refusal.freeze-when', { word: no.word, example: no.example })]
    case 'freeze-zone':
      return [v.say('refusal.freeze-zone', { word: no.word, example: no.example })]
    case 'freeze-backwards':
      return [v.say('refusal.freeze-backwards', { from: datetime(no.from), to: datetime(no.to) })]
    case 'freeze-over':
      return [v.say('refusal.freeze-over', { to: datetime(no.to) })]
    case 'freeze-too-long':
      return [v.say('refusal.freeze-too-long', { days: no.days })]
    case 'may-not-freeze':
      return [v.say('refusal.may-not-freeze', { people: people(v, no.may) })]
    case 'freeze-unknown': {
      const known = no.known.length > 0 ? { list: no.known } : v.plain('refusal.freeze-unknown-none')
      return [v.say('refusal.freeze-unknown', { id: no.id, known })]
    }
    case 'freeze-configured':
      return [v.say('refusal.freeze-configured', { id: no.id })]
  }
}

const datetime = (at: string) => ({ at, show: 'datetime' }) as const

const people = (v: Voice, who: readonly string[]) => (who.length > 0 ? { anyOf: who } : v.plain('refusal.somebody'))
