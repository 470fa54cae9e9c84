import { Fault } from '../../../core/fault.ts'
import type { Directory } from '../../../ports/chat.ts'
import type { Ring, WayToRing } from '../../../ports/ring.ts'
import { wording } from '../../../text/say.ts'
import type { Api } from './api.ts'
import { faultOf } from './faults.ts'
import { dinged, done, queued } from './wire.ts'

/** Beside the application's other permissions, and only where people are paged by DING. */
export const dingPermission = 'Premium.Ding.Write'

/** https://open.dingtalk.com/document/development/robot-sends-nail-message */
const remindTypes: Readonly<Record<Exclude<WayToRing, 'message'>, number>> = { app: 1, sms: 2, phone: 3 }

const messagePrefix = 'message:'
/** DingTalk names no figure for messages; what is longer is in the incident. */
const mostLetters = 1500

/** Nobody has it, so that nobody is woken by what is tried. */
const nobody = 'astern-doctor'

/** DING and messages to one person. Neither carries a key, and neither can be asked for afterwards. */
export function ringOf(api: Api, tenant: string, directory: () => Directory): Ring {
  const userOf = (person: string): string | null => {
    const account = directory().account(person, 'dingtalk')
    return account?.tenant === tenant ? account.user : null
  }

  async function send(user: string, text: string, way: WayToRing, signal: AbortSignal): Promise<string> {
    const content = Array.from(text).slice(0, mostLetters).join('')
    const { robotCode } = api
    if (way === 'message') {
      const attempt = { name: 'message.send', once: true, method: 'POST', room: user } as const
      const msgParam = JSON.stringify({ content })
      const body = { robotCode, userIds: [user], msgKey: 'sampleText', msgParam }
      const path = '/v1.0/robot/oToMessages/batchSend'
      const { processQueryKey } = await api.call({ ...attempt, path }, body, queued, signal)
      return `${messagePrefix}${processQueryKey}`
    }
    const attempt = { name: 'ding.send', once: true, method: 'POST', room: user } as const
    const body = { robotCode, remindType: remindTypes[way], receiverUserIdList: [user], content }
    return (await api.call({ ...attempt, path: '/v1.0/robot/ding/send' }, body, dinged, signal)).openDingId
  }

  return {
    reaches: (person) => userOf(person) !== null,

    async ring(person, text, way, signal) {
      signal.throwIfAborted()
      const user = userOf(person)
      if (user === null) throw faultOf('dingtalk.no-account', 'no', 'dingtalk.no-account', { person: { person } })
      return send(user, text, way, signal)
    },

    async hush(id, signal) {
      const { robotCode } = api
      if (id.startsWith(messagePrefix)) return
      const attempt = { name: 'ding.recall', once: false, method: 'POST', path: '/v1.0/robot/ding/recall' } as const
      await api.call(attempt, { robotCode, openDingId: id }, done, signal)
    },

    async examine(way, signal) {
      const code = `dingtalk.ring-${way}`
      try {
        await send(nobody, 'astern doctor', way, signal)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        // DingTalk looks at right and package first, and then finds nobody to wake.
        if (error.hint.key !== 'dingtalk.room')
          return { code, wording: error.hint, state: error.retry === 'no' ? 'missing' : 'unknown' }
      }
      const costs = way === 'sms' || way === 'phone'
      return { code, wording: wording(costs ? 'dingtalk.ring-costs' : 'dingtalk.ring', { way }), state: 'works' }
    },
  }
}
