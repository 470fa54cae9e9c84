import { readOptions, readParams, readPrivate, updateCard } from '../store/cards.ts'
import { appendMessage, directConversation } from '../store/conversations.ts'
import { staffOf } from '../store/people.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { Card, Conversation, World } from '../store/world.ts'
import type { Apis } from './api.ts'
import { object, text } from './fields.ts'
import { readSpaces, type Space } from './spaces.ts'

const scope = 'Card.Instance.Write'

/** Cards: https://open.dingtalk.com/document/development/create-and-deliver-cards and …/interactive-card-update-interface */
export const cardApis: Apis = {
  'POST /v1.0/card/instances/createAndDeliver': {
    scope,
    fields: {
      userId: 'string?',
      cardTemplateId: 'string',
      outTrackId: 'string',
      callbackType: 'string?',
      callbackRouteKey: 'string?',
      cardData: 'object',
      privateData: 'object?',
      userIdType: 'integer?',
      cardAtUserIds: 'strings?',
      openSpaceId: 'string',
      imGroupOpenSpaceModel: 'object?',
      imRobotOpenSpaceModel: 'object?',
      imGroupOpenDeliverModel: 'object?',
      imRobotOpenDeliverModel: 'object?',
    },
    run: ({ world, body }) => {
      const spaces = readSpaces(body)
      const card = createCard(world, body)
      const deliverResults = spaces.map((space) => deliver(world, card, space))
      return { success: true, result: { outTrackId: card.id, deliverResults } }
    },
  },
  'PUT /v1.0/card/instances': {
    scope,
    fields: {
      outTrackId: 'string',
      cardData: 'object?',
      privateData: 'object?',
      cardUpdateOptions: 'object?',
      userIdType: 'integer?',
    },
    run: ({ world, body }) => {
      if (text(body, 'outTrackId') === '') throw new Refusal('param.outTrackIdEmpty')
      if (!isWire(body.cardData) && !isWire(body.privateData))
        throw new Refusal('param.cardDataAndPrivateDataBothEmpty')
      const card = world.cards.get(text(body, 'outTrackId'))
      if (!card) throw new Refusal('param.cardNotExist')
      const own = readPrivate(world, body.privateData)
      if (card.clicksUnderWay > 0) card.updatesDuringClicks++
      updateCard(world, card, { data: readParams(body.cardData), own, options: readOptions(body.cardUpdateOptions) })
      return { success: true, result: true }
    },
  },
}

function createCard(world: World, body: Wire): Card {
  const id = text(body, 'outTrackId')
  if (id === '') throw new Refusal('param.outTrackIdEmpty')
  if (text(body, 'cardTemplateId') === '') throw new Refusal('param.cardTemplateIdEmpty')
  const template = world.templates.get(text(body, 'cardTemplateId'))
  if (!template) throw new Refusal('param.templateNotExist')
  const data = readParams(body.cardData)
  if (!data) throw new Refusal('param.cardPublicDataEmpty')
  if (world.cards.has(id)) throw new Refusal('param.cardAlreadyExist')
  const card: Card = {
    id,
    template,
    callback: callbackOf(body),
    userIdType: body.userIdType === 2 ? 2 : 1,
    data,
    privateData: readPrivate(world, body.privateData),
    places: [],
    mayForward: object(body, 'imGroupOpenSpaceModel').supportForward === true,
    revision: 1,
    clicksUnderWay: 0,
    updatesDuringClicks: 0,
  }
  world.cards.set(id, card)
  return card
}

function callbackOf(body: Wire): Card['callback'] {
  const given = text(body, 'callbackType')
  if (given === '') return 'none'
  if (given !== 'STREAM' && given !== 'HTTP') throw new Refusal('param.invalid', `param.invalid: callbackType ${given}`)
  if (given === 'HTTP' && text(body, 'callbackRouteKey') === '')
    throw new Refusal('param.invalid', 'param.invalid: callbackRouteKey')
  return given
}

function deliver(world: World, card: Card, space: Space): Wire {
  const named = { spaceType: space.type, spaceId: space.id }
  const place = placeOf(world, space)
  if (typeof place === 'string') return { ...named, success: false, errorMsg: place }
  const content = { kind: 'card', card: card.id } as const
  const only = space.onlyFor && { onlyFor: space.onlyFor }
  const said = { by: { kind: 'robot' } as const, content, mentions: space.mentions, ...only }
  card.places.push({ conversation: place.id, message: appendMessage(world, place, said).id, ...only })
  return { ...named, success: true, carrierId: world.ids.token(24) }
}

/** The conversation of a space, or why the card cannot be put there. */
function placeOf(world: World, space: Space): Conversation | string {
  const isOurs = space.robotCode === undefined || space.robotCode === world.setup.app.robotCode
  if (!isOurs) return 'chatbot not exist'
  if (space.type === 'IM_ROBOT')
    return staffOf(world, space.id) ? directConversation(world, space.id) : 'spaceId is illegal'
  const group = world.conversations.get(space.id)
  if (group?.kind !== 'group' || group.isDisbanded) return 'spaceId is illegal'
  return group.hasRobot ? group : 'chatbot not exist'
}
