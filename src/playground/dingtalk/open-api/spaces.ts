import { isWire, Refusal, type Wire } from '../store/wire.ts'
import { checkFields, list, object, type Shape, text } from './fields.ts'

/** A place for a card. */
export interface Space {
  readonly type: 'IM_GROUP' | 'IM_ROBOT'
  /** The group's conversation, or the person's userId. */
  readonly id: string
  readonly robotCode: string | undefined
  readonly mentions: readonly string[]
  /** The only ones who see the card there; absent: everybody. */
  readonly onlyFor?: readonly string[]
}

const spaceModel: Shape = {
  supportForward: 'boolean',
  lastMessageI18n: 'texts?',
  searchSupport: 'object?',
  notification: 'object?',
}

/**
 * The spaces of `dtv1.card//IM_GROUP.<id>;IM_ROBOT.<userId>`, each with the two models that it needs. Refuses with the codes of
 * https://open.dingtalk.com/document/development/create-and-deliver-cards.
 */
export function readSpaces(body: Wire): Space[] {
  const openSpaceId = text(body, 'openSpaceId')
  if (openSpaceId === '') throw new Refusal('param.openSpaceIdEmpty')
  const [, listed] = /^dtv1\.card\/\/(.+)$/.exec(openSpaceId) ?? []
  if (listed === undefined) throw new Refusal('param.openSpaceIdInvalid')
  return listed.split(';').map((one) => {
    const [, type = '', id = ''] = /^(im_group|im_robot)\.(.+)$/i.exec(one) ?? []
    if (id === '') throw new Refusal('param.openSpaceIdInvalid')
    return type.toUpperCase() === 'IM_GROUP' ? groupSpace(body, id) : robotSpace(body, id)
  })
}

function groupSpace(body: Wire, id: string): Space {
  checkSpaceModel(body, 'imGroupOpenSpaceModel')
  const model = deliverModel(body, 'imGroupOpenDeliverModel', {
    robotCode: 'string',
    atUserIds: 'texts?',
    recipients: 'strings?',
    extension: 'texts?',
  })
  const onlyFor = list(model, 'recipients')
  return {
    type: 'IM_GROUP',
    id,
    robotCode: text(model, 'robotCode'),
    mentions: Object.keys(object(model, 'atUserIds')),
    ...(onlyFor.length > 0 && { onlyFor }),
  }
}

function robotSpace(body: Wire, id: string): Space {
  checkSpaceModel(body, 'imRobotOpenSpaceModel')
  const model = deliverModel(body, 'imRobotOpenDeliverModel', {
    spaceType: 'string?',
    robotCode: 'string?',
    extension: 'texts?',
  })
  const spaceType = text(model, 'spaceType')
  if (spaceType !== '' && spaceType !== 'IM_ROBOT') throw new Refusal('param.openDeliverModelError')
  if (Object.keys(model).length === 0) throw new Refusal('param.openDeliverModelEmpty')
  return { type: 'IM_ROBOT', id, robotCode: text(model, 'robotCode') || undefined, mentions: [] }
}

function checkSpaceModel(body: Wire, name: string): void {
  const model = body[name]
  if (!isWire(model) || typeof model.supportForward !== 'boolean') throw new Refusal('param.openSpaceModelInvalid')
  checkFields(model, spaceModel, `${name}.`)
}

function deliverModel(body: Wire, name: string, shape: Shape): Wire {
  const model = body[name]
  if (!isWire(model)) throw new Refusal('param.openDeliverModelEmpty')
  checkFields(model, shape, `${name}.`)
  return model
}
