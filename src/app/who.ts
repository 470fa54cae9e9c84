import type { Actor, PersonId } from '../core/actor.ts'
import type { Delivery } from '../core/delivery/delivery.ts'
import type { Standing } from '../core/policy/policy.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { Language } from '../text/language.ts'
import type { World } from './world.ts'

/** Who stands behind a delivery, and what the chat says of her when asked now. */
export interface Who {
  readonly person: PersonId | null
  readonly standing: Standing
  readonly actor: Actor
  /** Position of the ledger when the chat was asked: what it says of the account after that counts more. */
  readonly asOf: number
}

const askTimeoutMs = 2_500

/** Asks the chat at this moment; an unanswered question is `could-not-ask`, which nothing is granted to. */
export async function whoIs(world: World, delivery: Delivery, signal: AbortSignal): Promise<Who> {
  const { account, place } = delivery
  const person = world.config().personOf(account)
  const actor: Actor = { kind: 'person', person, account }
  const { position: asOf } = await world.ledger.head()
  const who = { person, actor, asOf }
  if (place?.shared) return { ...who, standing: 'other-organisation' }
  const chat = world.chats.get(account.chat)
  if (!chat) return { ...who, standing: 'could-not-ask' }
  const where = place ? { channel: place.channel } : null
  try {
    const ask = (limit: AbortSignal) => chat.person(account, where, limit)
    const { standing } = await withDeadline(world.clock, askTimeoutMs, signal, ask)
    return { ...who, standing }
  } catch (cause) {
    world.log.warn('chat could not say who somebody is', { chat: account.chat, cause: String(cause) })
    return { ...who, standing: 'could-not-ask' }
  }
}

/** What only one person reads is in her language; whom nobody said one of hears that of the channel, else the default. */
export function languageOf(world: Pick<World, 'config'>, { account, place }: Delivery): Language {
  const config = world.config()
  const own = config.people.get(config.personOf(account) ?? '')?.language
  return own ?? (place ? config.languageOf(account.chat, place.channel) : config.language)
}
