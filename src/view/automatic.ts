import type { PersonId } from '../core/actor.ts'
import type { EventOf } from '../core/event.ts'
import type { Automatic, AutomaticStop } from '../core/incident/automatic.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { mentions } from './people.ts'
import type { Block, Button, Card } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

export interface AutomaticCard {
  readonly incident: string
  readonly automatic: Automatic
  /** Who is called to it. */
  readonly people: readonly PersonId[]
  readonly closed: boolean
  /** Another one was told since. */
  readonly anew: boolean
}

/** The announcement of a rollback that nobody asked for; then what became of it, in its place. */
export function automaticCard({ incident, automatic, people, closed, anew }: AutomaticCard, language: Language): Card {
  const v = voice(language)
  const { service, from, to, regions, dueAt, stopped, rollback, why, line, afterMs } = automatic
  const named = { service, version: to, regions: { list: [...regions] } }
  const because = dotted(
    v.say('automatic.suspect', { release: [{ kind: 'bold', text: `${service} ${from}` }] }),
    ...why.map((wording) => sayWording(language, wording)),
  )
  const text = (said: Text): Block => ({ kind: 'text', text: said })
  const card = { kind: 'card', language, more: [] } as const
  if (rollback !== null)
    return { ...card, title: v.say('automatic.acted', { ...named, rollback }), blocks: [text(because)], buttons: [] }
  if (stopped) {
    const next = v.say(anew ? 'automatic.told-anew' : 'automatic.by-hand')
    const look = { action: 'rollback.look', value: JSON.stringify({ s: service, e: automatic.environment }) }
    const quiet = anew || closed || stopped.why === 'human-proposed'
    return {
      ...card,
      title: v.say('automatic.stopped', { service, at: { at: stopped.at } }),
      blocks: [text(whyText(v, stopped)), ...(quiet && !anew ? [] : [text(next)])],
      buttons: quiet ? [] : [{ ...look, label: v.plain('button.candidates'), tone: 'primary' }],
    }
  }
  const told = v.say('automatic.told', { people: mentions(v, people), after: { ms: afterMs }, line })
  return {
    ...card,
    title: v.say('automatic.counts', { ...named, at: { at: dueAt } }),
    blocks: [text(told), text(because), { kind: 'muted', text: v.say('automatic.again') }],
    buttons: closed ? [] : [stopButton(v, incident), nowButton(v, automatic)],
  }
}

/** One click: there is no time for a second question, and nothing is lost by it. */
const stopButton = (v: Voice, incident: string): Button => ({
  action: 'rollback.stop-automatic',
  value: JSON.stringify({ i: incident }),
  label: v.plain('button.automatic-stop'),
  tone: 'danger',
})

/** To the usual dialog, for exactly what was announced. */
const nowButton = (v: Voice, { service, environment, regions, candidate }: Automatic): Button => ({
  action: 'rollback.choose',
  value: JSON.stringify({ s: service, e: environment, r: regions, c: candidate }),
  label: v.plain('button.automatic-now'),
})

/** Why it did not begin. */
export const whyText = (
  v: Voice,
  { why, person }: { readonly why: AutomaticStop; readonly person: PersonId | null },
): Text => v.say(`automatic.why-${why}`, { person: person === null ? 'Astern' : { person } })

/** One moment of the timeline. */
export function automaticMoment(
  v: Voice,
  event: EventOf<'incident.automatic-due'> | EventOf<'incident.automatic-stopped'>,
): Text {
  if (event.type === 'incident.automatic-stopped')
    return v.say('moment.automatic-stopped', { why: whyText(v, event.data) })
  const { service, to, regions, dueAt, line } = event.data
  const said = { service, version: to, regions: { list: [...regions] }, until: { at: dueAt }, line }
  return v.say('moment.automatic-due', said)
}
