import { languageIn } from '../config/config.ts'
import type { Recorded } from '../ports/ledger.ts'
import { type Alarm, alarmNote } from '../view/paging.ts'
import { loadPaging } from './paging.ts'
import { chatsOf, type Posting, rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/** Tells the team's channel that nobody is on call, that nobody can be reached, or that nobody answered. */
export interface AlarmSpec {
  readonly view: 'alarm'
  readonly id: string
  readonly what: Alarm
  readonly level: number
}

export function alarmWishes(world: World, { event, position, stream }: Recorded): readonly Wish[] {
  if (event.type !== 'page.escalated') return []
  const { level, people, empty, why } = event.data
  const id = stream.slice('paging/'.length)
  const incident = world.desk.pagings.get(id)?.incident
  if (!incident) return []
  const whats: Alarm[] = [
    ...(why === 'unreachable' ? (['unreachable'] as const) : []),
    ...(empty === 'vacant' ? (['vacant'] as const) : []),
    ...(people.length === 0 && !empty ? (['exhausted'] as const) : []),
  ]
  return chatsOf(world, incident).flatMap((chat) =>
    whats.map((what) => rowOf(chat, `alarm:${id}:${position}:${what}`, { view: 'alarm', id, what, level }, position)),
  )
}

export async function alarmPosting(world: World, chat: string, spec: AlarmSpec): Promise<Posting> {
  const paging = await loadPaging(world, spec.id)
  const service = paging && world.config().service(paging.service)
  const channel = service?.channels[chat]
  if (!paging || !service || !channel) return 'never'
  return { view: alarmNote(paging, spec, languageIn(service, chat)), room: { kind: 'channel', channel } }
}
