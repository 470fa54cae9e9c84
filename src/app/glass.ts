import { languageIn } from '../config/config.ts'
import type { Account } from '../core/actor.ts'
import type { Rollback } from '../core/rollback/state.ts'
import type { Recorded } from '../ports/ledger.ts'
import { glassNote } from '../view/glass.ts'
import { loadRollback } from './load.ts'
import { reviewOf } from './review.ts'
import { chatsOf, type Posting, rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/** Tells of a broken glass: to the team's channel, or to one of those concerned, alone. */
export interface GlassSpec {
  readonly view: 'glass'
  readonly id: string
  readonly to: Account | null
}

/** Everybody concerned hears of a broken glass at once, wherever she has an account. */
export function glassWishes(world: World, { event, position, stream }: Recorded): readonly Wish[] {
  if (event.type !== 'rollback.glass-broken') return []
  const id = stream.slice('rollback/'.length)
  const incident = world.desk.rollback(id)?.incident
  if (!incident) return []
  const directory = world.config().directory()
  const alone = [...world.chats.keys()].flatMap((chat) =>
    event.data.concerned.flatMap((person) => {
      const to = directory.account(person, chat)
      return to ? [rowOf(chat, `glass:${id}:${position}:${person}`, { view: 'glass', id, to }, position)] : []
    }),
  )
  const team = chatsOf(world, incident).map((chat) =>
    rowOf(chat, `glass:${id}:${position}`, { view: 'glass', id, to: null }, position),
  )
  return [...team, ...alone]
}

export async function glassPosting(world: World, chat: string, { id, to }: GlassSpec): Promise<Posting> {
  const rollback = await loadRollback(world, id)
  const service = rollback && world.config().service(rollback.plan.service)
  const channel = service?.channels[chat]
  if (!rollback?.glass || !service || (!to && !channel)) return 'never'
  const language = to ? world.config().directory().language(to) : languageIn(service, chat)
  const view = glassNote(await told(world, rollback), language, to === null)
  return { view, room: to ? { kind: 'direct', account: to } : { kind: 'channel', channel: channel ?? '' } }
}

async function told(world: World, rollback: Rollback) {
  const owed = await reviewOf(world, rollback.id)
  return { rollback, review: owed, evidence: world.link(`/incidents/${rollback.incident}`) }
}
