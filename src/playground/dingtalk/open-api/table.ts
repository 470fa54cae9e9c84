import type { Tickets } from '../gateway/tickets.ts'
import type { Apis } from './api.ts'
import { cardApis } from './cards.ts'
import { dingApis } from './dings.ts'
import { text } from './fields.ts'
import { robotApis } from './robot.ts'
import { sceneGroupApis } from './scene-groups.ts'
import type { Tokens } from './tokens.ts'

/** Every interface under `/v1.0` that this server has. */
export function allApis(tokens: Tokens, tickets: Tickets): Apis {
  return {
    'POST /v1.0/oauth2/accessToken': {
      isFree: true,
      fields: { appKey: 'string', appSecret: 'string' },
      run: ({ body }) => tokens.issue(text(body, 'appKey'), text(body, 'appSecret')),
    },
    'POST /v1.0/gateway/connections/open': {
      isFree: true,
      fields: {
        clientId: 'string',
        clientSecret: 'string',
        subscriptions: 'objects',
        ua: 'string?',
        localIp: 'string?',
      },
      run: ({ body }) => tickets.issue(body),
    },
    ...robotApis,
    ...dingApis,
    ...cardApis,
    ...sceneGroupApis,
  }
}
