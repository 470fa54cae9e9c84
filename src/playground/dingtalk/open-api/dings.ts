import { staffOf } from '../store/people.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Ding, World } from '../store/world.ts'
import type { Apis } from './api.ts'
import { list, text } from './fields.ts'

const scope = 'Premium.Ding.Write'
const kinds: Readonly<Record<number, { by: Ding['by']; most: number }>> = {
  1: { by: 'app', most: 200 },
  2: { by: 'sms', most: 20 },
  3: { by: 'phone', most: 20 },
}
const voices = ['Standard_Female_Voice', 'Cantonese_Female_Voice', 'Gentine_Female_Voice', 'Overbearing_Female_Voice']
const allVoices = new Set([...voices, 'Lovely_Girl_Voice', 'Standard_Male_Voice'])

/** Messages that ring: https://open.dingtalk.com/document/development/robot-sends-nail-message */
export const dingApis: Apis = {
  'POST /v1.0/robot/ding/send': {
    scope,
    fields: {
      robotCode: 'string',
      remindType: 'integer',
      receiverUserIdList: 'strings',
      content: 'string',
      callVoice: 'string?',
    },
    run: ({ world, body }) => {
      checkRobot(world, body)
      const kind = kinds[Number(body.remindType)]
      const voice = text(body, 'callVoice')
      if (!kind) throw new Refusal('invalidParameter.param.invalid', '参数不合法remindType')
      if (voice !== '' && !allVoices.has(voice))
        throw new Refusal('invalidParameter.param.invalid', '参数不合法callVoice')
      if (text(body, 'content') === '') throw new Refusal('invalidParameter.param.invalid', '参数不合法content')
      return ring(world, kind, list(body, 'receiverUserIdList'), text(body, 'content'))
    },
  },
  'POST /v1.0/robot/ding/recall': {
    scope,
    fields: { robotCode: 'string', openDingId: 'string' },
    run: ({ world, body }) => {
      checkRobot(world, body)
      const ding = world.dings.find(({ id }) => id === body.openDingId)
      if (!ding) throw new Refusal('invalidParameter.param.invalid', '参数不合法openDingId')
      ding.isRecalled = true
      world.changes.emit({ kind: 'ding', ding: ding.id })
      return { openDingId: ding.id }
    },
  },
}

function ring(
  world: World,
  kind: { by: Ding['by']; most: number },
  receivers: readonly string[],
  content: string,
): Wire {
  if (receivers.length > kind.most) throw new Refusal('ding.receivercount.limit', 'ding receiver count limit')
  if (world.setup.dings?.[kind.by] === false)
    throw new Refusal('ding.serverquota.insufficient', 'ding server quota insufficient')
  const to = receivers.filter((userId) => staffOf(world, userId))
  if (to.length === 0) throw new Refusal('miss.staffId', `miss.staffId ${receivers.join(',')}`)
  const ding: Ding = { id: world.ids.token(16), at: world.now(), by: kind.by, to, content, isRecalled: false }
  world.dings.push(ding)
  world.changes.emit({ kind: 'ding', ding: ding.id })
  const lost = receivers.filter((userId) => !to.includes(userId))
  return { openDingId: ding.id, ...(lost.length > 0 && { failedList: { 'staffId.notExisted': lost } }) }
}

function checkRobot(world: World, body: Wire): void {
  const code = text(body, 'robotCode')
  if (code !== world.setup.app.robotCode) throw new Refusal('invalid.chatbotId', `invalid.chatbotId ${code}`)
}
