import type { Account } from '../../../core/actor.ts'
import { Fault } from '../../../core/fault.ts'
import type { Identity } from '../../../ports/chat.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import { userFound } from './wire.ts'

/** Not, or no longer, of this organisation: 60121 "找不到该用户". */
const nobody = new Set(['dingtalk.refused-60121', 'dingtalk.refused-33012'])

export const personCall = { name: 'person', once: false, path: '/topapi/v2/user/get' } as const

/**
 * Asks DingTalk, each time anew, who somebody is. Groups with outsiders cannot have the robot, so the place says nothing. What
 * cannot be asked is never a yes.
 */
export async function identify(
  parts: { readonly api: Api; readonly tenant: string; readonly log: Log },
  account: Account,
  signal: AbortSignal,
): Promise<Identity> {
  const { api, tenant, log } = parts
  if (account.chat !== 'dingtalk' || account.tenant !== tenant || account.user === '') return { standing: 'stranger' }
  try {
    const { result } = await api.oapi(personCall, { userid: account.user, language: 'zh_CN' }, userFound, signal)
    const name = result.name ? { name: result.name } : {}
    if (result.userid !== account.user) return { standing: 'stranger' }
    return { standing: result.active === false ? 'deactivated' : 'member', ...name }
  } catch (error) {
    if (error instanceof Fault && nobody.has(error.code)) return { standing: 'stranger' }
    signal.throwIfAborted()
    log.warn('DingTalk could not be asked who somebody is', { code: error instanceof Fault ? error.code : 'unknown' })
    return { standing: 'could-not-ask' }
  }
}
