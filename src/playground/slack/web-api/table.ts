import { appMethods } from './apps.ts'
import { blockMethods } from './blocks.ts'
import { canvasMethods } from './canvases.ts'
import { chatMethods } from './chat.ts'
import { conversationReadMethods } from './conversation-reads.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { markMethods } from './marks.ts'
import type { Methods } from './method.ts'
import { usergroupMethods } from './usergroups.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

/** Every method there is; anything else is `unknown_method`. */
export function allMethods(openConnection: () => string): Methods {
  return {
    ...appMethods(openConnection),
    ...blockMethods,
    ...canvasMethods,
    ...chatMethods,
    ...conversationMethods,
    ...conversationReadMethods,
    ...fileMethods,
    ...markMethods,
    ...usergroupMethods,
    ...userMethods,
    ...viewMethods,
  }
}
