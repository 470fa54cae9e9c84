import { staffOf, unionId } from '../store/people.ts'
import { OldRefusal, type Wire } from '../store/wire.ts'
import { text } from './fields.ts'
import type { OldCall } from './old-call.ts'

/**
 * `POST /topapi/v2/user/get?access_token=…` `{ userid }`: https://open.dingtalk.com/document/development/query-user-details.
 * Who left the organisation, or never was in it, is 60121.
 */
export function getUser({ world, body }: OldCall): Wire {
  const userid = text(body, 'userid')
  if (userid === '') throw new OldRefusal(40035, '缺少参数 userid')
  const person = staffOf(world, userid)
  if (!person) throw new OldRefusal(60121, '找不到该用户')
  return {
    request_id: world.ids.token(12),
    result: {
      userid,
      unionid: unionId(userid),
      name: person.name,
      avatar: '',
      state_code: '86',
      ...(person.mobile !== undefined && { mobile: person.mobile }),
      hide_mobile: false,
      dept_id_list: [1],
      active: person.isActive ?? true,
      real_authed: true,
      senior: false,
      admin: person.isAdmin ?? false,
      boss: false,
      exclusive_account: false,
      role_list: [],
    },
  }
}
