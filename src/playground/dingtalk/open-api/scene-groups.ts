import { makeGroup } from '../store/conversations.ts'
import { staffOf } from '../store/people.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Apis } from './api.ts'
import { list, text } from './fields.ts'

const mostTitle = 30

/** Groups made from a template, the robot in them: https://open.dingtalk.com/document/development/create-a-scene-group */
export const sceneGroupApis: Apis = {
  'POST /v1.0/im/sceneGroup/create': {
    scope: 'qyapi_chat_manage',
    fields: {
      title: 'string',
      template_id: 'string',
      owner_user_id: 'string',
      user_ids: 'strings?',
      subadmin_ids: 'strings?',
      icon: 'string?',
      uuid: 'string?',
      management_options: 'object?',
    },
    run: ({ world, body }) => {
      const uuid = text(body, 'uuid')
      const before = world.madeGroups.get(uuid)
      if (uuid !== '' && before !== undefined) return named(before)
      const { id } = make(world, body)
      if (uuid !== '') world.madeGroups.set(uuid, id)
      return named(id)
    },
  },
}

function make(world: World, body: Wire): { id: string } {
  const title = text(body, 'title')
  if (title === '' || [...title].length > mostTitle) throw new Refusal('parameter.invalid', '输入参数错误')
  if (!world.setup.groupTemplates?.includes(text(body, 'template_id')))
    throw new Refusal('groupTemplate.notFound', '群模板不存在或者已下线')
  const owner = text(body, 'owner_user_id')
  if (!staffOf(world, owner)) throw new Refusal('member.notFound', '不存在的员工')
  const members = [...list(body, 'user_ids'), ...list(body, 'subadmin_ids')].filter((userId) => staffOf(world, userId))
  return makeGroup(world, { title, owner, members })
}

function named(id: string): Wire {
  return { open_conversation_id: id, chat_id: `chat${id.slice(3, 15)}` }
}
