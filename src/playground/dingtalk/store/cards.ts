import { staffOf } from './people.ts'
import { isWire, Refusal, type Wire } from './wire.ts'
import type { Card, ClickFailure, World } from './world.ts'

const mostKeyBytes = 100
const mostValueBytes = 1024

/** How an update treats what it does not name: keeps it, or drops it. */
export interface UpdateOptions {
  readonly cardByKey: boolean
  readonly privateByKey: boolean
}

/** `cardUpdateOptions` of an update or an answer; without them everything is overwritten. */
export function readOptions(given: unknown): UpdateOptions {
  const options = isWire(given) ? given : {}
  return { cardByKey: options.updateCardDataByKey === true, privateByKey: options.updatePrivateDataByKey === true }
}

/** The texts of `{ cardParamMap }`; undefined where it is absent. Refuses keys, values and types that DingTalk does not take. */
export function readParams(given: unknown): Record<string, string> | undefined {
  if (given === undefined || given === null) return undefined
  if (!isWire(given)) throw invalid('cardData is no object')
  const unknown = Object.keys(given).find((name) => name !== 'cardParamMap')
  if (unknown !== undefined) throw invalid(`${unknown} is no field of cardData`)
  const { cardParamMap } = given
  if (cardParamMap === undefined || cardParamMap === null) return undefined
  if (!isWire(cardParamMap)) throw invalid('cardParamMap is no object')
  const read: Record<string, string> = {}
  for (const [key, value] of Object.entries(cardParamMap)) {
    if (typeof value !== 'string') throw invalid(`the value of ${key} is no string`)
    if (Buffer.byteLength(key) > mostKeyBytes) throw invalid(`the key ${key} is longer than ${mostKeyBytes} bytes`)
    if (Buffer.byteLength(value) > mostValueBytes)
      throw invalid(`the value of ${key} is longer than ${mostValueBytes} bytes`)
    read[key] = value
  }
  return read
}

/** The private data of several people: `{ [userId]: { cardParamMap } }`. */
export function readPrivate(world: World, given: unknown): Map<string, Record<string, string>> {
  const read = new Map<string, Record<string, string>>()
  if (given === undefined || given === null) return read
  if (!isWire(given)) throw invalid('privateData is no object')
  for (const [userId, value] of Object.entries(given)) {
    if (!staffOf(world, userId)) throw new Refusal('param.userIdNotExist')
    read.set(userId, readParams(value) ?? {})
  }
  return read
}

/** Changes what a card shows, to everybody and to some. */
export function updateCard(
  world: World,
  card: Card,
  of: {
    data: Record<string, string> | undefined
    own: ReadonlyMap<string, Record<string, string>>
    options: UpdateOptions
  },
): void {
  if (of.data) card.data = of.options.cardByKey ? { ...card.data, ...of.data } : of.data
  for (const [userId, own] of of.own)
    card.privateData.set(userId, of.options.privateByKey ? { ...card.privateData.get(userId), ...own } : own)
  card.revision++
  world.changes.emit({ kind: 'card', card: card.id })
}

/** Remembers that a click came to nothing, so that the card can show it. */
export function failClick(world: World, card: Card, userId: string, reason: ClickFailure): void {
  card.failure = { userId, at: world.now(), reason }
  world.changes.emit({ kind: 'card', card: card.id })
}

/** What an app answers to a click: `{ response: { cardUpdateOptions, cardData, userPrivateData } }`; null means nothing. */
export function applyAnswer(world: World, card: Card, userId: string, response: Wire): void {
  const own = readParams(response.userPrivateData)
  const data = readParams(response.cardData)
  if (!data && !own) return
  const options = readOptions(response.cardUpdateOptions)
  updateCard(world, card, { data, own: new Map(own ? [[userId, own]] : []), options })
}

function invalid(why: string): Refusal {
  return new Refusal('param.invalid', `param.invalid: ${why}`)
}
