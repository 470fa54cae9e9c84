import type { Wire } from '../store/wire.ts'
import { Refusal } from '../store/wire.ts'
import type { Call, Methods } from './method.ts'

function authTest({ world }: Call): Wire {
  const { app, team } = world
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: world.users.get(app.botUserId)?.setup.name ?? 'bot',
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  }
}

function apiTest({ args }: Call): Wire {
  const { token: _token, ...echoed } = args.given
  const error = args.text('error')
  if (error !== undefined) throw new Refusal(error, { args: echoed })
  return { args: echoed }
}

/** https://docs.slack.dev/reference/methods?family=auth and apps */
export function appMethods(openConnection: () => string): Methods {
  return {
    'api.test': { tier: 4, token: 'none', run: apiTest },
    'auth.test': { tier: 'none', run: authTest },
    'apps.connections.open': { tier: 3, token: 'app', run: () => ({ url: openConnection() }) },
  }
}
