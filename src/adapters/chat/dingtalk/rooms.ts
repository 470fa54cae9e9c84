import { digestOf } from '../../../core/canonical.ts'
import type { Room } from '../../../ports/chat.ts'
import type { Api } from './api.ts'
import type { DingtalkConfig } from './config.ts'
import { groupMade } from './wire.ts'

const titleChars = 30
const mostMembers = 40

/** Groups made from a scene group template, which has the robot in it. The key makes the same group one, however often it is asked. */
export class Rooms {
  readonly #api: Api
  readonly #config: DingtalkConfig

  constructor(api: Api, config: DingtalkConfig) {
    this.#api = api
    this.#config = config
  }

  async ready(room: Extract<Room, { kind: 'incident' }>, signal: AbortSignal): Promise<string> {
    const { sceneGroup, tenant } = this.#config
    if (!sceneGroup) throw new TypeError('no scene group template is configured')
    const users = room.invite
      .filter((account) => account.chat === 'dingtalk' && account.tenant === tenant)
      .map(({ user }) => user)
    const attempt = { name: 'group.create', once: false, method: 'POST', path: '/v1.0/im/sceneGroup/create' } as const
    const body = {
      title: Array.from(room.name).slice(0, titleChars).join(''),
      template_id: sceneGroup.template,
      owner_user_id: sceneGroup.owner,
      user_ids: users.slice(0, mostMembers),
      uuid: `astern-${digestOf(room.key).slice(0, 24)}`,
    }
    return (await this.#api.call(attempt, body, groupMade, signal)).open_conversation_id
  }
}
