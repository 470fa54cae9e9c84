import { appMethods } from './apps.ts'
import { chatMethods } from './chat.ts'
import { conversationReadMethods } from './conversation-reads.ts'
import { conversationMethods } from './conversations.ts'
import { markMethods } from './marks.ts'
import type { Methods } from './method.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

/** Every method there is; anything else is `unknown_method`. */
export function allMethods(openConnection: () => string): Methods {
  return {
    ...appMethods(openConnection),
    ...chatMethods,
    ...conversationMethods,
    ...conversationReadMethods,
    ...markMethods,
    ...userMethods,
    ...viewMethods,
  }
}
