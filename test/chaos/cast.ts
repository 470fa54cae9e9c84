import type { Actors } from './actors.ts'
import { DingTalkPeople } from './dingtalk-people.ts'
import { People } from './people.ts'
import type { Scene } from './scene.ts'

/** Who plays on a scene. */
export const cast = (on: Scene, listening: () => Promise<void>): Actors =>
  on.dingtalk ? new DingTalkPeople(on.dingtalk, listening) : new People(on, listening)

/** Whether the bot hears everybody who plays. */
export const isHeard = ({ slack, dingtalk }: Scene): boolean =>
  slack.sockets > 0 && (dingtalk === null || dingtalk.workspace.connections > 0)
