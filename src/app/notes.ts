import type { Place, Said } from '../core/delivery/delivery.ts'
import { alreadyClosed, type IncidentRefusal } from '../core/incident/decide.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { type Incident, incidentStream } from '../core/incident/state.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import type { MessageRef, Quote } from '../ports/chat.ts'
import { commit, write } from './commit.ts'
import { loadIncident } from './load.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

type No = IncidentRefusal | Refusal
/** `elsewhere`: no open incident lives there, and nobody is told anything. */
export type NoteOutcome =
  | { readonly status: 'noted' | 'dropped' | 'nothing'; readonly id: string }
  | { readonly status: 'elsewhere' }
  | { readonly status: 'refused'; readonly no: No }

/** What is longer is read where it was said. */
const longest = 1000

/** Notes what somebody said to the bot, in the incident she names or the one that lives where she said it. */
export async function note(
  world: World,
  asked: {
    readonly text: string
    readonly id: string | null
    readonly chat: string
    readonly place: Place | null
    readonly said: Said | null
    readonly who: Who
    readonly dedupe: string
  },
): Promise<NoteOutcome> {
  const { chat, place, said, who, dedupe } = asked
  const person = allowed(who)
  if (typeof person !== 'string') return person
  const open = world.desk.openIncidents().map((line) => line.id)
  const id = asked.id ?? (place ? await livingIn(world, chat, place, 'near') : null)
  if (id === null) return { status: 'refused', no: { refused: 'no-incident-here', open } }
  const noted = { text: cut(named(world, who, asked.text)), person, chat, ...said }
  return change(world, { id, who, dedupe }, (incident) => {
    if (incident.closed) return alreadyClosed(id, incident.closed)
    return [{ type: 'incident.noted', v: 1, data: noted }]
  })
}

/**
 * A message was marked to be kept, or its mark was taken off: what holds is asked of the chat, so that deliveries may come twice and
 * in any order. Only in the rooms of open incidents, and never what we said ourselves.
 */
export async function mark(
  world: World,
  asked: {
    readonly chat: string
    readonly place: Place
    readonly message: string
    readonly who: () => Promise<Who>
    readonly dedupe: string
    readonly signal: AbortSignal
  },
): Promise<NoteOutcome> {
  const { chat, place, message, dedupe, signal } = asked
  const port = world.chats.get(chat)
  if (!port?.quote || (await livingIn(world, chat, place, 'inside')) === null) return { status: 'elsewhere' }
  const quote = await port.quote(place.channel, message, signal)
  if (!quote || quote.ours) return { status: 'elsewhere' }
  const thread = quote.thread === undefined ? {} : { thread: quote.thread }
  const id = await livingIn(world, chat, { channel: place.channel, ...thread }, 'inside')
  if (id === null) return { status: 'elsewhere' }
  const who = await asked.who()
  const person = allowed(who)
  if (typeof person !== 'string') return person
  const key = `${chat}:${place.channel}:${message}`
  const said = await sayer(world, quote, signal)
  return change(world, { id, who, dedupe }, (incident) => {
    if (incident.closed || incident.kept.includes(key) === quote.marked) return []
    if (!quote.marked) return [{ type: 'incident.note-dropped', v: 1, data: { message: key, person } }]
    const { at, link } = quote
    const data = { text: cut(named(world, who, quote.text)), ...said, chat, at, ...(link && { link }), message: key }
    return [{ type: 'incident.noted', v: 1, data }]
  })
}

function allowed({ person, standing }: Who): string | Extract<NoteOutcome, { status: 'refused' }> {
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  return standing === 'member' ? person : { status: 'refused', no: { refused: 'standing', standing, approvers: [] } }
}

/** Whom the configuration does not know is named as the chat names her. */
async function sayer(world: World, { account, name }: Quote, signal: AbortSignal) {
  const person = account && world.config().personOf(account)
  if (person || !account) return { person: person ?? null, ...(name && { name }) }
  const known = await world.chats.get(account.chat)?.person(account, null, signal)
  return { person: null, ...(known?.name && { name: known.name }) }
}

async function change(
  world: World,
  { id, who, dedupe }: { readonly id: string; readonly who: Who; readonly dedupe: string },
  decide: (incident: Incident) => readonly IncidentEvent[] | No,
): Promise<NoteOutcome> {
  let did: 'noted' | 'dropped' | 'nothing' = 'noted'
  const result = await commit<No>(world, { actor: who.actor, dedupe }, async () => {
    const incident = await loadIncident(world, id)
    if (!incident) return { refused: 'incident-unknown', id, open: world.desk.openIncidents().map((line) => line.id) }
    const events = decide(incident)
    if ('refused' in events) return events
    const [first] = events
    did = !first ? 'nothing' : first.type === 'incident.note-dropped' ? 'dropped' : 'noted'
    return first ? [write(incidentStream(id), incident.version, ...events)] : []
  })
  return result.status === 'refused' ? result : { status: did, id }
}

/**
 * The open incident that lives in a conversation: the one whose thread it is, else the newest. One with a room of its own lives only there;
 * `near` counts its team's conversation too.
 */
async function livingIn(world: World, chat: string, place: Place, how: 'inside' | 'near'): Promise<string | null> {
  const open = world.desk.openIncidents().toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
  const own = open.find(({ rooms }) => rooms.some((room) => room.chat === chat && room.channel === place.channel))
  if (own) return own.id
  const teams = open.filter(({ service }) => world.config().service(service)?.channels[chat] === place.channel)
  const inThread = teams.find(({ id, rollbacks }) =>
    [`incident:${id}`, ...rollbacks.map((one) => `card:${one}`)].some(
      (root) => rootOf(world, chat, root) === place.thread,
    ),
  )
  if (place.thread !== undefined && inThread) return inThread.id
  for (const { id, rooms } of teams) {
    if (how === 'near') return id
    const lives = !rooms.some((room) => room.chat === chat) && (await livesWithTeam(world, chat, id))
    if (lives) return id
  }
  return null
}

const rootOf = (world: World, chat: string, root: string): string | undefined =>
  (world.store.outbox.get(`${chat}/${root}`)?.ref as unknown as MessageRef | null | undefined)?.message

async function livesWithTeam(world: World, chat: string, id: string): Promise<boolean> {
  if (world.chats.get(chat)?.can.rooms === false) return true
  return (await loadIncident(world, id))?.home === 'thread'
}

/** Mentions (`<@U123>`) as names: another chat has no such accounts. */
function named(world: World, { actor }: Who, text: string): string {
  const config = world.config()
  const account = actor.kind === 'person' ? actor.account : null
  return text.replace(/<@([^>|]+)>/g, (_, user: string) => {
    const person = account && config.personOf({ ...account, user })
    return `@${person ? config.directory().name(person) : user}`
  })
}

function cut(text: string): string {
  const letters = Array.from(text.trim())
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('')
}
