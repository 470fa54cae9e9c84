import type { Account } from '../../../core/actor.ts'
import { Fault } from '../../../core/fault.ts'
import type { Standing } from '../../../core/policy/policy.ts'
import type { Identity } from '../../../ports/chat.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import { type Channel, channelAnswer, userAnswer } from './wire.ts'

type User = ReturnType<typeof userAnswer.parse>['user']

/** Asks Slack, each time anew, who somebody is and whether the place is ours alone. What cannot be asked is never a yes. */
export async function identify(
  parts: { readonly api: Api; readonly tenant: string; readonly log: Log },
  account: Account,
  place: { readonly channel: string } | null,
  signal: AbortSignal,
): Promise<Identity> {
  const { api, tenant, log } = parts
  if (account.chat !== 'slack' || account.tenant !== tenant) return { standing: 'stranger' }
  try {
    const [{ user }, where] = await Promise.all([
      api.call('users.info', { user: account.user }, userAnswer, signal),
      place ? api.call('conversations.info', { channel: place.channel }, channelAnswer, signal) : null,
    ])
    const name = user.profile?.display_name || user.profile?.real_name
    const standing = standingOf(user, tenant)
    const shared = where !== null && isShared(where.channel)
    return { standing: standing === 'member' && shared ? 'other-organisation' : standing, ...(name ? { name } : {}) }
  } catch (error) {
    signal.throwIfAborted()
    log.warn('Slack could not be asked who somebody is', { code: error instanceof Fault ? error.code : 'unknown' })
    return { standing: 'could-not-ask' }
  }
}

/** https://docs.slack.dev/reference/objects/user-object */
function standingOf(user: User, tenant: string): Standing {
  if (user.deleted) return 'deactivated'
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot'
  const { enterprise_user: org } = user
  const ours = user.team_id === tenant || org?.enterprise_id === tenant || org?.teams?.includes(tenant) === true
  if (!ours || user.is_stranger) return 'stranger'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member'
}

/** Shared with another organisation, or about to be; within our own (Grid) is not shared. */
const isShared = (channel: Channel): boolean =>
  channel.is_ext_shared === true ||
  channel.is_pending_ext_shared === true ||
  (channel.is_shared === true && channel.is_org_shared !== true)
