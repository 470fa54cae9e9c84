import type { DrillRefusal } from '../core/drill/refusal.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import type { Voice } from './words.ts'

const words: Readonly<Record<DrillRefusal['refused'], true>> = {
  'drill-unknown': true,
  'may-not-drill': true,
  'drill-under-way': true,
  'drill-busy': true,
  'drill-night': true,
  'drill-past': true,
  'drill-when': true,
  'drill-no-day': true,
  'drill-over': true,
}

export const isDrillRefusal = (no: { readonly refused: string }): no is DrillRefusal => Object.hasOwn(words, no.refused)

/** What was refused about a drill, why, and what can be done now. */
export function drillRefusal(v: Voice, no: DrillRefusal): Text[] {
  switch (no.refused) {
    case 'drill-unknown': {
      const known = no.known.length > 0 ? { list: no.known } : v.plain('refusal.drill-none')
      return [v.say('refusal.drill-unknown', { word: no.word, known })]
    }
    case 'may-not-drill': {
      const people = no.may.length > 0 ? { anyOf: no.may } : v.plain('refusal.somebody')
      return [v.say('refusal.may-not-drill', { people, scenario: no.scenario })]
    }
    case 'drill-under-way':
      return [v.say('refusal.drill-under-way', { id: no.id })]
    case 'drill-busy': {
      const why = sayWording(v.language, no.why)
      return [v.say('refusal.drill-busy', { at: datetime(no.at), why, scenario: no.scenario })]
    }
    case 'drill-night':
      return [v.say('refusal.drill-night', { at: datetime(no.at), zone: no.zone })]
    case 'drill-past':
      return [v.say('refusal.drill-past', { at: datetime(no.at) })]
    case 'drill-when':
      return [v.say('refusal.drill-when', { word: no.word, example: no.example })]
    case 'drill-no-day':
      return [v.say('refusal.drill-no-day', { scenario: no.scenario })]
    case 'drill-over':
      return [v.say('refusal.drill-over', { id: no.id })]
  }
}

const datetime = (at: string) => ({ at, show: 'datetime' }) as const
