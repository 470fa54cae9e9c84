import { languageIn } from '../config/config.ts'
import type { Recorded } from '../ports/ledger.ts'
import { say } from '../text/say.ts'
import { note } from '../view/incident.ts'
import { tookIn } from './about.ts'
import { livesIn } from './join.ts'
import { loadIncident } from './load.ts'
import { chatsOf, type Posting, rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/**
 * Tells the channel of a service where its alerts are told: in a channel of the incident's own, or in the incident of another service,
 * for the same release is behind them.
 */
export interface JoinedSpec {
  readonly view: 'joined'
  readonly incident: string
  readonly service: string
}

/** One line of a rollback in its team's channel; with `service` in that one's, for its rollback is in the incident of another. */
export interface LineSpec {
  readonly view: 'line'
  readonly id: string
  readonly incident: string
  readonly service?: string
}

/** The team of a service whose rollback is in the incident of another one hears of it where it is. */
export function lineElsewhere(world: World, id: string, incident: string): readonly [string, LineSpec][] {
  const service = world.desk.rollback(id)?.service
  if (service === undefined || service === world.desk.incident(incident)?.service) return []
  return [[`line:${id}:${service}`, { view: 'line', id, incident, service }]]
}

export function joinedWishes(world: World, { event, position, stream }: Recorded): readonly Wish[] {
  if (event.type === 'incident.joined') return nowElsewhere(world, stream.slice('incident/'.length), position)
  if (event.type !== 'incident.alerted' || event.data.news !== 'began') return []
  const incident = stream.slice('incident/'.length)
  const { service } = event.data
  const known = world.desk.incident(incident)
  // What it was before says where it goes on.
  if (tookIn(world.desk, incident, service)) return []
  // A rollback's own line says where everything is.
  if (known?.service === service && known.cause !== 'alert') return []
  return chatsOf(world, incident).map((chat) =>
    rowOf(chat, `joined:${incident}:${service}`, { view: 'joined', incident, service }, position),
  )
}

/** The line of one that became one with another leads there. */
function nowElsewhere(world: World, incident: string, position: number): readonly Wish[] {
  const service = world.desk.incident(incident)?.service ?? ''
  return chatsOf(world, incident)
    .map((chat) => rowOf(chat, `joined:${incident}:${service}`, { view: 'joined', incident, service }, position))
    .filter(({ key }) => world.store.outbox.get(key) !== null)
}

/** Where the incident lives in that very channel its card says it already. */
export async function joinedPosting(world: World, chat: string, spec: JoinedSpec): Promise<Posting> {
  const incident = await loadIncident(world, spec.incident)
  const service = world.config().service(spec.service)
  const channel = service?.channels[chat]
  if (!incident || !service || !channel) return 'never'
  const isOwn = incident.service === service.name
  if (!isOwn && channel === world.config().service(incident.service)?.channels[chat]) return 'never'
  const lives = incident.closed?.into === undefined ? incident : await livesIn(world, incident.id)
  const found = lives?.rooms.find((one) => one.chat === chat)
  if (!found) return 'later'
  if (isOwn && !found.own && lives === incident) return 'never'
  const room = found.channel
  const language = languageIn(service, chat)
  const [suspect] = incident.suspected?.suspects ?? []
  const { id, title } = incident
  if (lives && lives !== incident) {
    const text = say(language, 'incident.joined-later', { id, service: service.name, into: lives.id, room: { room } })
    return { view: note(language, [text]), room: { kind: 'channel', channel } }
  }
  const text = isOwn
    ? say(language, 'incident.burns', { id, service: service.name, title, room: { room } })
    : suspect
      ? say(language, 'incident.joined', { id, service: service.name, room: { room }, ...suspectOf(suspect) })
      : say(language, 'incident.joined-plain', { id, service: service.name, room: { room } })
  return { view: note(language, [text]), room: { kind: 'channel', channel } }
}

const suspectOf = ({ service, version }: { readonly service: string; readonly version: string }) => ({
  release: `${service} ${version}`,
})
