import type { PersonId } from '../core/actor.ts'
import { watchSource } from '../core/alert/watch.ts'
import type { Incident } from '../core/incident/state.ts'
import { clock } from '../text/format.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { alertBlocks } from './alerted.ts'
import { type Filled, filledBlocks, filledButtons } from './suspected.ts'
import type { Block, Button, Card } from './view.ts'
import { ageMs, type Voice, voice } from './words.ts'

/** The card of an incident that somebody opened by hand, or an alert. */
export function incidentCard(
  incident: Incident,
  language: Language,
  of: {
    readonly evidence: string
    readonly lead?: PersonId | null
    readonly filled?: Filled | null
    /** Of the incident that it became one with, in the same chat. */
    readonly room?: string | null
  },
): Card {
  const v = voice(language)
  const { id, service, title, closed, opener, openedAt, alerted } = incident
  if (closed?.into !== undefined) return joinedCard(v, incident, closed.into, of)
  const heading = closed
    ? v.say('incident.card-closed', { id, service, title, clock: clock(ageMs(openedAt, closed.at)) })
    : v.say('incident.card', { id, service, title })
  // While it offers something the first lines say since when it burns, and what is to be done: no room for more.
  const offers = !closed && of.filled?.state.kind === 'open'
  const lines: Text[] = offers
    ? []
    : [
        opener === null
          ? v.say('incident.opened-by-alert', { at: { at: openedAt } })
          : v.say('incident.opened-by', { person: { person: opener }, at: { at: openedAt } }),
        closed ? closedText(v, closed) : of.filled ? [] : v.say('incident.what-now', { service }),
      ]
  const isSeen = alerted.some(({ alerts }) => alerts.some(({ source }) => source === watchSource))
  const lead: Block[] =
    of.lead && isSeen
      ? [{ kind: 'text', text: v.say('alert.lead', { person: { person: of.lead, mention: true } }) }]
      : []
  const look: Button = {
    action: 'rollback.look',
    value: JSON.stringify({ s: service }),
    label: v.plain('button.candidates'),
    tone: 'primary',
  }
  const end: Button = {
    action: 'incident.close',
    value: JSON.stringify({ i: id }),
    label: v.plain('button.close-incident', { id }),
  }
  const evidence: Button = { action: 'open.evidence', value: '', label: v.plain('button.evidence'), url: of.evidence }
  return {
    kind: 'card',
    language,
    title: heading,
    blocks: [
      ...alertBlocks(v, alerted),
      ...lead,
      ...(of.filled ? filledBlocks(v, of.filled) : []),
      ...lines.filter((text) => text.length > 0).map((text): Block => ({ kind: 'text', text })),
    ],
    ...buttonsOf(v, of.filled ?? null, closed !== null, { look, end, evidence }),
  }
}

/** All that is left to say is where it goes on. */
function joinedCard(
  v: Voice,
  { id, service, title }: Incident,
  into: string,
  { evidence, room = null }: { readonly evidence: string; readonly room?: string | null },
): Card {
  const where = room === null ? into : { room }
  return {
    kind: 'card',
    language: v.language,
    title: v.say('incident.card-joined', { id, service, title, into }),
    blocks: [{ kind: 'text', text: v.say('incident.joined-to', { room: where }) }],
    buttons: [],
    more: [{ action: 'open.evidence', value: '', label: v.plain('button.evidence'), url: evidence }],
  }
}

/** What closes it never stands where something was to be rolled back a moment ago. */
function buttonsOf(
  v: Voice,
  filled: Filled | null,
  closed: boolean,
  { look, end, evidence }: { readonly look: Button; readonly end: Button; readonly evidence: Button },
): Pick<Card, 'buttons' | 'more'> {
  if (closed) return { buttons: [], more: [evidence] }
  if (!filled) return { buttons: [look, end], more: [evidence] }
  const { buttons, more } = filledButtons(v, filled)
  return { buttons: buttons.length > 0 ? buttons : [look], more: [...more, end, evidence] }
}

const closedText = (v: Voice, { person, note: why }: NonNullable<Incident['closed']>): Text =>
  person === null ? v.say('incident.drill-over') : v.say('incident.closed-by', { person: { person }, note: why })
