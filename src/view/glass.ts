import type { PersonId } from '../core/actor.ts'
import type { Rollback } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { names } from './names.ts'
import { mentions } from './people.ts'
import type { Note } from './view.ts'
import { voice } from './words.ts'

export interface BrokenGlass {
  readonly rollback: Rollback
  readonly review: { readonly owner: PersonId; readonly dueAt: string } | null
  readonly evidence: string
}

/** That somebody ran a rollback without approval: who, what, why, and who reviews it. `loud`: in a channel, with mentions. */
export function glassNote({ rollback, review, evidence }: BrokenGlass, language: Language, loud: boolean): Note {
  const v = voice(language)
  const { id, plan, glass } = rollback
  if (!glass) return { kind: 'note', language, lines: [], buttons: [] }
  const { person, reason, via, at, concerned } = glass
  const values = { id, service: plan.service, ...names(rollback), person: { person }, reason }
  const lines = [
    via === 'host'
      ? v.say('glass.channel-host', { ...values, at: { at, show: 'datetime' } })
      : v.say('glass.channel', values),
    ...(loud && concerned.length > 0 ? [v.say('glass.concerned', { people: mentions(v, concerned) })] : []),
    ...(review
      ? [
          v.say('glass.review', {
            person: { person: review.owner, mention: loud },
            due: { at: review.dueAt, show: 'datetime' },
          }),
        ]
      : []),
  ]
  const link = { action: 'open.evidence', value: '', label: v.plain('button.evidence'), url: evidence }
  return { kind: 'note', language, lines, buttons: [link] }
}
