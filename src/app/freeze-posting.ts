import { freezeStream } from '../core/freeze/freeze.ts'
import { freezeTold } from '../view/freeze.ts'
import { othersThan, setOf } from './freezes.ts'
import type { Posting } from './rows.ts'
import type { Spec } from './wants.ts'
import type { World } from './world.ts'

/** What a team's channel is told of a freeze. One that was lifted before it could be told of is not told of. */
export async function freezePosting(
  world: World,
  chat: string,
  { id, channel, lifted }: Extract<Spec, { view: 'freeze' }>,
): Promise<Posting> {
  const freeze = await setOf(world, id)
  const last = (await world.ledger.stream(freezeStream(id))).at(-1)?.event
  const end = last?.type === 'freeze.lifted' ? last.data : null
  if (end && !lifted) return 'never'
  const told = world.store.outbox.get(`${chat}/freeze:${id}:set:${channel}`)
  if (lifted && (!end || !told || told.delivered === 0)) return 'never'
  const others = end ? othersThan(world, freeze, world.clock.now()) : []
  const language = world.config().languageOf(chat, channel)
  const of = { freeze, lifted: end && { person: end.person, others } }
  return { view: freezeTold(of, language), room: { kind: 'channel', channel } }
}
