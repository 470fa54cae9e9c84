import { DingTalkPeople } from './dingtalk-people.ts'
import { People } from './people.ts'
import type { Chat, Scene } from './scene.ts'
import type { Tale, Telling } from './tale.ts'
import { verdict } from './verdict.ts'

/** A rollback of two regions, from the first word to the end of what it owes, played in one chat or the other. */
export const rolledBack = (chat: Chat): Tale => ({
  scene: { chat },
  begin: (on, bot) => cast(on, () => bot.listening()),
  isOver: ({ keyed }) => keyed('/owner:INC-1').length > 0,
  verdict,
})

function cast(on: Scene, listening: () => Promise<void>): Telling {
  const people = on.dingtalk ? new DingTalkPeople(on.dingtalk, listening) : new People(on, listening)
  return { tell: () => people.rollBack(), lost: people.lost }
}
